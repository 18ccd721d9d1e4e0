//! The place whose numbers somebody reads.

use uuid::Uuid;

use super::held::model::{HeldLevel, Holder};
use crate::authz::{Actor, Level};
use crate::diagnostics::analytics::model::Place as ReportedPlace;

/// A region, a municipality or an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole region.
    Region(Uuid),
    /// One municipality.
    Municipality(Uuid),
    /// One organization.
    Organization(Uuid),
}

impl Place {
    /// Its id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Region(id) | Self::Municipality(id) | Self::Organization(id) => id,
        }
    }

    /// The column by which rows of the place are found.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Region(_) => "region_id",
            Self::Municipality(_) => "municipality_id",
            Self::Organization(_) => "organization_id",
        }
    }

    /// What it is.
    pub const fn level(self) -> HeldLevel {
        match self {
            Self::Region(_) => HeldLevel::Region,
            Self::Municipality(_) => HeldLevel::Municipality,
            Self::Organization(_) => HeldLevel::Organization,
        }
    }

    /// Whether the actor belongs to the region that the place is only a part of.
    pub fn is_under(self, actor: &Actor) -> bool {
        let is_part = !matches!(self, Self::Region(_));
        is_part && actor.grants.iter().any(|grant| grant.level == Level::Region)
    }

    /// The widest place whose numbers the actor reads of what somebody holds: a municipality reads its own of a region's
    /// (P2-41), a school its own of both.
    pub fn of_reader(actor: &Actor, holder: &Holder) -> Option<Self> {
        let whole = match (holder.level, holder.municipality_id) {
            (HeldLevel::Municipality, Some(id)) => Self::Municipality(id),
            (HeldLevel::Organization, _) => Self::Organization(holder.organization_id),
            _ => Self::Region(holder.region_id),
        };
        let of_region = actor.grants.iter().filter(|grant| grant.region_id == Some(holder.region_id));
        let place = |level, id: Option<Uuid>| match level {
            Level::Region => Some(whole),
            Level::Municipality => match whole {
                Self::Region(_) => id.map(Self::Municipality),
                other => Some(other),
            },
            _ => None,
        };
        let reads = of_region.filter_map(|grant| match grant.level {
            Level::School | Level::Provider => grant.organization_id.map(Self::Organization),
            level => place(level, grant.municipality_id),
        });
        reads.min()
    }
}

impl From<Place> for ReportedPlace {
    fn from(place: Place) -> Self {
        match place {
            Place::Region(id) => Self::Region(id),
            Place::Municipality(id) => Self::Municipality(id),
            Place::Organization(id) => Self::School(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authz::{Role, RoleGrant};

    fn actor(level: Level, municipality: Option<u128>, organization: u128) -> Actor {
        let place = (Uuid::from_u128(organization), Uuid::from_u128(1), municipality.map(Uuid::from_u128));
        let grant = RoleGrant::at(Role::Auditor, level, Some(place));
        Actor { region_id: Some(Uuid::from_u128(1)), grants: vec![grant], ..Actor::nobody() }
    }

    /// P2-41: a municipality sees its own.
    #[test]
    fn each_reads_the_numbers_of_its_own_place() {
        let holder = Holder {
            region_id: Uuid::from_u128(1),
            municipality_id: None,
            organization_id: Uuid::from_u128(2),
            level: HeldLevel::Region,
        };
        let of = |actor: Actor| Place::of_reader(&actor, &holder);
        assert_eq!(of(actor(Level::Region, None, 2)), Some(Place::Region(Uuid::from_u128(1))));
        assert_eq!(of(actor(Level::Municipality, Some(3), 3)), Some(Place::Municipality(Uuid::from_u128(3))));
        assert_eq!(of(actor(Level::School, Some(3), 4)), Some(Place::Organization(Uuid::from_u128(4))));
        assert_eq!(of(actor(Level::Person, Some(3), 4)), None);
    }
}
