//! Who may do what with personal data as such.

use crate::authz::Reach::{Above, Anywhere, Below};
use crate::authz::Role::{MinistryOfficer, PlatformAdmin};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Rule, cell};
use crate::directory::persons::policy::GET_PERSON;

/// Reading everything that is kept about oneself.
pub static GET_MY_DATA: Rule =
    Rule::new("get_my_data", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)])
        .even_without_roles()
        .condition("only about oneself");

/// Reading who read one's own personal data.
pub static LIST_MY_DATA_READS: Rule =
    Rule::new("list_my_data_reads", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)])
        .even_without_roles()
        .condition("only about oneself");

/// Erasing personal data by an act.
pub static ERASE_PERSON: Rule = Rule::new("erase_person", &[cell(&[MinistryOfficer], Below)])
    .seen_by(&GET_PERSON)
    .condition("nobody who works");

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_MY_DATA, &LIST_MY_DATA_READS, &ERASE_PERSON];
