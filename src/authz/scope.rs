//! What a list may contain for this actor. Stores demand a [`Scope`]; only [`scope`] makes one.

use uuid::Uuid;

use super::{Actor, Level, Reach, RoleGrant, Rule};
use crate::error::{Code, Error, Result};

/// One of the circles a list is the union of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopePart {
    /// Everything on the platform.
    Everything,
    /// Everything of a region.
    Region(Uuid),
    /// Everything of a municipality.
    Municipality(Uuid),
    /// Everything of an organization.
    Organization(Uuid),
    /// What is about a person.
    Person(Uuid),
    /// What is entrusted to a person.
    Assigned(Uuid),
    /// What binds or serves a place: its own things and those of its ancestors.
    Above {
        /// The region.
        region_id: Uuid,
        /// The municipality, if any.
        municipality_id: Option<Uuid>,
        /// The organization, if any.
        organization_id: Option<Uuid>,
    },
}

/// The union of circles a list is confined to; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    parts: Vec<ScopePart>,
}

impl Scope {
    /// The circles.
    pub fn parts(&self) -> &[ScopePart] {
        &self.parts
    }
}

/// The list filter of this actor under this rule; 403 when the rule gives nothing at all.
pub fn scope(actor: &Actor, rule: &'static Rule) -> Result<Scope> {
    let mut parts: Vec<ScopePart> = Vec::new();
    for grant in &actor.grants {
        for reach in rule.reaches(grant.role) {
            for part in circles(actor, grant, reach) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
    }
    // A circle that holds all the others makes the filter a plain equality on an indexed column.
    let widest = parts.iter().copied().find(|part| match part {
        ScopePart::Everything => true,
        ScopePart::Region(region) => actor.region_id == Some(*region),
        _ => false,
    });
    if let Some(widest) = widest {
        parts = vec![widest];
    }
    if parts.is_empty() { Err(Error::new(Code::Forbidden)) } else { Ok(Scope { parts }) }
}

/// The region of an actor who has any right under a rule, for lists that are the same for everybody there. Only
/// [`region_scope`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionScope(Uuid);

impl RegionScope {
    /// The region.
    pub const fn region_id(self) -> Uuid {
        self.0
    }
}

/// The region whose list this actor may read whole; 403 when the rule gives nothing at all.
pub fn region_scope(actor: &Actor, rule: &'static Rule) -> Result<RegionScope> {
    scope(actor, rule)?;
    actor.region_id.map(RegionScope).ok_or(Error::new(Code::Forbidden))
}

/// The organizations whose things the actor keeps under a rule that reaches the unit: their drafts are his to see.
pub fn keeps_for(actor: &Actor, rule: &Rule) -> Vec<Uuid> {
    let keeps = |grant: &&RoleGrant| rule.reaches(grant.role).any(|reach| reach == Reach::Unit);
    actor.grants.iter().filter(keeps).filter_map(|grant| grant.organization_id).collect()
}

fn circles(actor: &Actor, grant: &RoleGrant, reach: Reach) -> Vec<ScopePart> {
    match reach {
        Reach::Own => actor.cards().map(ScopePart::Person).collect(),
        Reach::Assigned => actor.cards().map(ScopePart::Assigned).collect(),
        other => part(grant, other).into_iter().collect(),
    }
}

fn part(grant: &RoleGrant, reach: Reach) -> Option<ScopePart> {
    match reach {
        Reach::Own | Reach::Assigned => None,
        Reach::Unit => grant.organization_id.map(ScopePart::Organization),
        Reach::Below => match grant.level {
            Level::Region => grant.region_id.map(ScopePart::Region),
            Level::Municipality => grant.municipality_id.map(ScopePart::Municipality),
            Level::School | Level::Provider => grant.organization_id.map(ScopePart::Organization),
            Level::Person | Level::Platform => None,
        },
        Reach::Above => grant.region_id.map(|region_id| ScopePart::Above {
            region_id,
            municipality_id: grant.municipality_id,
            organization_id: grant.organization_id,
        }),
        Reach::Anywhere => (grant.level == Level::Platform).then_some(ScopePart::Everything),
    }
}
