//! What the rules need to know beside the route itself.

use uuid::Uuid;

use crate::learning_routes::working_groups::model::GroupLack;
use crate::regulations::profile::{EmploymentKind, LearnerPosition};
use crate::values::ProgramKind;

/// Facts about the learner and the programs chosen.
#[derive(Debug, Clone, Default)]
pub struct RouteFacts {
    /// The learner's work at the route's school.
    pub learner: Vec<LearnerFacts>,
    /// Whether there is a result of diagnostics (P4-13).
    pub has_result: bool,
    /// How many deficits of the learner are not closed.
    pub deficits: usize,
    /// Whether the chain of the route asks the learner's consent.
    pub consent_step: bool,
    /// The programs of its activities.
    pub programs: Vec<ProgramFacts>,
    /// What the working group that develops it lacks to be active (P1-20).
    pub group_lacks: Vec<GroupLack>,
}

/// One employment of the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LearnerFacts {
    /// How he or she is employed.
    pub kind: EmploymentKind,
    /// In which sort of post.
    pub position: LearnerPosition,
}

/// What the rules need to know of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgramFacts {
    /// The program.
    pub id: Uuid,
    /// Whether it stands in the registry and is in force (P4-14).
    pub in_registry: bool,
    /// Its kind.
    pub kind: ProgramKind,
}

/// Beginnings of the posts of heads in the nomenclature of posts (Government decree of 21.02.2022 № 225, part II);
/// every other post of the nomenclature is pedagogical.
const HEADS: [&str; 8] = [
    "директор",
    "заместитель директора",
    "заведующ",
    "заместитель заведующ",
    "начальник",
    "заместитель начальника",
    "руководитель организации",
    "руководитель образовательной организации",
];

/// The sort of a post by its name.
pub fn position_of(post: &str) -> LearnerPosition {
    let post = post.trim().to_lowercase();
    if HEADS.iter().any(|head| post.starts_with(head)) {
        LearnerPosition::Head
    } else {
        LearnerPosition::Teacher
    }
}
