//! Who may merge cards.

use crate::authz::Reach::Below;
use crate::authz::Role::{
    DeputyDirector, Director, MinistryOfficer, MunicipalOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::{Cell, Role, Rule, cell};
use crate::directory::persons::policy::GET_PERSON;

/// Those who keep records of people and see both cards.
const MERGERS: &[Role] =
    &[DeputyDirector, Director, MunicipalOfficer, MinistryOfficer, RegionalOperator, RegionalCoordinator];

const MERGING: &[Cell] = &[cell(MERGERS, Below)];

/// Merging two cards of one person.
pub static CREATE_PERSON_MERGE: Rule = Rule::new("create_person_merge", MERGING)
    .seen_by(&GET_PERSON)
    .condition("with that right over both cards");

/// Reading the merges of a person.
pub static LIST_PERSON_MERGES: Rule = Rule::new("list_person_merges", MERGING).seen_by(&GET_PERSON);

/// Reading a merge.
pub static GET_PERSON_MERGE: Rule = Rule::new("get_person_merge", MERGING);

/// Making two cards of one again.
pub static UNDO_PERSON_MERGE: Rule = Rule::new("undo_person_merge", MERGING)
    .seen_by(&GET_PERSON_MERGE)
    .condition("with that right over both cards");

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_PERSON_MERGE, &LIST_PERSON_MERGES, &GET_PERSON_MERGE, &UNDO_PERSON_MERGE];
