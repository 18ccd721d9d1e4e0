//! Who may ask for balances.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{AssociationHead, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// The balance of one person.
pub static GET_HOURS_BALANCE: Rule = Rule::new(
    "get_hours_balance",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead], Assigned),
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_HOURS_BALANCE];
