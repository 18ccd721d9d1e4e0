//! Who conducts diagnostics by the regulation: the profile's organizers (P0-21, P2-17, P4-10, P4-21).
//!
//! Whoever acts for an organization follows the regulation that binds it: a school its own, the coordinator of the region
//! that of the region. A regulation that names nobody leaves it to the policy table.

use std::collections::HashMap;

use uuid::Uuid;

use crate::authz::{Actor, Permit, Role, Rule, Target, authorize, may};
use crate::db::Ctx;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::regulations::service::binding_regulation;

/// The actor with those roles alone in which the regulation of their organization lets him conduct diagnostics.
pub(super) async fn organizer(ctx: &Ctx<'_>) -> Result<Actor> {
    let mut actor = ctx.actor.clone();
    let Some(region_id) = actor.region_id else { return Ok(actor) };
    let day = today(ctx, region_id).await?;
    let mut named: HashMap<Uuid, Option<Vec<Role>>> = HashMap::new();
    let mut places: Vec<Uuid> = actor.grants.iter().filter_map(|grant| grant.organization_id).collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        let regulation = binding_regulation(ctx, place, day).await?;
        let rule = regulation.and_then(|found| found.profile.diagnostics.organizers.clone());
        named.insert(place, rule.map(|rule| rule.roles));
    }
    actor.grants.retain(|grant| {
        let roles = grant.organization_id.and_then(|place| named.get(&place)).and_then(Option::as_ref);
        roles.is_none_or(|roles| roles.contains(&grant.role))
    });
    Ok(actor)
}

/// A permit in a role that the regulation lets conduct diagnostics, for whoever has the right already.
pub(super) async fn require(ctx: &Ctx<'_>, rule: &'static Rule, target: &Target) -> Result<Permit> {
    let organizer = organizer(ctx).await?;
    if may(&organizer, rule, target) {
        return authorize(&organizer, rule, target);
    }
    Err(Error::new(Code::Forbidden).detail(
        "По положению диагностику проводит другая сторона",
        "The regulation leaves diagnostics to somebody else",
    ))
}
