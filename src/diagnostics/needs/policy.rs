//! Who may do what with needs.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    ProgramCurator, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::{Cell, Rule, cell};
use crate::diagnostics::deficits::policy::READING;

/// Teachers their own, heads of associations those of their members, schools and municipalities those of their people.
const RECORDING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
            MunicipalOfficer,
            MunicipalMethodist,
            MinistryOfficer,
            RegionalOperator,
            RegionalCoordinator,
        ],
        Below,
    ),
];

/// Recording a need.
pub static RECORD_NEED: Rule = Rule::new("record_need", RECORDING).seen_by(&GET_NEED);

/// Listing needs: as deficits, they are personal data.
pub static LIST_NEEDS: Rule = Rule::new("list_needs", READING);

/// Reading a need.
pub static GET_NEED: Rule = Rule::new("get_need", READING);

/// Taking a need back.
pub static WITHDRAW_NEED: Rule = Rule::new("withdraw_need", RECORDING)
    .seen_by(&GET_NEED)
    .condition("at the level of whoever recorded it, or above");

/// Listing whose three-year term is due.
pub static LIST_DUE_NEEDS: Rule = Rule::new("list_due_needs", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_NEED, &LIST_NEEDS, &GET_NEED, &WITHDRAW_NEED, &LIST_DUE_NEEDS];
