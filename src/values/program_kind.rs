//! Kinds of professional development programs (вид дополнительной профессиональной программы).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The kind of a professional development program (вид ДПП).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// Advanced training, ПК (повышение квалификации).
    AdvancedTraining,
    /// Professional retraining, ПП (профессиональная переподготовка).
    Retraining,
}

impl ProgramKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::AdvancedTraining, Self::Retraining];

    /// The stable name used in profiles and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AdvancedTraining => "advanced_training",
            Self::Retraining => "retraining",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_documents() {
        for kind in ProgramKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(ProgramKind::parse(kind.as_str()), Some(kind));
        }
    }
}
