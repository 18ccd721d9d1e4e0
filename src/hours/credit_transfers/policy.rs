//! Who may do what with credit transfers.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{AssociationHead, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::registry::credit_rules::policy::OWNERS;

const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
    cell(OWNERS, Unit),
];

/// Asking for a transfer: the person, or whoever credits, for somebody enrolled there.
pub static REQUEST_CREDIT_TRANSFER: Rule =
    Rule::new("request_credit_transfer", &[cell(&[Teacher], Own), cell(OWNERS, Unit)])
        .condition("the owner of the rule asks for those who are enrolled in the program");

/// Listing transfers: one's own, of one's people, of one's organization as the one that credits.
pub static LIST_CREDIT_TRANSFERS: Rule = Rule::new("list_credit_transfers", READING);

/// Reading a transfer.
pub static GET_CREDIT_TRANSFER: Rule = Rule::new("get_credit_transfer", READING);

/// Granting, refusing and revoking (P4-8).
pub static DECIDE_CREDIT_TRANSFER: Rule = Rule::new("decide_credit_transfer", &[cell(OWNERS, Unit)])
    .seen_by(&GET_CREDIT_TRANSFER)
    .condition("the regulation of the region says who owns rules; nobody decides on his own learning");

/// Taking a request back.
pub static WITHDRAW_CREDIT_TRANSFER: Rule =
    Rule::new("withdraw_credit_transfer", &[cell(&[Teacher], Own), cell(OWNERS, Unit)])
        .seen_by(&GET_CREDIT_TRANSFER);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &REQUEST_CREDIT_TRANSFER,
    &LIST_CREDIT_TRANSFERS,
    &GET_CREDIT_TRANSFER,
    &DECIDE_CREDIT_TRANSFER,
    &WITHDRAW_CREDIT_TRANSFER,
];
