//! The level of education a teacher works at (уровень образования).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A level of education that a teacher teaches at (уровень образования).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EducationLevel {
    /// Preschool education (дошкольное образование).
    Preschool,
    /// Primary general education, НОО (начальное общее образование).
    Primary,
    /// Lower secondary education, ООО (основное общее образование).
    Basic,
    /// Upper secondary education, СОО (среднее общее образование).
    Secondary,
    /// Vocational education, СПО (среднее профессиональное образование).
    Vocational,
    /// Additional education of children and adults (дополнительное образование).
    Additional,
}

impl EducationLevel {
    /// Every level, from the youngest pupils on.
    pub const ALL: [Self; 6] =
        [Self::Preschool, Self::Primary, Self::Basic, Self::Secondary, Self::Vocational, Self::Additional];

    /// The stable name used in profiles and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preschool => "preschool",
            Self::Primary => "primary",
            Self::Basic => "basic",
            Self::Secondary => "secondary",
            Self::Vocational => "vocational",
            Self::Additional => "additional",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_documents() {
        for level in EducationLevel::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
            assert_eq!(EducationLevel::parse(level.as_str()), Some(level));
        }
    }
}
