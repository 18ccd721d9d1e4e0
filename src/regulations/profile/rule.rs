//! The rule shapes that several sections share.

use super::macros::{rules, vocabulary};
use crate::authz::Role;

vocabulary! {
    /// How seriously a broken rule is taken (строгость правила).
    #[derive(Default)]
    pub enum RuleSeverity {
        /// The request is refused.
        #[default]
        Error = "error",
        /// The request passes, the violation is reported.
        Warning = "warning",
    }
}

rules! {
    /// Something the regulation demands; left out when the regulation does not demand it (требование).
    pub struct RequirementRule {
        /// What a violation means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// Something the regulation expressly allows; left out when it says nothing (разрешение).
    pub struct PermissionRule {}

    /// The roles that may or must do a thing (кто вправе или обязан).
    pub struct RolesRule {
        /// The roles; each once, at least one.
        #[schema(min_items = 1, max_items = 64)]
        pub roles: Vec<Role>,
    }
}

/// `true`, for switches that are on unless a regulation turns them off.
pub(super) const fn on() -> bool {
    true
}
