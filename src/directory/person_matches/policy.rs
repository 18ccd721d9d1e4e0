//! Who may ask whether a person is known.

use crate::authz::Reach::Below;
use crate::authz::Role::{RegionalCoordinator, RegionalOperator};
use crate::authz::{Rule, cell};
use crate::directory::persons::policy::KEEPERS;

/// Looking for a person before he is added: whoever may add people, and those who merge cards.
pub static MATCH_PERSONS: Rule = Rule::new(
    "match_persons",
    &[cell(KEEPERS, Below), cell(&[RegionalOperator, RegionalCoordinator], Below)],
)
.condition("people the caller may not see are answered without a word about who they are");

/// The policy table.
pub const RULES: &[&Rule] = &[&MATCH_PERSONS];
