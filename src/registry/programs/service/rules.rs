//! What the regulation of a region says of its registry: who submits, who keeps it, whether there is one.

use std::sync::LazyLock;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Role;
use crate::db::Ctx;
use crate::directory::regions;
use crate::directory::regions::memory::{RegionMemory, RegionStamp};
use crate::error::{Code, Error, Result};
use crate::registry::programs::store;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, Profile, ProgramListScope, deciding_roles};
use crate::regulations::service::binding_regulation;

/// The regulation that binds the region as a whole on a day: its registry is kept under it.
pub async fn regional_regulation(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    day: NaiveDate,
) -> Result<Option<BindingRegulation>> {
    static OF_REGION: LazyLock<RegionMemory<NaiveDate, Option<BindingRegulation>>> =
        LazyLock::new(RegionMemory::default);
    let read = async {
        match store::ministry(ctx.conn, region_id).await? {
            Some(ministry) => binding_regulation(ctx, ministry, day).await,
            None => Ok(None),
        }
    };
    let stamp = RegionStamp::read(ctx, region_id).await?;
    OF_REGION.recall(ctx, stamp, day, read).await
}

/// Today by the clock of the region.
pub async fn today(ctx: &Ctx<'_>, region_id: Uuid) -> Result<NaiveDate> {
    regions::service::today(ctx, region_id).await
}

/// Who decides on admission: whoever approves by the regulation's chain, the ministry where it names nobody.
pub(super) fn keepers(profile: Option<&Profile>) -> Vec<Role> {
    deciding_roles(profile, ApprovalSubjectKind::ProgramRegistration)
}

/// Whether the regulation lets one of the actor's roles submit; where it says nothing, whoever may write may.
pub(super) async fn may_submit(ctx: &Ctx<'_>, provider_id: Uuid, day: NaiveDate) -> Result<bool> {
    let regulation = binding_regulation(ctx, provider_id, day).await?;
    let rule = regulation.as_ref().and_then(|regulation| regulation.profile.registry.submitters.as_ref());
    Ok(rule.is_none_or(|rule| rule.roles.iter().any(|role| ctx.actor.holds(*role, provider_id))))
}

/// Whether the actor is the keeper of the region's registry by its regulation.
pub async fn is_keeper(ctx: &Ctx<'_>, region_id: Uuid, day: NaiveDate) -> Result<bool> {
    let regulation = regional_regulation(ctx, region_id, day).await?;
    let keepers = keepers(regulation.as_ref().map(|regulation| &**regulation.profile));
    Ok(keepers.into_iter().any(|role| ctx.actor.has_role(role)))
}

/// Whether the regulation of an organization keeps a regional registry that learners choose from (P4-9), rather
/// than the lists of the providers (P0-13).
pub async fn chooses_from_registry(ctx: &Ctx<'_>, organization_id: Uuid, day: NaiveDate) -> Result<bool> {
    let regulation = binding_regulation(ctx, organization_id, day).await?;
    let list = regulation.as_ref().and_then(|regulation| regulation.profile.registry.list.as_ref());
    Ok(list.is_some_and(|list| list.scope == ProgramListScope::Regional))
}

/// The refusal of what the policy would allow and the regulation gives to somebody else.
pub(super) fn not_by_regulation() -> Error {
    Error::new(Code::Forbidden)
        .detail("По положению это делает другая сторона", "The regulation gives this to somebody else")
}
