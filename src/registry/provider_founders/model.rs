//! What a founder of a provider is.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::ProviderFounderType;
use crate::error::{FieldProblem, Text};
use crate::hours::model::{FounderSpan, FounderType};

/// What is said of a founder.
#[derive(Debug, Clone)]
pub struct FounderData {
    /// Its type.
    pub founder_type: ProviderFounderType,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_until: Option<NaiveDate>,
    /// Remark.
    pub note: Option<String>,
}

/// A founder of a provider.
#[derive(Debug, Clone)]
pub struct ProviderFounder {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The provider.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: FounderData,
    /// Row version.
    pub version: i64,
}

impl FounderData {
    /// What is wrong with the dates.
    pub fn problems(&self) -> Vec<FieldProblem> {
        if self.valid_until.is_none_or(|until| until >= self.valid_from) {
            return Vec::new();
        }
        let words = Text::new("Кончается раньше, чем начинается", "It ends before it begins");
        vec![FieldProblem::new("/data/valid_until", "dates_reversed", words)]
    }

    /// Its days, as the rules of hours see them.
    pub const fn span(&self) -> FounderSpan {
        FounderSpan {
            founder: founder(self.founder_type),
            from: Some(self.valid_from),
            until: self.valid_until,
        }
    }
}

const fn founder(named: ProviderFounderType) -> FounderType {
    match named {
        ProviderFounderType::State => FounderType::State,
        ProviderFounderType::Municipal => FounderType::Municipal,
        ProviderFounderType::PublicShare => FounderType::PublicShare,
        ProviderFounderType::StateCorporation => FounderType::StateCorporation,
        ProviderFounderType::SpecialTerritory => FounderType::SpecialTerritory,
        ProviderFounderType::SportsFederation => FounderType::SportsFederation,
        ProviderFounderType::Private => FounderType::Private,
    }
}
