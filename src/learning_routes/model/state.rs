//! The states of a route (design §5).

/// Where a route stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RouteState {
    /// Being written.
    Draft,
    /// Passing its approval chain; nobody edits it.
    InReview,
    /// Sent back, with a reason and a date (P0-42).
    Rework,
    /// Approved, not in force yet.
    Approved,
    /// In force.
    Active,
    /// Fulfilled.
    Completed,
    /// Ended before it was fulfilled, with a reason.
    ClosedIncomplete,
    /// Refused by a decider.
    Rejected,
    /// Taken back.
    Withdrawn,
}

impl RouteState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::InReview,
        Self::Rework,
        Self::Approved,
        Self::Active,
        Self::Completed,
        Self::ClosedIncomplete,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Rework => "rework",
            Self::Approved => "approved",
            Self::Active => "active",
            Self::Completed => "completed",
            Self::ClosedIncomplete => "closed_incomplete",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// `true` where the route's contents may be changed.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Rework)
    }

    /// `true` where nothing more happens to the route.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::ClosedIncomplete | Self::Rejected | Self::Withdrawn)
    }
}
