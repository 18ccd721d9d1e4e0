//! What a request is about, as far as rights are concerned.

use uuid::Uuid;

use super::{Level, Role};

/// One place a thing belongs to: an organization, or a municipality as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The municipality, if the place lies in one.
    pub municipality_id: Option<Uuid>,
    /// The organization; none when the thing belongs to the whole municipality.
    pub organization_id: Option<Uuid>,
}

/// The place, the person and the trusted people of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The tenant; none for things of the platform.
    pub region_id: Option<Uuid>,
    /// The places it belongs to; none when it belongs to the whole region.
    pub units: Vec<Unit>,
    /// The person it is about.
    pub person_id: Option<Uuid>,
    /// The people it is entrusted to.
    pub assigned: Vec<Uuid>,
}

impl Target {
    /// A thing of the platform.
    pub const fn platform() -> Self {
        Self { region_id: None, units: Vec::new(), person_id: None, assigned: Vec::new() }
    }

    /// A thing of a whole region.
    pub const fn region(region_id: Uuid) -> Self {
        Self { region_id: Some(region_id), units: Vec::new(), person_id: None, assigned: Vec::new() }
    }

    /// A thing of a place: of one organization, else of a municipality as a whole, else of the whole region.
    pub fn place(region_id: Uuid, municipality_id: Option<Uuid>, organization_id: Option<Uuid>) -> Self {
        match (organization_id, municipality_id) {
            (Some(organization_id), _) => {
                Self::region(region_id).organization(organization_id, municipality_id)
            }
            (None, Some(municipality_id)) => Self::region(region_id).municipality(municipality_id),
            (None, None) => Self::region(region_id),
        }
    }

    /// … which belongs to this organization.
    #[must_use]
    pub fn organization(mut self, organization_id: Uuid, municipality_id: Option<Uuid>) -> Self {
        self.units.push(Unit { municipality_id, organization_id: Some(organization_id) });
        self
    }

    /// … which belongs to a municipality as a whole.
    #[must_use]
    pub fn municipality(mut self, municipality_id: Uuid) -> Self {
        self.units.push(Unit { municipality_id: Some(municipality_id), organization_id: None });
        self
    }

    /// … which is about this person.
    #[must_use]
    pub const fn person(mut self, person_id: Uuid) -> Self {
        self.person_id = Some(person_id);
        self
    }

    /// … which is kept by whoever recorded it in that role: those of his level where it belongs and those above, no
    /// longer those below him, nor the person it is about.
    #[must_use]
    pub fn kept_by(mut self, role: Role) -> Self {
        match role.level() {
            Some(Level::Person) | None => return self,
            Some(Level::School | Level::Provider) => {}
            Some(Level::Municipality) => {
                for unit in &mut self.units {
                    unit.organization_id = None;
                }
            }
            Some(Level::Region | Level::Platform) => self.units.clear(),
        }
        self.person_id = None;
        // Heads of associations and tutors are below the rest of their school.
        if !matches!(role, Role::AssociationHead | Role::RouteTutor) {
            self.assigned.clear();
        }
        self
    }

    /// … which is entrusted to these people.
    #[must_use]
    pub fn assigned(mut self, people: impl IntoIterator<Item = Uuid>) -> Self {
        self.assigned.extend(people);
        self
    }
}
