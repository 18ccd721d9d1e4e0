//! What a region is.

use chrono_tz::Tz;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};

/// A tenant with its clock.
#[derive(Debug, Clone)]
pub struct Region {
    /// The id.
    pub id: Uuid,
    /// Short stable code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The region's clock.
    pub time_zone: Tz,
}

/// A region about to be added.
#[derive(Debug, Clone)]
pub struct NewRegion {
    /// Short stable code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The region's clock.
    pub time_zone: Tz,
}

impl NewRegion {
    /// Checks the code and finds the time zone.
    pub fn new(code: &str, name: &str, time_zone: &str) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        if !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            let words = Text::new(
                "Только строчные латинские буквы, цифры и дефис",
                "Lower-case Latin letters, digits and dashes only",
            );
            problems.push(FieldProblem::new("/code", "invalid_code", words));
        }
        match (time_zone.parse(), problems.is_empty()) {
            (Ok(time_zone), true) => {
                Ok(Self { code: code.to_owned(), name: name.trim().to_owned(), time_zone })
            }
            (Ok(_), false) => Err(problems),
            (Err(_), _) => {
                let words = Text::new(
                    "Такого часового пояса нет в базе IANA",
                    "There is no such time zone in the IANA database",
                );
                problems.push(FieldProblem::new("/time_zone", "unknown_time_zone", words));
                Err(problems)
            }
        }
    }
}
