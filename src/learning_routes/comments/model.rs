//! What a comment is.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::authz::Role;
use crate::values::PersonName;

/// What of a route a comment is about: one of these, or the route as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// A line of the route.
    pub activity_id: Option<Uuid>,
    /// The report of a stage.
    pub stage_report_id: Option<Uuid>,
    /// A growth card.
    pub growth_card_id: Option<Uuid>,
    /// A revision.
    pub revision_id: Option<Uuid>,
}

impl About {
    /// What is named, with the name of its field.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        [
            ("activity_id", self.activity_id),
            ("stage_report_id", self.stage_report_id),
            ("growth_card_id", self.growth_card_id),
            ("revision_id", self.revision_id),
        ]
        .into_iter()
        .filter_map(|(field, id)| id.map(|id| (field, id)))
    }
}

/// What somebody said about a route.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// What it is about.
    pub about: About,
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
    /// Whether what is about that belongs to it.
    pub fn holds(&self, about: &About) -> bool {
        match self {
            Self::All => true,
            Self::Lines(lines) => about.activity_id.is_some_and(|id| lines.contains(&id)),
        }
    }
}
