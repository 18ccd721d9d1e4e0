//! What a campaign is, and how far it has come.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};

/// What is said of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignData {
    /// Title.
    pub title: String,
    /// First day of the period in which the outcomes fall due.
    pub due_from: NaiveDate,
    /// Last day of that period.
    pub due_until: NaiveDate,
    /// Day by which all of them are to be recorded.
    pub finish_by: NaiveDate,
}

/// The end of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Day.
    pub closed_on: NaiveDate,
    /// What was concluded.
    pub conclusion: String,
}

/// A campaign that follows delayed outcomes in a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality.
    pub municipality_id: Option<Uuid>,
    /// Who opened it: the municipal authority or its centre.
    pub organization_id: Uuid,
    /// The regulation it was opened under.
    pub regulation_id: Uuid,
    /// What is said of it.
    pub data: CampaignData,
    /// How it ended.
    pub closing: Option<Closing>,
    /// Row version.
    pub version: i64,
}

/// What is due and recorded at a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolCoverage {
    /// The school.
    pub organization_id: Uuid,
    /// Completed training whose outcome falls due in the period.
    pub due: i64,
    /// That which has an outcome.
    pub recorded: i64,
}

impl SchoolCoverage {
    /// What is due and has no outcome.
    pub const fn missing(self) -> i64 {
        self.due - self.recorded
    }
}

impl CampaignData {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        if self.due_until < self.due_from {
            let words = Text::new("Последний день раньше первого", "The last day is before the first one");
            found.push(FieldProblem::new("/due_until", "dates_out_of_order", words));
        }
        if self.finish_by < self.due_until {
            let words = Text::new(
                "Срок раньше последнего дня периода",
                "The day to finish by is before the last day of the period",
            );
            found.push(FieldProblem::new("/finish_by", "dates_out_of_order", words));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_days_out_of_order_are_told_at_once() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let data = CampaignData {
            title: "-".to_owned(),
            due_from: day("2026-09-01"),
            due_until: day("2026-08-31"),
            finish_by: day("2026-08-30"),
        };
        assert_eq!(data.problems().len(), 2);
        let data = CampaignData { due_until: day("2026-09-01"), finish_by: day("2026-09-01"), ..data };
        assert_eq!(data.problems(), []);
    }
}
