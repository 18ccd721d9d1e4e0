//! The seats of a caller: what the directory says of him on the day, never what his token says.

use uuid::Uuid;

use super::chain::Step;
use super::event::{ActorFacts, HeldSeat};
use crate::authz::Role;

/// Roles held where, and associations headed, on one day. Everything that asks whose step it is reads this, so that
/// the inbox, what is offered and what is decided agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Who holds them; an account without a person submits in its own name.
    pub holder: Uuid,
    /// The seats of the holder's own.
    pub held: Vec<HeldSeat>,
    /// The seats of others that the holder takes while they are absent.
    pub substituting: Vec<Capacity>,
}

/// In whose name, and by which substitution, which seats are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The absent person.
    pub absent: Uuid,
    /// The substitution.
    pub substitution: Uuid,
    /// The seats.
    pub seats: Vec<HeldSeat>,
}

impl Seats {
    /// What the rules need to know of the holder in the own name.
    pub fn facts(&self) -> ActorFacts {
        ActorFacts { person: self.holder, acting_for: None, seats: self.held.clone() }
    }

    /// … and in the name of somebody absent.
    pub fn facts_in(&self, capacity: &Capacity) -> ActorFacts {
        ActorFacts { person: self.holder, acting_for: Some(capacity.absent), seats: capacity.seats.clone() }
    }

    /// Every name in which the holder may act, the own first.
    pub fn names(&self) -> Vec<ActorFacts> {
        let others = self.substituting.iter().map(|capacity| self.facts_in(capacity));
        std::iter::once(self.facts()).chain(others).collect()
    }

    /// The capacity in which the holder takes that step for the absent one; any of them where none sits there.
    pub fn standing_for(&self, absent: Uuid, step: Option<&Step>) -> Option<&Capacity> {
        let named = || self.substituting.iter().filter(|capacity| capacity.absent == absent);
        let sits =
            |capacity: &&Capacity| step.is_some_and(|step| self.facts_in(capacity).sits_at(step, None));
        named().find(sits).or_else(|| named().next())
    }

    /// Whether the holder sits at the step: in the own name, or in that of the absent one.
    pub fn sits_at(&self, absent: Option<Uuid>, step: &Step) -> bool {
        let names = self.names();
        names.iter().filter(|facts| facts.acting_for == absent).any(|facts| facts.sits_at(step, None))
    }

    /// The associations headed by the holder.
    pub fn headed(&self) -> Vec<Uuid> {
        headed(&self.held)
    }

    /// Every seat, whoever's it is.
    pub fn all(&self) -> impl Iterator<Item = &HeldSeat> {
        self.held.iter().chain(self.substituting.iter().flat_map(|capacity| &capacity.seats))
    }
}

/// The associations among the seats.
pub fn headed(seats: &[HeldSeat]) -> Vec<Uuid> {
    let heads = seats.iter().filter(|seat| seat.role == Role::AssociationHead);
    heads.map(|seat| seat.organization).collect()
}
