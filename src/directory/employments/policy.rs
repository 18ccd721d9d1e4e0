//! Who may do what with employments.

use crate::authz::Reach::{Anywhere, Below};
use crate::authz::Role::PlatformAdmin;
use crate::authz::{Rule, cell};
use crate::directory::persons::policy::{GET_PERSON, KEEPERS};

/// Adding an employment: whoever keeps the records of the organization.
pub static CREATE_EMPLOYMENT: Rule =
    Rule::new("create_employment", &[cell(KEEPERS, Below), cell(&[PlatformAdmin], Anywhere)])
        .seen_by(&GET_PERSON);

/// Employing somebody who works elsewhere in the region: whoever keeps the records of the organization. Nothing is
/// told of the person before he works there.
pub static HIRE_PERSON: Rule = Rule::new("hire_person", &[cell(KEEPERS, Below)])
    .condition("СНИЛС and last name must both be those of the person");

/// Listing the work of a person: whoever sees the person.
pub static LIST_EMPLOYMENTS: Rule = Rule::new("list_employments", GET_PERSON.cells);

/// Reading one employment: whoever sees the person.
pub static GET_EMPLOYMENT: Rule = Rule::new("get_employment", GET_PERSON.cells);

/// Changing or ending an employment: whoever keeps the records of the organization.
pub static UPDATE_EMPLOYMENT: Rule =
    Rule::new("update_employment", &[cell(KEEPERS, Below)]).seen_by(&GET_EMPLOYMENT);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_EMPLOYMENT, &HIRE_PERSON, &LIST_EMPLOYMENTS, &GET_EMPLOYMENT, &UPDATE_EMPLOYMENT];
