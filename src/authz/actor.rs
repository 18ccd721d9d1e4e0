//! Whoever asks: an account, the person behind it, and the roles it holds where.

use uuid::Uuid;

use super::{Level, Role};

/// A role held at a place; the place's ancestors come from the directory, never from the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGrant {
    /// The role.
    pub role: Role,
    /// The level it acts at.
    pub level: Level,
    /// The region of the place; none for administrators of the platform.
    pub region_id: Option<Uuid>,
    /// The municipality of the place, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The organization the role is held at.
    pub organization_id: Option<Uuid>,
}

impl RoleGrant {
    /// The role at the organization, which lies in that region and, perhaps, municipality; without one, of the platform.
    pub fn at(role: Role, level: Level, place: Option<(Uuid, Uuid, Option<Uuid>)>) -> Self {
        let (organization_id, region_id) = place.map(|(id, region_id, _)| (id, region_id)).unzip();
        let municipality_id = place.and_then(|(.., municipality_id)| municipality_id);
        Self { role, level, region_id, municipality_id, organization_id }
    }
}

/// The verified caller of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: Uuid,
    /// The person behind the account; none for services and administrators of the platform.
    pub person_id: Option<Uuid>,
    /// Other cards of the same person, merged into that one: what was recorded to them is about him too.
    pub merged: Vec<Uuid>,
    /// The tenant; none for administrators of the platform.
    pub region_id: Option<Uuid>,
    /// What the account may act as.
    pub grants: Vec<RoleGrant>,
}

impl Actor {
    /// The caller of a public operation: holds nothing, may do nothing that a policy guards.
    pub const fn nobody() -> Self {
        Self {
            account_id: Uuid::nil(),
            person_id: None,
            merged: Vec::new(),
            region_id: None,
            grants: Vec::new(),
        }
    }

    /// Whether the account holds the role anywhere.
    pub fn has_role(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The same caller with the grants of these roles alone. Where a regulation leaves something to certain roles, the
    /// right must come from one of them: to hold it elsewhere is not enough.
    #[must_use]
    pub fn in_roles(&self, roles: &[Role]) -> Self {
        let mut narrowed = self.clone();
        narrowed.grants.retain(|grant| roles.contains(&grant.role));
        narrowed
    }

    /// Whether the account holds the role at that organization.
    pub fn holds(&self, role: Role, organization_id: Uuid) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.organization_id == Some(organization_id))
    }

    /// Whether the account acts for that organization in any role: what decides about its affairs is then somebody
    /// else's to decide.
    pub fn acts_for(&self, organization_id: Uuid) -> bool {
        self.grants.iter().any(|grant| grant.organization_id == Some(organization_id))
    }

    /// All cards of the person behind the account, the kept one first.
    pub fn cards(&self) -> impl Iterator<Item = Uuid> {
        self.person_id.into_iter().chain(self.merged.iter().copied())
    }

    /// Whether the actor is that person.
    pub fn is_person(&self, person_id: Uuid) -> bool {
        self.cards().any(|card| card == person_id)
    }

    /// The organization of the first grant: where the account acts from when nothing else tells.
    pub fn home_organization(&self) -> Option<Uuid> {
        self.grants.iter().find_map(|grant| grant.organization_id)
    }
}
