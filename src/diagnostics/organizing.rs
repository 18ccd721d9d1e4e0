//! Who conducts diagnostics, collects needs and supplies findings by the regulation (P0-21, P2-14, P2-16, P2-17, P3-2,
//! P4-10, P4-19, P4-21).
//!
//! Whoever acts for an organization follows the regulation that binds it: a school its own, the coordinator of the region
//! that of the region. A regulation that names nobody leaves it to the policy table.

use std::collections::HashMap;

use uuid::Uuid;

use crate::authz::{Actor, Level, Permit, Role, Rule, Target, authorize, may};
use crate::db::Ctx;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::regulations::profile::{DiagnosticsProfile, RolesRule};
use crate::regulations::service::binding_regulation;

/// What a regulation may leave to certain roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Conducting diagnostics.
    Organizing,
    /// Seeing to it at school that people take part (P4-22); whoever diagnoses from above is not concerned.
    OrganizingAtSchool,
    /// Asking for needs in a campaign.
    CollectingNeeds,
    /// Supplying findings of the assessment of pupils.
    SupplyingFindings,
}

impl Task {
    const fn named(self, profile: &DiagnosticsProfile) -> Option<&RolesRule> {
        match self {
            Self::Organizing => profile.organizers.as_ref(),
            Self::OrganizingAtSchool => profile.school_organizers.as_ref(),
            Self::CollectingNeeds => profile.need_collectors.as_ref(),
            Self::SupplyingFindings => profile.finding_suppliers.as_ref(),
        }
    }

    fn refusal(self) -> Error {
        let refusal = Error::new(Code::Forbidden);
        match self {
            Self::Organizing => refusal.detail(
                "По положению диагностику проводит другая сторона",
                "The regulation leaves diagnostics to somebody else",
            ),
            Self::OrganizingAtSchool => refusal.detail(
                "По положению в школе это делает другой сотрудник",
                "The regulation leaves this to somebody else in the school",
            ),
            Self::CollectingNeeds => refusal.detail(
                "По положению потребности собирает другая сторона",
                "The regulation leaves the collection of needs to somebody else",
            ),
            Self::SupplyingFindings => refusal.detail(
                "По положению результаты оценки качества предоставляет другая сторона",
                "The regulation leaves findings to somebody else",
            ),
        }
    }
}

/// The actor with those roles alone in which the regulation of their organization lets him conduct diagnostics.
pub(super) async fn organizer(ctx: &Ctx<'_>) -> Result<Actor> {
    named(ctx, Task::Organizing).await
}

/// The actor with those roles alone to which the regulation of their organization leaves the task.
pub(super) async fn named(ctx: &Ctx<'_>, task: Task) -> Result<Actor> {
    let mut actor = ctx.actor.clone();
    let Some(region_id) = actor.region_id else { return Ok(actor) };
    let day = today(ctx, region_id).await?;
    let mut by_place: HashMap<Uuid, Option<Vec<Role>>> = HashMap::new();
    let mut places: Vec<Uuid> = actor.grants.iter().filter_map(|grant| grant.organization_id).collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        let regulation = binding_regulation(ctx, place, day).await?;
        let roles = regulation
            .and_then(|found| task.named(&found.profile.diagnostics).map(|rule| rule.roles.clone()));
        by_place.insert(place, roles);
    }
    actor.grants.retain(|grant| {
        if task == Task::OrganizingAtSchool && grant.level != Level::School {
            return true;
        }
        let roles = grant.organization_id.and_then(|place| by_place.get(&place)).and_then(Option::as_ref);
        roles.is_none_or(|roles| roles.contains(&grant.role))
    });
    Ok(actor)
}

/// A permit in a role that the regulation lets conduct diagnostics, for whoever has the right already.
pub(super) async fn require(ctx: &Ctx<'_>, rule: &'static Rule, target: &Target) -> Result<Permit> {
    require_for(ctx, Task::Organizing, rule, target).await
}

/// A permit in a role to which the regulation leaves the task, for whoever has the right already.
pub(super) async fn require_for(
    ctx: &Ctx<'_>,
    task: Task,
    rule: &'static Rule,
    target: &Target,
) -> Result<Permit> {
    let actor = named(ctx, task).await?;
    if may(&actor, rule, target) { authorize(&actor, rule, target) } else { Err(task.refusal()) }
}
