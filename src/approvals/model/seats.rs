//! The seats of a caller: what the directory says of him on the day, never what his token says.

use uuid::Uuid;

use super::event::{ActorFacts, HeldSeat};
use crate::authz::Role;

/// Roles held where, and associations headed, on one day. Everything that asks whose step it is reads this, so that
/// the inbox, what is offered and what is decided agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Who holds them; an account without a person submits in its own name.
    pub holder: Uuid,
    /// The seats.
    pub held: Vec<HeldSeat>,
}

impl Seats {
    /// What the rules need to know of the holder.
    pub fn facts(&self) -> ActorFacts {
        ActorFacts { person: self.holder, acting_for: None, seats: self.held.clone() }
    }

    /// The associations that the holder heads.
    pub fn headed(&self) -> Vec<Uuid> {
        let heads = self.held.iter().filter(|seat| seat.role == Role::AssociationHead);
        heads.map(|seat| seat.organization).collect()
    }
}
