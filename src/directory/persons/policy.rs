//! Who may do what with persons.

use crate::authz::Reach::{Anywhere, Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalOfficer, PlatformAdmin,
    ProviderOfficer, QualityOfficer,
};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who keep the record of a person: the employer and whoever governs the employer.
pub const KEEPERS: &[Role] =
    &[DeputyDirector, Director, ProviderOfficer, MunicipalOfficer, MinistryOfficer, Integration];

/// Everybody sees himself; a head of an association its members; the others the people of their unit.
const READ: &[Cell] = &[
    cell(EVERYBODY, Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Below),
    cell(&[ProviderOfficer, QualityOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
    cell(&[PlatformAdmin], Anywhere),
];

/// Roles that need СНИЛС, birth date, address and former names (design §2).
pub const PRIVATE: &[Cell] = &[
    cell(EVERYBODY, Own),
    cell(&[DeputyDirector, Director, ProviderOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[Integration], Below),
];

/// Adding a person.
pub static CREATE_PERSON: Rule =
    Rule::new("create_person", &[cell(KEEPERS, Below), cell(&[PlatformAdmin], Anywhere)])
        .condition("below the region only together with an employment there");

/// Listing persons.
pub static LIST_PERSONS: Rule = Rule::new("list_persons", READ);

/// Reading one person: name and post.
pub static GET_PERSON: Rule = Rule::new("get_person", READ);

/// Changing what is said of a person.
pub static UPDATE_PERSON: Rule = Rule::new("update_person", &[cell(KEEPERS, Below)]).seen_by(&GET_PERSON);

/// Reading former names, and with them the other personal data.
pub static LIST_PERSON_NAMES: Rule = Rule::new("list_person_names", PRIVATE).seen_by(&GET_PERSON);

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_PERSON, &LIST_PERSONS, &GET_PERSON, &UPDATE_PERSON, &LIST_PERSON_NAMES];
