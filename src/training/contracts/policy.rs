//! Who may do what with contracts.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{DeputyDirector, Director, MunicipalMethodist, ProviderOfficer, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

const SEES: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Unit),
    cell(&[ProviderOfficer, MunicipalMethodist], Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Recording a contract: the administration of the school concludes it (P0-41), the centre its agreements (P3-28).
pub static CREATE_CONTRACT: Rule = Rule::new(
    "create_contract",
    &[cell(&[Director, DeputyDirector], Unit), cell(&[MunicipalMethodist], Below)],
)
.seen_by(&LIST_CONTRACTS)
.condition("a methodist agreements of the own centre alone, where the regulation says so");

/// Listing contracts: of one's school, with one's organization, about oneself.
pub static LIST_CONTRACTS: Rule = Rule::new("list_contracts", SEES);

/// Reading one contract.
pub static GET_CONTRACT: Rule = Rule::new("get_contract", SEES);

/// Putting enrollments under a contract.
pub static ADD_CONTRACT_ENROLLMENTS: Rule =
    Rule::new("add_contract_enrollments", &[cell(&[Director, DeputyDirector], Unit)])
        .seen_by(&GET_CONTRACT)
        .condition("at the school that concluded it");

/// Recording that a contract is terminated.
pub static END_CONTRACT: Rule = Rule::new("end_contract", &[cell(&[Director, DeputyDirector], Unit)])
    .seen_by(&GET_CONTRACT)
    .condition("at the school that concluded it");

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_CONTRACT, &LIST_CONTRACTS, &GET_CONTRACT, &ADD_CONTRACT_ENROLLMENTS, &END_CONTRACT];
