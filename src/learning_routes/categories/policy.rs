//! Who may do what with priority categories.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{AssociationHead, DeputyDirector, Director, ProgramCurator, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

const READS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

const RECORDS: &[Cell] =
    &[cell(&[AssociationHead], Assigned), cell(&[DeputyDirector, Director, ProgramCurator], Unit)];

/// Recording a category: the school, and the head of the teacher's association.
pub static RECORD_PRIORITY_CATEGORY: Rule =
    Rule::new("record_priority_category", RECORDS).seen_by(&LIST_PRIORITY_CATEGORIES);
/// Listing the categories of a person.
pub static LIST_PRIORITY_CATEGORIES: Rule = Rule::new("list_priority_categories", READS);
/// Reading one.
pub static GET_PRIORITY_CATEGORY: Rule = Rule::new("get_priority_category", READS);
/// Ending one.
pub static END_PRIORITY_CATEGORY: Rule =
    Rule::new("end_priority_category", RECORDS).seen_by(&GET_PRIORITY_CATEGORY);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&RECORD_PRIORITY_CATEGORY, &LIST_PRIORITY_CATEGORIES, &GET_PRIORITY_CATEGORY, &END_PRIORITY_CATEGORY];
