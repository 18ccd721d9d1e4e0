//! Who may see who plans training.

use crate::authz::Reach::{Below, Unit};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// Listing those who plan training: of one's school, of one's territory (P2-15).
pub static LIST_TRAINING_PARTICIPANTS: Rule = Rule::new(
    "list_training_participants",
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_TRAINING_PARTICIPANTS];
