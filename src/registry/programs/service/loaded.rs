//! Programs as files know them: by what their source calls them, else by provider, kind and title.

use uuid::Uuid;

use super::permit;
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::model::ExternalId;
use crate::error::{Error, Result};
use crate::registry::programs::{policy, store};
use crate::values::ProgramKind;

/// The program a loaded row stands for, without asking who may see it.
pub async fn find_loaded(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    external: Option<&ExternalId>,
    (provider_id, kind, title): (Uuid, ProgramKind, &str),
) -> Result<Option<Uuid>> {
    if let Some(external) = external
        && let Some(known) = store::find_by_external(ctx.conn, region_id, external).await?
    {
        return Ok(Some(known));
    }
    store::find_by_title(ctx.conn, provider_id, kind, title).await
}

/// Remembers what a loaded program is called in its source, unless it is called something already; says whether that was
/// new.
pub async fn name_external(ctx: &Ctx<'_>, id: Uuid, external: &ExternalId) -> Result<bool> {
    let (program, _) = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let Ok(permit) = permit(ctx.actor, &policy::UPDATE_PROGRAM, &program) else { return Ok(false) };
    let named = store::name_external(ctx, &permit, id, external).await?;
    if named {
        let change = Change::none().field("external_id", (), external.id.as_str());
        ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    }
    Ok(named)
}
