//! Everything known of the providers of a region that decides whether their hours count (B1.8, B1.9).

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use uuid::Uuid;

use super::store;
use crate::db::Ctx;
use crate::directory::organizations::model::FounderType as Founder;
use crate::directory::organizations::service::founder_types;
use crate::directory::regions::memory::{RegionMemory, RegionStamp};
use crate::error::Result;
use crate::hours::model::{FounderSpan, FounderType, ProviderFacts};
use crate::registry::provider_founders::service::founders_of_region;

/// What is known of the providers of a region, by their ids; nothing for the others.
#[derive(Debug, Clone, Default)]
pub struct Providers(Arc<HashMap<Uuid, Arc<ProviderFacts>>>);

impl Providers {
    /// What is known of an issuer.
    pub fn of(&self, issuer_id: Option<Uuid>) -> Arc<ProviderFacts> {
        issuer_id.and_then(|id| self.0.get(&id)).cloned().unwrap_or_default()
    }

    /// The providers of the region, remembered while its directory stands as it is.
    pub async fn read(ctx: &Ctx<'_>, stamp: RegionStamp) -> Result<Self> {
        static KNOWN: LazyLock<RegionMemory<(), Providers>> = LazyLock::new(RegionMemory::default);
        KNOWN.recall(ctx, stamp, (), of_region(ctx, stamp.region_id)).await
    }
}

async fn of_region(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Providers> {
    let (directory, licences, founders) = tokio::try_join!(
        founder_types(ctx, region_id),
        store::of_region(ctx.conn, region_id),
        founders_of_region(ctx, region_id),
    )?;
    let mut found: HashMap<Uuid, ProviderFacts> = HashMap::new();
    for (provider, founder) in founders {
        found.entry(provider).or_default().founders.push(founder);
    }
    for (provider, founder) in directory {
        let facts = found.entry(provider).or_default();
        // Recorded founders replace the directory's undated one. The field of a sports federation is not recorded,
        // so its eligibility is not taken for granted.
        if facts.founders.is_empty() {
            facts.founders.push(FounderSpan { founder: founder.into(), from: None, until: None });
        }
    }
    for licence in licences {
        found.entry(licence.organization_id).or_default().licences.push(licence.span());
    }
    Ok(Providers(Arc::new(found.into_iter().map(|(id, facts)| (id, Arc::new(facts))).collect())))
}

impl From<Founder> for FounderType {
    fn from(founder: Founder) -> Self {
        match founder {
            Founder::Federal | Founder::Regional => Self::State,
            Founder::Municipal => Self::Municipal,
            Founder::StateCorporation => Self::StateCorporation,
            Founder::InnovationTerritory => Self::SpecialTerritory,
            Founder::SportsFederation => Self::SportsFederation,
            Founder::Private => Self::Private,
        }
    }
}
