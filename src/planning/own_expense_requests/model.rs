//! What a request to learn at one's own expense is, and what may be asked for.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::learning_routes::model::PlannedLearning;
use crate::planning::standing::model::Standing;
use crate::values::text::collapse;

/// What the employee wishes to learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Topic.
    pub topic: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// What the employee is ready to spend, in kopecks.
    pub amount_kopecks: Option<i64>,
    /// The program, if the registry knows it.
    pub program_id: Option<Uuid>,
    /// The module of it; none for the whole program.
    pub module_id: Option<Uuid>,
    /// Who teaches, in words.
    pub provider_name: Option<String>,
    /// Why.
    pub justification: Option<String>,
}

impl Wish {
    /// The field that names what an agreed route holds already (P0-45); none where the wish is for something else. A wish for
    /// the whole of a program meets each module of it.
    pub fn already_in(&self, planned: &[PlannedLearning]) -> Option<&'static str> {
        match self.program_id {
            Some(program_id) => {
                let meets = |it: &PlannedLearning| {
                    it.program_id == Some(program_id)
                        && (it.module_id.is_none()
                            || self.module_id.is_none()
                            || it.module_id == self.module_id)
                };
                let pointer = if self.module_id.is_some() { "/module_id" } else { "/program_id" };
                planned.iter().any(meets).then_some(pointer)
            }
            // Without a program the words are all there is.
            None => {
                let spelt = |text: &str| collapse(text).to_lowercase();
                let topic = spelt(&self.topic);
                planned.iter().any(|it| spelt(&it.title) == topic).then_some("/topic")
            }
        }
    }
}

/// A request to learn at one's own expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnExpenseRequest {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school that is asked.
    pub organization_id: Uuid,
    /// Who asks.
    pub person_id: Uuid,
    /// The regulation it was handed in under.
    pub regulation_id: Uuid,
    /// What is asked for.
    pub wish: Wish,
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

    fn wish(topic: &str, program: Option<u128>, module: Option<u128>) -> Wish {
        let day = DateTime::<Utc>::UNIX_EPOCH.date_naive();
        Wish {
            topic: topic.to_owned(),
            starts_on: day,
            ends_on: day,
            amount_kopecks: None,
            program_id: program.map(Uuid::from_u128),
            module_id: module.map(Uuid::from_u128),
            provider_name: None,
            justification: None,
        }
    }

    fn planned(title: &str, program: Option<u128>, module: Option<u128>) -> PlannedLearning {
        PlannedLearning {
            title: title.to_owned(),
            program_id: program.map(Uuid::from_u128),
            module_id: module.map(Uuid::from_u128),
        }
    }

    #[test]
    fn a_module_meets_the_whole_program_and_no_other_module() {
        let route = [planned("Оценивание", Some(1), Some(11)), planned("Чтение", None, None)];
        assert_eq!(wish("а", Some(1), None).already_in(&route), Some("/program_id"));
        assert_eq!(wish("а", Some(1), Some(11)).already_in(&route), Some("/module_id"));
        assert_eq!(wish("а", Some(1), Some(12)).already_in(&route), None);
        assert_eq!(wish("а", Some(2), None).already_in(&route), None);
        assert_eq!(wish("Оценивание", Some(2), None).already_in(&route), None);
        let whole = [planned("Оценивание", Some(1), None)];
        assert_eq!(wish("а", Some(1), Some(12)).already_in(&whole), Some("/module_id"));
    }

    #[test]
    fn without_a_program_the_words_decide() {
        let route = [planned("Чтение  на уроках", None, None)];
        assert_eq!(wish("чтение на Уроках", None, None).already_in(&route), Some("/topic"));
        assert_eq!(wish("Робототехника", None, None).already_in(&route), None);
    }
}
