//! Who may do what with associations.

use crate::authz::Reach::{Assigned, Below, Unit};
use crate::authz::Role::{
    AssociationHead, Integration, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Which associations a school has is known in the school and above it.
const READ: &[Cell] = &[
    cell(&[Teacher, AssociationHead, RouteTutor], Unit),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// An association is made and changed by its school, or by whoever governs it.
const KEEP: &[Cell] =
    &[cell(SCHOOL_HEADS, Below), cell(&[MunicipalOfficer, MinistryOfficer, Integration], Below), CENTRE];

/// The methodical centre keeps its own (P3-12).
const CENTRE: Cell = cell(&[MunicipalMethodist], Unit);

/// Adding an association.
pub static CREATE_ASSOCIATION: Rule = Rule::new("create_association", KEEP).seen_by(&GET_ASSOCIATION);

/// Listing associations.
pub static LIST_ASSOCIATIONS: Rule = Rule::new("list_associations", READ);

/// Reading an association.
pub static GET_ASSOCIATION: Rule = Rule::new("get_association", READ);

/// Changing an association and its head.
pub static UPDATE_ASSOCIATION: Rule = Rule::new("update_association", KEEP).seen_by(&GET_ASSOCIATION);

/// Listing members: people, so the head and those who see the people of the school.
pub static LIST_ASSOCIATION_MEMBERS: Rule = Rule::new(
    "list_association_members",
    &[
        cell(&[AssociationHead], Assigned),
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.seen_by(&GET_ASSOCIATION);

/// Adding a member.
pub static ADD_ASSOCIATION_MEMBER: Rule = Rule::new("add_association_member", KEEP).seen_by(&GET_ASSOCIATION);

/// Ending a membership.
pub static REMOVE_ASSOCIATION_MEMBER: Rule =
    Rule::new("remove_association_member", KEEP).seen_by(&GET_ASSOCIATION);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ASSOCIATION,
    &LIST_ASSOCIATIONS,
    &GET_ASSOCIATION,
    &UPDATE_ASSOCIATION,
    &LIST_ASSOCIATION_MEMBERS,
    &ADD_ASSOCIATION_MEMBER,
    &REMOVE_ASSOCIATION_MEMBER,
];
