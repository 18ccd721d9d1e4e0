//! What a version of a route is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::learning_routes::model::RouteContent;

/// A version of a route, without what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteVersion {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Number within the route, from 1.
    pub number: i32,
    /// Why it was taken.
    pub cause: VersionCause,
    /// The round of review it was handed in for.
    pub round: Option<i32>,
    /// The revision it belongs to.
    pub revision_id: Option<Uuid>,
    /// Words of whoever looked the route through.
    pub note: Option<String>,
    /// The day.
    pub taken_on: NaiveDate,
    /// Whose act it was.
    pub taken_by: Option<Uuid>,
}

/// A version to be kept.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// The route.
    pub route_id: Uuid,
    /// Why.
    pub cause: VersionCause,
    /// The round of review.
    pub round: Option<u16>,
    /// The revision.
    pub revision_id: Option<Uuid>,
    /// What the route says.
    pub content: RouteContent,
    /// Words.
    pub note: Option<String>,
    /// The day.
    pub taken_on: NaiveDate,
}

/// Why a version was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionCause {
    /// The route was handed in.
    Submission,
    /// A revision of it was handed in: what it would say.
    RevisionSubmission,
    /// A revision was taken over.
    Revision,
    /// It was looked through, as its regulation demands every period (P3-41).
    PeriodicUpdate,
}

impl VersionCause {
    /// Every cause.
    pub const ALL: [Self; 4] =
        [Self::Submission, Self::RevisionSubmission, Self::Revision, Self::PeriodicUpdate];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::RevisionSubmission => "revision_submission",
            Self::Revision => "revision",
            Self::PeriodicUpdate => "periodic_update",
        }
    }

    /// The cause of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == name)
    }
}

/// Which two versions to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Two numbers.
    Numbers(i32, i32),
    /// What was handed in for two rounds of review, of the route or of one of its revisions.
    Rounds {
        /// The earlier round.
        from: i32,
        /// The later round.
        to: i32,
        /// The revision; none: the route itself.
        revision_id: Option<Uuid>,
    },
}
