//! Who may do what with cycles.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{MinistryOfficer, MunicipalOfficer, QualityOfficer};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who run a cycle: the ministry that of the region, the municipal authority that of its municipality.
pub const RUNNING: &[Role] = &[MinistryOfficer, MunicipalOfficer];

/// Whoever takes part in it, and whoever stands above those who run it.
const READING: &[Cell] = &[
    cell(EVERYBODY, Above),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Who may of those whom the table names.
const COORDINATORS: &str = "and only those whom the regulation names as coordinators, where it names any";

/// Beginning the cycle of a year.
pub static CREATE_MONITORING_CYCLE: Rule = Rule::new("create_monitoring_cycle", &[cell(RUNNING, Unit)])
    .seen_by(&GET_MONITORING_CYCLE)
    .condition(COORDINATORS);

/// Listing cycles.
pub static LIST_MONITORING_CYCLES: Rule = Rule::new("list_monitoring_cycles", READING);

/// Reading a cycle; the numbers are those of the reader's own place.
pub static GET_MONITORING_CYCLE: Rule = Rule::new("get_monitoring_cycle", READING);

/// Opening a stage.
pub static OPEN_MONITORING_STAGE: Rule =
    Rule::new("open_monitoring_stage", &[cell(RUNNING, Unit)]).seen_by(&GET_MONITORING_CYCLE);

/// Closing a stage.
pub static CLOSE_MONITORING_STAGE: Rule =
    Rule::new("close_monitoring_stage", &[cell(RUNNING, Unit)]).seen_by(&GET_MONITORING_CYCLE);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_MONITORING_CYCLE,
    &LIST_MONITORING_CYCLES,
    &GET_MONITORING_CYCLE,
    &OPEN_MONITORING_STAGE,
    &CLOSE_MONITORING_STAGE,
];
