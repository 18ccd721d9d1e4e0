//! Who may do what with requests to learn at one's own expense. Who decides on them the regulation says.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::Teacher;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// Asking: everybody for oneself (P0-45).
pub static CREATE_OWN_EXPENSE_REQUEST: Rule =
    Rule::new("create_own_expense_request", &[cell(&[Teacher], Own)])
        .condition("where the regulation of the school knows such requests");

/// Listing requests: one's own, of one's school, of one's territory.
pub static LIST_OWN_EXPENSE_REQUESTS: Rule = Rule::new(
    "list_own_expense_requests",
    &[
        cell(&[Teacher], Own),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
);

/// Reading a request.
pub static GET_OWN_EXPENSE_REQUEST: Rule = Rule::new(
    "get_own_expense_request",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.condition("whoever its chain asks");

/// Handing a returned request in again.
pub static SUBMIT_OWN_EXPENSE_REQUEST: Rule =
    Rule::new("submit_own_expense_request", &[cell(&[Teacher], Own)]).seen_by(&GET_OWN_EXPENSE_REQUEST);

/// Taking a request back.
pub static WITHDRAW_OWN_EXPENSE_REQUEST: Rule =
    Rule::new("withdraw_own_expense_request", &[cell(&[Teacher], Own)]).seen_by(&GET_OWN_EXPENSE_REQUEST);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_OWN_EXPENSE_REQUEST,
    &LIST_OWN_EXPENSE_REQUESTS,
    &GET_OWN_EXPENSE_REQUEST,
    &SUBMIT_OWN_EXPENSE_REQUEST,
    &WITHDRAW_OWN_EXPENSE_REQUEST,
];
