//! Use cases of regulations.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::BindingRegulation;
use super::{cache, store};
use crate::db::Ctx;
use crate::error::Result;

/// The regulation that binds an organization on a day: the nearest ancestor's that is in force (design §3).
pub async fn binding_regulation(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Option<BindingRegulation>> {
    match store::binding(ctx.conn, organization_id, day).await? {
        Some(found) => with_profile(ctx, found).await.map(Some),
        None => Ok(None),
    }
}

/// The regulation a running case started under, whatever has been published since.
pub async fn regulation_of_case(ctx: &Ctx<'_>, id: Uuid) -> Result<BindingRegulation> {
    let found = store::published(ctx.conn, id).await?;
    with_profile(ctx, found).await
}

async fn with_profile(ctx: &Ctx<'_>, found: store::Binding) -> Result<BindingRegulation> {
    let profile = match cache::remembered(found.id) {
        Some(profile) => profile,
        None => cache::remember(found.id, store::profile(ctx.conn, found.id).await?)?,
    };
    Ok(BindingRegulation { id: found.id, title: found.title, owner_id: found.owner_id, profile })
}
