//! What an offer from outside is.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::planning::standing::model::Standing;
use crate::regulations::profile::FundingSource;
use crate::values::Hours;

/// What is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The legal entity that offers.
    pub offered_by: String,
    /// What would be learnt.
    pub topic: String,
    /// Where the money comes from; never the employee.
    pub source: FundingSource,
    /// Which grant, order or other source.
    pub source_note: Option<String>,
    /// Who pays.
    pub payer: String,
    /// On which terms.
    pub terms: String,
    /// First day, where it is said.
    pub starts_on: Option<NaiveDate>,
    /// Last day, where it is said.
    pub ends_on: Option<NaiveDate>,
    /// How many people may learn.
    pub places: Option<i32>,
    /// Academic hours.
    pub hours: Option<Hours>,
    /// The program, if the registry knows it.
    pub program_id: Option<Uuid>,
}

/// What is wrong with an offer by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferProblem {
    /// Paid by the employee: that is a request of the employee (P0-45).
    PaidByEmployee,
    /// Another source that is not named.
    SourceNotNamed,
    /// It ends before it begins.
    DatesOutOfOrder,
}

impl Offered {
    /// Everything wrong with it by itself.
    pub fn problems(&self) -> Vec<OfferProblem> {
        let out_of_order = self.starts_on.zip(self.ends_on).is_some_and(|(starts, ends)| ends < starts);
        [
            (self.source == FundingSource::Own, OfferProblem::PaidByEmployee),
            (self.source == FundingSource::Other && self.source_note.is_none(), OfferProblem::SourceNotNamed),
            (out_of_order, OfferProblem::DatesOutOfOrder),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }
}

/// An offer to a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalOffer {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// The regulation it was handed in under.
    pub regulation_id: Uuid,
    /// The account that recorded it.
    pub recorded_by: Uuid,
    /// What is offered.
    pub offered: Offered,
    /// Where it stands.
    pub standing: Standing,
    /// Row version.
    pub version: i64,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(source: FundingSource) -> Offered {
        Offered {
            offered_by: "ООО «Учёба»".to_owned(),
            topic: "Оценивание".to_owned(),
            source,
            source_note: None,
            payer: "Фонд".to_owned(),
            terms: "Бесплатно".to_owned(),
            starts_on: None,
            ends_on: None,
            places: None,
            hours: None,
            program_id: None,
        }
    }

    #[test]
    fn somebody_else_pays_and_another_source_is_named() {
        assert_eq!(offered(FundingSource::Grant).problems(), []);
        assert_eq!(offered(FundingSource::Own).problems(), [OfferProblem::PaidByEmployee]);
        assert_eq!(offered(FundingSource::Other).problems(), [OfferProblem::SourceNotNamed]);
        let named =
            Offered { source_note: Some("Меценат".to_owned()), ..offered(FundingSource::Other) };
        assert_eq!(named.problems(), []);
    }
}
