//! What a comment is.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::authz::Role;
use crate::values::PersonName;

/// What somebody said about a route.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The line it is about.
    pub activity_id: Option<Uuid>,
    /// Who said it.
    pub author_id: Uuid,
    /// The author's name.
    pub author_name: PersonName,
    /// In which role.
    pub author_role: Role,
    /// Where that role is held.
    pub organization_id: Option<Uuid>,
    /// The words.
    pub text: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Which comments of a route somebody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// All of them.
    All,
    /// Those on these lines.
    Lines(Vec<Uuid>),
}

impl Access {
    /// Whether what is about this line, or about the whole route, belongs to it.
    pub fn holds(&self, activity_id: Option<Uuid>) -> bool {
        match self {
            Self::All => true,
            Self::Lines(lines) => activity_id.is_some_and(|id| lines.contains(&id)),
        }
    }
}
