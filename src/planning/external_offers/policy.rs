//! Who may do what with offers from outside. Who decides on them the regulation says.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Unit};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Role, Rule, cell};

/// Those who take offers to their school in.
pub const RECORDERS: &[Role] = &[DeputyDirector, Director, ProgramCurator];

/// Recording an offer and handing it in.
pub static CREATE_EXTERNAL_OFFER: Rule = Rule::new("create_external_offer", &[cell(RECORDERS, Unit)])
    .condition("where the regulation of the school knows such offers");

/// Listing offers: to one's school, to the schools of one's territory.
pub static LIST_EXTERNAL_OFFERS: Rule = Rule::new(
    "list_external_offers",
    &[
        cell(&[Teacher], Unit),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
);

/// Reading an offer: everybody at the school, so that all know of it alike (P0-3).
pub static GET_EXTERNAL_OFFER: Rule = Rule::new(
    "get_external_offer",
    &[
        cell(&[Teacher], Unit),
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

/// Handing a returned offer in again.
pub static SUBMIT_EXTERNAL_OFFER: Rule =
    Rule::new("submit_external_offer", &[cell(RECORDERS, Unit)]).seen_by(&GET_EXTERNAL_OFFER);

/// Taking an offer back.
pub static WITHDRAW_EXTERNAL_OFFER: Rule = Rule::new("withdraw_external_offer", &[cell(RECORDERS, Unit)])
    .seen_by(&GET_EXTERNAL_OFFER)
    .condition("and only whoever handed it in");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_EXTERNAL_OFFER,
    &LIST_EXTERNAL_OFFERS,
    &GET_EXTERNAL_OFFER,
    &SUBMIT_EXTERNAL_OFFER,
    &WITHDRAW_EXTERNAL_OFFER,
];
