//! Who may do what with activities of support.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, ProviderOfficer,
    RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Whom it is for, their schools, the organiser, and those above.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(&[ProviderOfficer], Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// The organiser, and the head of the association that is one.
const ORGANISING: &[Cell] = &[
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_HEADS, Unit),
    cell(
        &[
            MunicipalMethodist,
            MunicipalOfficer,
            RegionalOperator,
            RegionalCoordinator,
            MinistryOfficer,
            ProviderOfficer,
        ],
        Unit,
    ),
];

/// Planning an activity (P2-35).
pub static CREATE_SUPPORT_ACTIVITY: Rule = Rule::new("create_support_activity", ORGANISING)
    .seen_by(&GET_SUPPORT_ACTIVITY)
    .condition("for one's own organization, or the association one heads");

/// Listing activities.
pub static LIST_SUPPORT_ACTIVITIES: Rule = Rule::new("list_support_activities", READING);

/// Reading an activity.
pub static GET_SUPPORT_ACTIVITY: Rule = Rule::new("get_support_activity", READING);

/// Planning it anew.
pub static UPDATE_SUPPORT_ACTIVITY: Rule =
    Rule::new("update_support_activity", ORGANISING).seen_by(&GET_SUPPORT_ACTIVITY);

/// Recording that it was held, and what it led to.
pub static RECORD_SUPPORT_ACTIVITY: Rule =
    Rule::new("record_support_activity", ORGANISING).seen_by(&GET_SUPPORT_ACTIVITY);

/// Cancelling it.
pub static CANCEL_SUPPORT_ACTIVITY: Rule =
    Rule::new("cancel_support_activity", ORGANISING).seen_by(&GET_SUPPORT_ACTIVITY);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_SUPPORT_ACTIVITY,
    &LIST_SUPPORT_ACTIVITIES,
    &GET_SUPPORT_ACTIVITY,
    &UPDATE_SUPPORT_ACTIVITY,
    &RECORD_SUPPORT_ACTIVITY,
    &CANCEL_SUPPORT_ACTIVITY,
];
