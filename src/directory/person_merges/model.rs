//! What a merge is, and which cards are one person's.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::directory::persons::model::Person;
use crate::error::{FieldProblem, Text};

/// A merge about to be made.
#[derive(Debug, Clone)]
pub struct NewMerge {
    /// The card that is kept.
    pub kept_id: Uuid,
    /// The card that points to it.
    pub merged_id: Uuid,
    /// Why they are one person.
    pub reason: String,
}

/// A merge of two cards.
#[derive(Debug, Clone)]
pub struct PersonMerge {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The card that is kept.
    pub kept_id: Uuid,
    /// The card that points to it.
    pub merged_id: Uuid,
    /// Why they are one person.
    pub reason: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who undid it, when and why.
    pub undone: Option<Undone>,
    /// Row version.
    pub version: i64,
}

/// That a merge was undone.
#[derive(Debug, Clone)]
pub struct Undone {
    /// When.
    pub at: DateTime<Utc>,
    /// Why they are two people.
    pub reason: String,
}

/// What speaks against these cards being one person's.
pub fn problems(kept: &Person, merged: &Person) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut refuse = |pointer: &str, code: &'static str, words: Text| {
        problems.push(FieldProblem::new(pointer, code, words));
    };
    if kept.id == merged.id {
        let words = Text::new("Это одна и та же карточка", "This is one and the same card");
        refuse("/merged_id", "same_card", words);
        return problems;
    }
    if kept.region_id != merged.region_id {
        let words = Text::new("Карточки из разных регионов", "The cards are of different regions");
        refuse("/merged_id", "other_region", words);
    }
    match (kept.data.snils, merged.data.snils) {
        (Some(_), Some(_)) => {
            let words = Text::new(
                "У карточек разные СНИЛС: это два человека, или один номер надо исправить",
                "The cards have different СНИЛС: these are two people, or one number has to be mended",
            );
            refuse("/merged_id", "other_snils", words);
        }
        (None, Some(_)) => {
            let words = Text::new(
                "Сохраняется карточка, в которой есть СНИЛС: поменяйте их местами",
                "The card with the СНИЛС is the one to keep: swap them",
            );
            refuse("/kept_id", "snils_elsewhere", words);
        }
        (_, None) => {}
    }
    if kept.data.birth_date.zip(merged.data.birth_date).is_some_and(|(one, other)| one != other) {
        let words = Text::new(
            "Даты рождения разные: исправьте ошибочную, если это один человек",
            "The dates of birth differ: mend the wrong one if this is one person",
        );
        refuse("/merged_id", "other_birth_date", words);
    }
    problems
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::directory::persons::model::PersonData;
    use crate::values::{PersonName, Snils};

    fn card(number: u128, snils: Option<&str>, born: Option<i32>) -> Person {
        Person {
            id: Uuid::from_u128(number),
            region_id: Uuid::nil(),
            data: PersonData {
                name: PersonName::new("Соколова", "Анна", None).unwrap(),
                snils: snils.map(|text| Snils::parse(text).unwrap()),
                birth_date: born.and_then(|year| NaiveDate::from_ymd_opt(year, 5, 17)),
                email: None,
            },
            version: 1,
            merged_into_id: None,
            erased_on: None,
        }
    }

    fn codes(kept: &Person, merged: &Person) -> Vec<String> {
        problems(kept, merged).into_iter().map(|problem| problem.code.into_owned()).collect()
    }

    #[test]
    fn two_numbers_or_two_birthdays_are_two_people() {
        let (one, other) = ("112-233-445 95", "087-654-303 00");
        let full = card(1, Some(one), Some(1984));
        assert!(codes(&full, &card(2, None, None)).is_empty());
        assert!(codes(&full, &card(2, None, Some(1984))).is_empty());
        assert_eq!(codes(&full, &card(2, Some(other), Some(1985))), ["other_snils", "other_birth_date"]);
        assert_eq!(codes(&card(2, None, None), &full), ["snils_elsewhere"]);
        assert_eq!(codes(&full, &full), ["same_card"]);
    }
}
