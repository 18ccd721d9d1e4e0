//! Who may do what with decisions. Who takes them the regulation says.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{
    DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, ProviderOfficer,
    QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who decide for their organization: the ministry, and each municipality its own (P2-44).
pub const DECIDING: &[Role] = &[MinistryOfficer, MunicipalOfficer];

/// Those who answer for the addressed organization.
const ANSWERING: &[Role] = &[
    DeputyDirector,
    Director,
    MunicipalOfficer,
    MunicipalMethodist,
    RegionalOperator,
    RegionalCoordinator,
    QualityOfficer,
    ProviderOfficer,
    MinistryOfficer,
];

/// Whoever decided, whoever is addressed, and those above either.
const READING: &[Cell] = &[
    cell(SCHOOL_HEADS, Below),
    cell(&[ProviderOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Taking a decision, giving an instruction.
pub static CREATE_MANAGERIAL_DECISION: Rule =
    Rule::new("create_managerial_decision", &[cell(DECIDING, Unit)]).condition(
        "and only those whom the regulation names: those who decide for a decision, those who coordinate for an instruction",
    );

/// Listing decisions.
pub static LIST_MANAGERIAL_DECISIONS: Rule = Rule::new("list_managerial_decisions", READING);

/// Reading a decision.
pub static GET_MANAGERIAL_DECISION: Rule = Rule::new("get_managerial_decision", READING);

/// Answering for the addressee.
pub static ANSWER_MANAGERIAL_DECISION: Rule =
    Rule::new("answer_managerial_decision", &[cell(ANSWERING, Unit)]).seen_by(&GET_MANAGERIAL_DECISION);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_MANAGERIAL_DECISION,
    &LIST_MANAGERIAL_DECISIONS,
    &GET_MANAGERIAL_DECISION,
    &ANSWER_MANAGERIAL_DECISION,
];
