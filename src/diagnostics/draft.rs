//! Who keeps a framework or an instrument: an organization of the caller's region.

use uuid::Uuid;

use crate::authz::{Actor, Permit, Rule, Target, authorize, may};
use crate::db::Ctx;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service as organizations;
use crate::error::{Code, Error, Result};

/// The organization named as owner; one of another region does not exist for the caller.
pub(super) async fn owner(ctx: &Ctx<'_>, owner_id: Uuid) -> Result<Organization> {
    match organizations::organization(ctx, owner_id).await {
        Ok(found) if Some(found.region_id) == ctx.actor.region_id => Ok(found),
        Err(refusal) if refusal.code != Code::NotFound => Err(refusal),
        _ => Err(Error::field(
            "/owner_id",
            "unknown",
            "Такой организации нет",
            "There is no such organization",
        )),
    }
}

/// The right of a keeper: the thing is kept by one organization (`kept`) and may be read by others (`read`).
pub(super) fn permit(
    actor: &Actor,
    rule: &'static Rule,
    kept: &Target,
    reading: &Rule,
    read: &Target,
) -> Result<Permit> {
    authorize(actor, rule, kept)
        .map_err(|refusal| if may(actor, reading, read) { Error::new(Code::Forbidden) } else { refusal })
}
