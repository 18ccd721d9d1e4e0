//! Who may have routes proposed for many people at once.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator};
use crate::authz::{Cell, Rule, cell};

/// The coordinator of the region for everybody there, a school for its own people (P4-36).
const FORMS: &[Cell] = &[
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

/// Asking for them.
pub static CREATE_ROUTE_PROPOSAL_JOB: Rule = Rule::new("create_route_proposal_job", FORMS).condition(
    "and only those whom the regulation of the place names as initiators, for drafts as drafters (P0-8)",
);
/// Listing jobs.
pub static LIST_ROUTE_PROPOSAL_JOBS: Rule = Rule::new("list_route_proposal_jobs", FORMS);
/// Reading a job.
pub static GET_ROUTE_PROPOSAL_JOB: Rule = Rule::new("get_route_proposal_job", FORMS);
/// Listing the people of a job.
pub static LIST_ROUTE_PROPOSAL_JOB_PEOPLE: Rule = Rule::new("list_route_proposal_job_people", FORMS);
/// Reading what was proposed for one of them.
pub static GET_ROUTE_PROPOSAL_JOB_PERSON: Rule = Rule::new("get_route_proposal_job_person", FORMS)
    .condition("and only those who may know the deficits of the person");
/// Calling a job off.
pub static CANCEL_ROUTE_PROPOSAL_JOB: Rule =
    Rule::new("cancel_route_proposal_job", FORMS).seen_by(&GET_ROUTE_PROPOSAL_JOB);

/// What becomes of a job under way; the clock's, and no role's.
pub static WORK_ROUTE_PROPOSAL_JOBS: Rule = Rule::new("work_route_proposal_jobs", &[]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ROUTE_PROPOSAL_JOB,
    &LIST_ROUTE_PROPOSAL_JOBS,
    &GET_ROUTE_PROPOSAL_JOB,
    &LIST_ROUTE_PROPOSAL_JOB_PEOPLE,
    &GET_ROUTE_PROPOSAL_JOB_PERSON,
    &CANCEL_ROUTE_PROPOSAL_JOB,
];
