//! Who may do what with enrollments.

use crate::authz::Reach::{Assigned, Own, Unit};
use crate::authz::Role::{DeputyDirector, Director, OfferingLeader, ProgramCurator, RouteTutor, Teacher};
use crate::authz::{Rule, cell};
use crate::training::policy::{ORGANISERS, SEES_PEOPLE};

/// Listing enrollments: one's own, of one's people (P1-51), those at one's organization (P4-30).
pub static LIST_ENROLLMENTS: Rule = Rule::new("list_enrollments", SEES_PEOPLE);

/// Reading one enrollment.
pub static GET_ENROLLMENT: Rule = Rule::new("get_enrollment", SEES_PEOPLE);

/// Recording a stage: the organiser and the leader; the school for a task at the workplace (P2-27).
pub static RECORD_ENROLLMENT_STAGE: Rule =
    Rule::new("record_enrollment_stage", &[cell(ORGANISERS, Unit), cell(&[OfferingLeader], Assigned)])
        .seen_by(&GET_ENROLLMENT)
        .condition("heads of the school record tasks at the workplace only; nobody records his own");

/// Closing an enrollment.
pub static COMPLETE_ENROLLMENT: Rule =
    Rule::new("complete_enrollment", &[cell(ORGANISERS, Unit), cell(&[OfferingLeader], Assigned)])
        .seen_by(&GET_ENROLLMENT)
        .condition("at the organiser; nobody closes his own");

/// Leaving: the person, the school, the organiser.
pub static WITHDRAW_ENROLLMENT: Rule =
    Rule::new("withdraw_enrollment", &[cell(&[Teacher], Own), cell(ORGANISERS, Unit)])
        .seen_by(&GET_ENROLLMENT);

/// Naming the activity of the route that it fulfils.
pub static SET_ENROLLMENT_ACTIVITY: Rule = Rule::new(
    "set_enrollment_activity",
    &[
        cell(&[Teacher], Own),
        cell(&[RouteTutor], Assigned),
        cell(&[Director, DeputyDirector, ProgramCurator], Unit),
    ],
)
.seen_by(&GET_ENROLLMENT);

/// Issuing a credential for it, as far as the organiser is concerned.
pub static CERTIFY: Rule = Rule::new("create_credential", &[cell(ORGANISERS, Unit)]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_ENROLLMENTS,
    &GET_ENROLLMENT,
    &RECORD_ENROLLMENT_STAGE,
    &COMPLETE_ENROLLMENT,
    &WITHDRAW_ENROLLMENT,
    &SET_ENROLLMENT_ACTIVITY,
];
