//! Who may do what with deficits.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, QualityOfficer, RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};
use crate::directory::persons::policy::GET_PERSON;

/// Those who work with the deficits of people: they are personal data, the rest of the school does not see them. The
/// quality centre studies the results of pupils (P2-14) and gets numbers, a secretary records opinions (P1-28) and
/// needs the route alone, a tutor knows those whom he accompanies.
pub(in crate::diagnostics) const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Listing deficits.
pub static LIST_DEFICITS: Rule = Rule::new("list_deficits", READING);

/// Reading one deficit.
pub static GET_DEFICIT: Rule = Rule::new("get_deficit", READING);

/// Reading the history of a deficit.
pub static LIST_DEFICIT_EVENTS: Rule = Rule::new("list_deficit_events", READING);

/// Listing the deficits of a person.
pub static LIST_PERSON_DEFICITS: Rule = Rule::new("list_person_deficits", READING).seen_by(&GET_PERSON);

/// Reporting a difficulty without a test: the teacher himself, the head of his association, those who work with him.
pub static REPORT_DEFICIT: Rule = Rule::new(
    "report_deficit",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
    ],
)
.seen_by(&GET_DEFICIT);

/// The share of deficits closed: numbers only, for those who answer for a school or more.
pub static GET_DEFICIT_CLOSURE: Rule = Rule::new(
    "get_deficit_closure",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[QualityOfficer], Below),
        cell(READERS, Below),
    ],
);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_DEFICITS,
    &GET_DEFICIT,
    &LIST_DEFICIT_EVENTS,
    &LIST_PERSON_DEFICITS,
    &REPORT_DEFICIT,
    &GET_DEFICIT_CLOSURE,
];
