//! The one function that decides, and the value that proves it was asked.

use uuid::Uuid;

use super::{Actor, Level, Reach, Role, RoleGrant, Rule, Target};
use crate::error::{Code, Error, Result};

/// Proof that a rule allowed an actor to act on a target. Only [`authorize`], [`authorize_oneself`] and
/// [`authorize_clock`] make one; writes of stores demand it.
#[derive(Debug, Clone)]
pub struct Permit {
    rule: &'static Rule,
    grant: Option<RoleGrant>,
    clock_of: Option<Uuid>,
    target: Target,
}

impl Permit {
    /// The operation that was allowed.
    pub const fn operation(&self) -> &'static str {
        self.rule.operation
    }

    /// The grant whose right was used; none when somebody without roles acted about himself.
    pub const fn grant(&self) -> Option<&RoleGrant> {
        self.grant.as_ref()
    }

    /// The region for which the clock acts; none when somebody does.
    pub const fn clock_of(&self) -> Option<Uuid> {
        self.clock_of
    }

    /// What it was allowed on: where that lies and whom it is about.
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// The role whose right was used.
    pub fn role(&self) -> Result<Role> {
        self.grant().map(|grant| grant.role).ok_or(Error::new(Code::Forbidden))
    }

    /// The organization at which the role is held whose right was used.
    pub fn organization_id(&self) -> Option<Uuid> {
        self.grant().and_then(|grant| grant.organization_id)
    }
}

/// Decides whether the actor may act on the target; 404 when the actor may not even know of it, else 403.
pub fn authorize(actor: &Actor, rule: &'static Rule, target: &Target) -> Result<Permit> {
    authorize_kept(actor, rule, target, Some(target))
}

/// The same for a thing that is kept in one place (`kept`) and serves others, who may read it (`served`; none while
/// it is a draft that its keeper alone knows of).
pub fn authorize_kept(
    actor: &Actor,
    rule: &'static Rule,
    kept: &Target,
    served: Option<&Target>,
) -> Result<Permit> {
    if let Some(grant) = granting(actor, rule, kept) {
        return Ok(Permit { rule, grant: Some(grant.clone()), clock_of: None, target: kept.clone() });
    }
    let visible =
        rule.seen_by.zip(served).is_some_and(|(seen_by, served)| granting(actor, seen_by, served).is_some());
    log::info!(target: "rost::authz", operation = rule.operation, account:% = actor.account_id, visible; "refused");
    Err(Error::new(if visible { Code::Forbidden } else { Code::NotFound }))
}

/// Decides whether the actor may act on a target whose existence another rule has shown him: else 403, never 404.
pub fn authorize_seen(actor: &Actor, rule: &'static Rule, target: &Target) -> Result<Permit> {
    authorize(actor, rule, target).map_err(|refusal| Error { code: Code::Forbidden, ..refusal })
}

/// Whether the rule allows it, without making anything of it: for `allowed_actions`.
pub fn may(actor: &Actor, rule: &Rule, target: &Target) -> bool {
    granting(actor, rule, target).is_some()
}

/// Decides about what concerns only the caller himself and so has no target; he may hold no role at all.
pub fn authorize_oneself(actor: &Actor, rule: &'static Rule) -> Result<Permit> {
    if !may_ever(actor, rule) {
        return Err(Error::new(Code::Forbidden));
    }
    let grant = actor.grants.iter().find(|grant| rule.reaches(grant.role).next().is_some());
    let target = Target { person_id: actor.person_id, region_id: actor.region_id, ..Target::platform() };
    Ok(Permit { rule, grant: grant.cloned(), clock_of: None, target })
}

/// What time brings about in a region, and nobody does: the rule gives it to no role.
pub fn authorize_clock(rule: &'static Rule, region_id: Uuid) -> Result<Permit> {
    if !rule.cells.is_empty() || rule.even_without_roles {
        return Err(Error::internal(format!("{} is somebody's, not the clock's", rule.operation)));
    }
    Ok(Permit { rule, grant: None, clock_of: Some(region_id), target: Target::region(region_id) })
}

/// Whether the actor's roles appear in the rule at all: the coarse check before a body is read.
pub fn may_ever(actor: &Actor, rule: &Rule) -> bool {
    rule.even_without_roles || actor.grants.iter().any(|grant| rule.reaches(grant.role).next().is_some())
}

fn granting<'a>(actor: &'a Actor, rule: &Rule, target: &Target) -> Option<&'a RoleGrant> {
    actor
        .grants
        .iter()
        .find(|grant| rule.reaches(grant.role).any(|reach| reaches(actor, grant, reach, target)))
}

fn reaches(actor: &Actor, grant: &RoleGrant, reach: Reach, target: &Target) -> bool {
    if reach == Reach::Anywhere {
        return grant.level == Level::Platform;
    }
    // Regions are tenants: nothing is ever joined across them.
    if grant.region_id.is_none() || grant.region_id != target.region_id {
        return false;
    }
    match reach {
        Reach::Own => target.person_id.is_some_and(|person| actor.is_person(person)),
        Reach::Assigned => actor.cards().any(|person| target.assigned.contains(&person)),
        Reach::Unit => {
            grant.organization_id.is_some()
                && target.units.iter().any(|unit| unit.organization_id == grant.organization_id)
        }
        Reach::Below => match grant.level {
            Level::Region => true,
            Level::Municipality => {
                grant.municipality_id.is_some()
                    && target.units.iter().any(|unit| unit.municipality_id == grant.municipality_id)
            }
            Level::School | Level::Provider => {
                grant.organization_id.is_some()
                    && target.units.iter().any(|unit| unit.organization_id == grant.organization_id)
            }
            Level::Person | Level::Platform => false,
        },
        Reach::Above => {
            target.units.is_empty()
                || target.units.iter().any(|unit| {
                    (unit.organization_id.is_some() && unit.organization_id == grant.organization_id)
                        || (unit.organization_id.is_none() && unit.municipality_id == grant.municipality_id)
                })
        }
        Reach::Anywhere => false,
    }
}
