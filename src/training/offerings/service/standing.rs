//! Whether the organiser may hold an offering by the law: founders and licences of providers (B1.8, B1.9).

use super::life::refused_by_law;
use crate::db::Ctx;
use crate::directory::organizations::service::organization;
use crate::error::Result;
use crate::registry::provider_licences::model::ProviderStanding;
use crate::registry::provider_licences::service::provider_standing;
use crate::training::offerings::model::Offering;

/// The standing of the organiser on the days of an offering that follows a program; seminars and the like need no
/// licence.
pub(super) async fn standing(ctx: &Ctx<'_>, offering: &Offering) -> Result<Option<ProviderStanding>> {
    if offering.data.program_id.is_none() {
        return Ok(None);
    }
    let organiser = organization(ctx, offering.organization_id).await?;
    provider_standing(ctx, &organiser, offering.data.starts_on, offering.data.ends_on).await.map(Some)
}

/// Refuses to announce or begin what the law does not let the organiser hold on those days.
pub(super) async fn refuse_barred(ctx: &Ctx<'_>, offering: &Offering, pointer: &str) -> Result<()> {
    match standing(ctx, offering).await?.filter(ProviderStanding::is_barred) {
        Some(standing) => Err(refused_by_law(&standing, pointer)),
        None => Ok(()),
    }
}
