//! Who may do what with working groups.

use crate::authz::Reach::{Assigned, Below, Unit};
use crate::authz::Role::{AssociationHead, Director, ProgramCurator, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

const READS: &[Cell] = &[
    cell(&[Teacher, AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

const KEEPS: &[Cell] = &[cell(&[ProgramCurator, Director], Unit)];

/// Forming a group: whoever is in charge of the programs, and the head of the school.
pub static CREATE_WORKING_GROUP: Rule = Rule::new("create_working_group", KEEPS).seen_by(&GET_WORKING_GROUP);
/// Listing groups.
pub static LIST_WORKING_GROUPS: Rule =
    Rule::new("list_working_groups", READS).condition("members see their own groups");
/// Reading one.
pub static GET_WORKING_GROUP: Rule =
    Rule::new("get_working_group", READS).condition("members see their own groups");
/// Changing one.
pub static UPDATE_WORKING_GROUP: Rule = Rule::new("update_working_group", KEEPS).seen_by(&GET_WORKING_GROUP);
/// Dissolving one.
pub static DISSOLVE_WORKING_GROUP: Rule =
    Rule::new("dissolve_working_group", KEEPS).seen_by(&GET_WORKING_GROUP);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_WORKING_GROUP,
    &LIST_WORKING_GROUPS,
    &GET_WORKING_GROUP,
    &UPDATE_WORKING_GROUP,
    &DISSOLVE_WORKING_GROUP,
];
