//! Who may do what with reviews of programs.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{
    MinistryOfficer, MunicipalMethodist, ProviderOfficer, RegionalCoordinator, RegionalOperator, Reviewer,
};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who may organize reviews; the regulation says which of them does (P2-22).
const ORGANIZERS: &[Role] = &[MinistryOfficer, RegionalOperator];

/// Those whose programs are reviewed.
const AUTHORS: &[Role] = &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist];

/// Sight of a review: its organizers, its reviewer, and those whose program it is.
const SIGHT: &[Cell] = &[cell(ORGANIZERS, Below), cell(AUTHORS, Unit), cell(&[Reviewer], Own)];

const ORGANIZER: &str = "the regulation of the region says who organizes reviews";

/// Assigning a reviewer to a submitted program.
pub static CREATE_PROGRAM_REVIEW: Rule = Rule::new("create_program_review", &[cell(ORGANIZERS, Below)])
    .seen_by(&GET_PROGRAM_REVIEW)
    .condition(ORGANIZER);

/// Listing reviews.
pub static LIST_PROGRAM_REVIEWS: Rule = Rule::new("list_program_reviews", SIGHT);

/// Reading a review.
pub static GET_PROGRAM_REVIEW: Rule = Rule::new("get_program_review", SIGHT)
    .condition("who the reviewer is only the organizers and he himself see");

/// Completing a review: its reviewer alone.
pub static COMPLETE_PROGRAM_REVIEW: Rule =
    Rule::new("complete_program_review", &[cell(&[Reviewer], Own)]).seen_by(&GET_PROGRAM_REVIEW);

/// Withdrawing a review that is not completed.
pub static WITHDRAW_PROGRAM_REVIEW: Rule = Rule::new("withdraw_program_review", &[cell(ORGANIZERS, Below)])
    .seen_by(&GET_PROGRAM_REVIEW)
    .condition(ORGANIZER);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_PROGRAM_REVIEW,
    &LIST_PROGRAM_REVIEWS,
    &GET_PROGRAM_REVIEW,
    &COMPLETE_PROGRAM_REVIEW,
    &WITHDRAW_PROGRAM_REVIEW,
];
