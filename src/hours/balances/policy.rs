//! Who may ask for balances.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{AssociationHead, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Whoever reads a balance may also ask what would become of it.
const ASKERS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// The balance of one person.
pub static GET_HOURS_BALANCE: Rule = Rule::new("get_hours_balance", ASKERS);

/// What planned training would change in it; writes nothing.
pub static PREVIEW_HOURS_BALANCE: Rule = Rule::new("preview_hours_balance", ASKERS);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_HOURS_BALANCE, &PREVIEW_HOURS_BALANCE];
