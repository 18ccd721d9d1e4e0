//! Who reads and writes what the federal register asks.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{ProviderOfficer, Teacher};
use crate::authz::groups::{MUNICIPAL, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::directory::persons::policy::{GET_PERSON, KEEPERS, PRIVATE};
use crate::hours::credentials::policy::{GET_CREDENTIAL, ISSUERS};

/// Those who see the whole of a document, and whoever issued it.
const SEEING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[ProviderOfficer], Unit),
    cell(ISSUERS, Unit),
];

/// Reading what is asked of a person: for whoever needs the СНИЛС.
pub static GET_PERSON_FEDERAL_DETAILS: Rule =
    Rule::new("get_person_federal_details", PRIVATE).seen_by(&GET_PERSON);

/// Writing it: the person, and whoever keeps the card.
pub static SET_PERSON_FEDERAL_DETAILS: Rule =
    Rule::new("set_person_federal_details", &[cell(&[Teacher], Own), cell(KEEPERS, Below)])
        .seen_by(&GET_PERSON);

/// Reading what is asked of a document.
pub static GET_CREDENTIAL_FEDERAL_DETAILS: Rule =
    Rule::new("get_credential_federal_details", SEEING).seen_by(&GET_CREDENTIAL);

/// Writing it: the issuer.
pub static SET_CREDENTIAL_FEDERAL_DETAILS: Rule =
    Rule::new("set_credential_federal_details", &[cell(ISSUERS, Unit)]).seen_by(&GET_CREDENTIAL);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &GET_PERSON_FEDERAL_DETAILS,
    &SET_PERSON_FEDERAL_DETAILS,
    &GET_CREDENTIAL_FEDERAL_DETAILS,
    &SET_CREDENTIAL_FEDERAL_DETAILS,
];
