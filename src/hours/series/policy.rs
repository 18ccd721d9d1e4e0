//! Who may ask for the growth of hours.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{AssociationHead, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// The growth of one person's hours: whoever reads the balance of a day reads that of many.
pub static GET_HOURS_SERIES: Rule = Rule::new(
    "get_hours_series",
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
pub const RULES: &[&Rule] = &[&GET_HOURS_SERIES];
