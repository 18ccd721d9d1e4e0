//! Seats, and who waits for one.

use uuid::Uuid;

/// The seats of an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// How many there are.
    pub total: i32,
    /// How many are taken.
    pub taken: i32,
}

impl Seats {
    /// How many are free.
    pub const fn free(self) -> i32 {
        self.total - self.taken
    }

    /// Takes seats for a group as a whole; nothing when they do not suffice.
    pub fn take(self, people: i32) -> Option<Self> {
        let taken = self.taken.checked_add(people)?;
        (people > 0 && taken <= self.total).then_some(Self { taken, ..self })
    }

    /// Gives seats back.
    #[must_use]
    pub fn give_back(self, people: i32) -> Self {
        Self { taken: (self.taken - people.max(0)).max(0), ..self }
    }
}

/// An application that waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The application.
    pub id: Uuid,
    /// How many people it names.
    pub people: i32,
}

/// The place of each application on the waiting list, in the order they came; none for those the free seats suffice
/// for. Nobody overtakes: behind a group that waits everybody waits.
pub fn waiting_positions(free: i32, queue: &[Queued]) -> Vec<(Uuid, Option<i32>)> {
    let (mut left, mut position) = (free, 0);
    let place = |queued: &Queued| {
        if position == 0 && queued.people <= left {
            left -= queued.people;
            (queued.id, None)
        } else {
            position += 1;
            (queued.id, Some(position))
        }
    };
    queue.iter().map(place).collect()
}
