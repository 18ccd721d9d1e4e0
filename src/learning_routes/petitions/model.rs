//! What a petition is.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::authz::Role;

/// A petition for a change of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petition {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Who petitions.
    pub author_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// What is asked for.
    pub text: String,
    /// Where it stands.
    pub state: PetitionState,
    /// Who applied, declined or took it back.
    pub decided_by: Option<Uuid>,
    /// The day of that.
    pub decided_on: Option<NaiveDate>,
    /// Why it was declined, or lapsed.
    pub decision_note: Option<String>,
    /// The revision that was made of it and not given up.
    pub revision_id: Option<Uuid>,
    /// Row version.
    pub version: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Where a petition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PetitionState {
    /// It waits.
    Open,
    /// A revision made of it was taken over.
    Applied,
    /// Refused, with a reason.
    Declined,
    /// Taken back by its author.
    Withdrawn,
    /// Its route ended first.
    Lapsed,
}

impl PetitionState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Open, Self::Applied, Self::Declined, Self::Withdrawn, Self::Lapsed];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Applied => "applied",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
