//! A change as it is told, and its place in the feed.

use std::fmt;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A place in the feed: behind that row of that transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The place of the transaction.
    pub xid: i64,
    /// The row within it.
    pub id: Uuid,
}

impl Position {
    /// Before everything that was ever written.
    pub const START: Self = Self { xid: 0, id: Uuid::nil() };

    /// Behind everything of the transactions before that one.
    pub const fn before(xid: i64) -> Self {
        Self { xid: xid.saturating_sub(1), id: Uuid::max() }
    }

    /// The place of that name.
    pub fn parse(text: &str) -> Option<Self> {
        let (xid, id) = text.split_once('-')?;
        let position = Self { xid: i64::from_str_radix(xid, 16).ok()?, id: Uuid::try_parse(id).ok()? };
        // One name for each place.
        (position.xid >= 0 && position.to_string() == text).then_some(position)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.xid, self.id.simple())
    }
}

/// Something of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What kind of thing.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place in the feed.
    pub position: Position,
    /// When.
    pub at: DateTime<Utc>,
    /// What was changed.
    pub subject: Thing,
    /// By which operation.
    pub operation: String,
    /// What ceased to exist: the subject or a part of it.
    pub removed: Option<Thing>,
}

impl Change {
    /// Whether the subject itself exists no longer.
    pub fn is_removal(&self) -> bool {
        self.removed.as_ref() == Some(&self.subject)
    }
}

/// Whose changes are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Of this region.
    pub region_id: Uuid,
    /// Only in these municipalities and at these organizations; none for the whole region.
    pub places: Option<Places>,
}

/// Parts of a region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Municipalities with everything in them.
    pub municipalities: Vec<Uuid>,
    /// Organizations.
    pub organizations: Vec<Uuid>,
}

/// A portion of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// In the order of the feed.
    pub changes: Vec<Change>,
    /// Where the next portion begins.
    pub next: Position,
    /// Whether there is more already.
    pub has_more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_name() {
        let place = Position { xid: 4711, id: Uuid::from_u128(0x019a_a0c5) };
        assert_eq!(Position::parse(&place.to_string()), Some(place));
        assert_eq!(Position::parse(&Position::START.to_string()), Some(Position::START));
        for wrong in [
            "",
            "-",
            "1",
            "1-2",
            "+1-00000000000000000000000000000000",
            "01-00000000000000000000000000000000",
        ] {
            assert_eq!(Position::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn everything_of_earlier_transactions_is_before_a_transaction() {
        let before = Position::before(10);
        assert!(Position { xid: 9, id: Uuid::from_u128(u128::MAX - 1) } < before);
        assert!(before < Position { xid: 10, id: Uuid::nil() });
    }
}
