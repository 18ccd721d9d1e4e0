//! Whether the law lets the organiser hold an offering, as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::registry::provider_licences::model::ProviderStanding;
use crate::registry::provider_licences::vocabulary::ProviderVerdict;

/// Whether the organiser may train teachers on the days of the offering (право организатора обучать педагогов).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferingProviderStanding {
    /// The verdict on its founders and licences.
    pub verdict: ProviderVerdict,
    /// Whether hours learnt there count; otherwise it is neither opened nor started, and what runs already ends without
    /// hours that count.
    pub counts: bool,
    /// The first of its days on which no licence holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// Why the licence was suspended.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl From<ProviderStanding> for OfferingProviderStanding {
    fn from(standing: ProviderStanding) -> Self {
        Self {
            verdict: standing.verdict,
            counts: standing.counts,
            since: standing.since,
            reason: standing.reason,
        }
    }
}
