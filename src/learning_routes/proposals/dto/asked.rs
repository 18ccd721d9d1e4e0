//! What is asked of a proposal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::learning_routes::proposals::gather::Wishes;
use crate::learning_routes::proposals::service::ProposalAsked;
use crate::registry::programs::dto::{ProgramDeliveryDto, StudyFormDto};
use crate::values::{Hours, day};

/// What a proposal keeps to, whoever it is for (условия и пожелания).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteProposalPreferences {
    /// At most so many academic hours together.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, multiple_of = 0.5, minimum = 0.5, maximum = 10000, example = 144)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_hours: Option<Hours>,
    /// At most so many roubles together (бюджет, руб.).
    #[validate(range(max = 10_000_000))]
    #[schema(minimum = 0, maximum = 10_000_000, example = 15000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price_rubles: Option<u32>,
    /// How many offerings may go on at a time.
    #[serde(default = "one")]
    #[validate(range(min = 1, max = 3))]
    #[schema(minimum = 1, maximum = 3, default = 1)]
    pub max_parallel: u8,
    /// Forms of study wished; others are taken only where nothing else answers as much or fills the norm as well.
    #[serde(default)]
    #[validate(length(max = 3))]
    #[schema(max_items = 3)]
    pub study_forms: Vec<StudyFormDto>,
    /// Ways of delivery wished; likewise.
    #[serde(default)]
    #[validate(length(max = 4))]
    #[schema(max_items = 4)]
    pub delivery: Vec<ProgramDeliveryDto>,
    /// Providers wished; likewise.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub provider_ids: Vec<Uuid>,
    /// Programs that must not be taken, nor modules of them.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_items = 200)]
    pub excluded_program_ids: Vec<Uuid>,
    /// Whether hours that the norm will lack at the end of the term are to be made up for.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub cover_norm: bool,
}

const fn one() -> u8 {
    1
}

const fn yes() -> bool {
    true
}

impl Default for RouteProposalPreferences {
    fn default() -> Self {
        Self {
            max_hours: None,
            max_price_rubles: None,
            max_parallel: one(),
            study_forms: Vec::new(),
            delivery: Vec::new(),
            provider_ids: Vec::new(),
            excluded_program_ids: Vec::new(),
            cover_norm: yes(),
        }
    }
}

impl RouteProposalPreferences {
    /// What is wished, with the programs of which something must be taken.
    pub fn to_wishes(&self, must_program_ids: &[Uuid]) -> Wishes {
        Wishes {
            study_forms: self.study_forms.iter().copied().map(Into::into).collect(),
            delivery: self.delivery.iter().copied().map(Into::into).collect(),
            provider_ids: self.provider_ids.clone(),
            excluded_program_ids: self.excluded_program_ids.clone(),
            must_program_ids: must_program_ids.to_vec(),
        }
    }
}

/// What a route is to be proposed for (условия подбора маршрута).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteProposalCreate {
    /// The school the route will belong to; only needed when the learner works at several organizations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// Title; absent: the regulation's name of a route and its years.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Маршрут на 2026–2028 годы")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First day of the term; nothing begins before today.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day of the term.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Programs of which something must be taken.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub must_program_ids: Vec<Uuid>,
    /// Bounds and wishes.
    #[serde(default)]
    #[validate(nested)]
    pub preferences: RouteProposalPreferences,
}

impl RouteProposalCreate {
    /// As the use case takes it.
    pub fn to_asked(&self, person_id: Uuid) -> ProposalAsked {
        let wished = &self.preferences;
        ProposalAsked {
            person_id,
            organization_id: self.organization_id,
            title: self.title.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            max_hours: wished.max_hours,
            max_price: wished.max_price_rubles.and_then(|price| i32::try_from(price).ok()),
            max_parallel: usize::from(wished.max_parallel),
            cover_norm: wished.cover_norm,
            wishes: wished.to_wishes(&self.must_program_ids),
        }
    }
}
