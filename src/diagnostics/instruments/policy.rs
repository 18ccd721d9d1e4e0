//! Who may do what with instruments.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::QualityOfficer;
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};
use crate::diagnostics::frameworks::policy::{DRAFTS, KEEPERS};
use crate::directory::organizations::policy::GET_ORGANIZATION;

const OWNERS_ONLY: &str =
    "only roles that the regulation of the owner names as owners of instruments, when it names any";

/// What serves one's own place, and what is kept below it.
const READING: &[Cell] = &[
    cell(EVERYBODY, Above),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Adding an instrument.
pub static CREATE_INSTRUMENT: Rule =
    Rule::new("create_instrument", KEEPERS).seen_by(&GET_ORGANIZATION).condition(OWNERS_ONLY);

/// Listing instruments.
pub static LIST_INSTRUMENTS: Rule = Rule::new("list_instruments", READING).condition(DRAFTS);

/// Reading an instrument.
pub static GET_INSTRUMENT: Rule = Rule::new("get_instrument", READING).condition(DRAFTS);

/// Changing a draft.
pub static UPDATE_INSTRUMENT: Rule = Rule::new("update_instrument", KEEPERS).seen_by(&GET_INSTRUMENT);

/// Publishing a draft.
pub static PUBLISH_INSTRUMENT: Rule = Rule::new("publish_instrument", KEEPERS).seen_by(&GET_INSTRUMENT);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_INSTRUMENT, &LIST_INSTRUMENTS, &GET_INSTRUMENT, &UPDATE_INSTRUMENT, &PUBLISH_INSTRUMENT];
