//! The founder of an organization of the directory as the rules of hours see it (B1.8).

use crate::directory::organizations::model::FounderType as Founder;
use crate::error::{Error, Result};
use crate::hours::model::{FounderSpan, FounderType, ProviderFacts};

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

/// What the directory says of a provider; nothing for one that it does not know. The field of a sports federation
/// is not recorded, so its eligibility is not taken for granted.
pub fn provider_facts(founder_type: Option<&str>) -> Result<ProviderFacts> {
    let Some(name) = founder_type else { return Ok(ProviderFacts::default()) };
    let founder =
        Founder::parse(name).ok_or_else(|| Error::internal("unknown founder type in the database"))?;
    let founders = vec![FounderSpan { founder: founder.into(), from: None, until: None }];
    Ok(ProviderFacts { founders, ..ProviderFacts::default() })
}
