//! Who may do what with results.

use crate::authz::Reach::Below;
use crate::authz::Role::{
    DeputyDirector, Director, MunicipalMethodist, ProgramCurator, RegionalCoordinator, RegionalOperator,
};
use crate::authz::{Rule, cell};
use crate::diagnostics::deficits::policy::READING;
use crate::directory::persons::policy::GET_PERSON;

/// Recording a result: the coordinator (P4-10) and the operator (P2-17) for the region, the municipal centre for its
/// municipality, a school for its people (P4-21).
pub static RECORD_DIAGNOSTIC_RESULT: Rule = Rule::new(
    "record_diagnostic_result",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(&[MunicipalMethodist, RegionalOperator, RegionalCoordinator], Below),
    ],
)
.seen_by(&GET_DIAGNOSTIC_RESULT)
.condition(
    "with an instrument that serves the person's school, and only those whom the regulation of their organization names \
     as organizers; never one's own, and a correction only of what one's organization or one below it conducted",
);

/// Reading a result.
pub static GET_DIAGNOSTIC_RESULT: Rule = Rule::new("get_diagnostic_result", READING);

/// Listing the results of a person.
pub static LIST_PERSON_DIAGNOSTIC_RESULTS: Rule =
    Rule::new("list_person_diagnostic_results", READING).seen_by(&GET_PERSON);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&RECORD_DIAGNOSTIC_RESULT, &GET_DIAGNOSTIC_RESULT, &LIST_PERSON_DIAGNOSTIC_RESULTS];
