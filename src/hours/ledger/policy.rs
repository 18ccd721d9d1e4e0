//! Who may read the ledger. Nobody writes it but the decisions on credentials.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{AssociationHead, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// Reading the ledger of a person.
pub static LIST_LEDGER_ENTRIES: Rule = Rule::new(
    "list_ledger_entries",
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
pub const RULES: &[&Rule] = &[&LIST_LEDGER_ENTRIES];
