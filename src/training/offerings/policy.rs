//! Who may do what with offerings.

use crate::authz::Reach::{Above, Assigned, Unit};
use crate::authz::Role::OfferingLeader;
use crate::authz::groups::EVERYBODY;
use crate::authz::{Rule, cell};
use crate::training::policy::ORGANISERS;

/// Planning an offering: for one's own organization.
pub static CREATE_OFFERING: Rule =
    Rule::new("create_offering", &[cell(ORGANISERS, Unit)]).seen_by(&LIST_OFFERINGS);

/// Listing offerings of one's own region.
pub static LIST_OFFERINGS: Rule = Rule::new("list_offerings", &[cell(EVERYBODY, Above)])
    .condition("planned ones only for their organiser and leader");

/// Reading one offering of one's own region.
pub static GET_OFFERING: Rule = Rule::new("get_offering", &[cell(EVERYBODY, Above)])
    .condition("planned ones only for their organiser and leader");

/// Changing what is said of an offering.
pub static UPDATE_OFFERING: Rule = Rule::new("update_offering", &[cell(ORGANISERS, Unit)])
    .condition("planned and open ones; what is taught stays once somebody is enrolled");

/// Opening, starting, finishing and cancelling.
pub static CHANGE_OFFERING_STATE: Rule = Rule::new("change_offering_state", &[cell(ORGANISERS, Unit)]);

/// Planning an offering again for another year.
pub static CREATE_OFFERING_COPY: Rule = Rule::new("create_offering_copy", &[cell(ORGANISERS, Unit)]);

/// Sight of an offering that is still planned.
pub static SEE_PLANNED: Rule =
    Rule::new("get_offering", &[cell(ORGANISERS, Unit), cell(&[OfferingLeader], Assigned)]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_OFFERING,
    &LIST_OFFERINGS,
    &GET_OFFERING,
    &UPDATE_OFFERING,
    &CHANGE_OFFERING_STATE,
    &CREATE_OFFERING_COPY,
];
