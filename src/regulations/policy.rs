//! Who may do what with regulations.

use crate::authz::Reach::{Above, Anywhere, Below, Unit};
use crate::authz::Role::{Director, MinistryOfficer, MunicipalOfficer, PlatformAdmin, QualityOfficer};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};
use crate::directory::organizations::policy::GET_ORGANIZATION;

/// The ministry for the region, the municipal authority for the municipality, the director for the school.
const ISSUERS: &[Cell] = &[cell(&[Director, MunicipalOfficer, MinistryOfficer], Unit)];

/// What binds one's own place, and what binds places below it.
const READING: &[Cell] = &[
    cell(EVERYBODY, Above),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

const SHIPPED: &[Cell] = &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)];

const DRAFTS: &str = "drafts: only whoever may change them";

/// Listing the presets: they ship with the product and are no secret.
pub static LIST_REGULATION_PRESETS: Rule = Rule::new("list_regulation_presets", SHIPPED);

/// Reading a preset.
pub static GET_REGULATION_PRESET: Rule = Rule::new("get_regulation_preset", SHIPPED);

/// Drafting a regulation for one's own organization.
pub static CREATE_REGULATION: Rule = Rule::new("create_regulation", ISSUERS).seen_by(&GET_ORGANIZATION);

/// Listing regulations.
pub static LIST_REGULATIONS: Rule = Rule::new("list_regulations", READING).condition(DRAFTS);

/// Reading a regulation.
pub static GET_REGULATION: Rule = Rule::new("get_regulation", READING).condition(DRAFTS);

/// Changing a draft.
pub static UPDATE_REGULATION: Rule = Rule::new("update_regulation", ISSUERS).seen_by(&GET_REGULATION);

/// Publishing a draft.
pub static PUBLISH_REGULATION: Rule = Rule::new("publish_regulation", ISSUERS).seen_by(&GET_REGULATION);

/// Asking which regulation binds an organization.
pub static GET_BINDING_REGULATION: Rule = Rule::new("get_binding_regulation", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_REGULATION_PRESETS,
    &GET_REGULATION_PRESET,
    &CREATE_REGULATION,
    &LIST_REGULATIONS,
    &GET_REGULATION,
    &UPDATE_REGULATION,
    &PUBLISH_REGULATION,
    &GET_BINDING_REGULATION,
];
