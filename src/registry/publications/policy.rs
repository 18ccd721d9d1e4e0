//! Who may do what with publications of the registry.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{MinistryOfficer, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who may publish a registry; the regulation says which of them does (P4-15).
const PUBLISHERS: &[Role] = &[MinistryOfficer, RegionalOperator];

const PUBLISHER: &str = "the regulation of the region says who publishes the registry";

/// Publishing the registry of a year.
pub static CREATE_REGISTRY_PUBLICATION: Rule =
    Rule::new("create_registry_publication", &[cell(PUBLISHERS, Below)])
        .seen_by(&GET_REGISTRY_PUBLICATION)
        .condition(PUBLISHER);

/// Listing the publications of one's own region.
pub static LIST_REGISTRY_PUBLICATIONS: Rule =
    Rule::new("list_registry_publications", &[cell(EVERYBODY, Above)]);

/// Reading a publication of one's own region.
pub static GET_REGISTRY_PUBLICATION: Rule = Rule::new("get_registry_publication", &[cell(EVERYBODY, Above)]);

/// Publishing what changed since.
pub static CREATE_REGISTRY_REVISION: Rule = Rule::new("create_registry_revision", &[cell(PUBLISHERS, Below)])
    .seen_by(&GET_REGISTRY_PUBLICATION)
    .condition(PUBLISHER);

/// Listing the revisions of a publication.
pub static LIST_REGISTRY_REVISIONS: Rule = Rule::new("list_registry_revisions", &[cell(EVERYBODY, Above)]);

/// Reading the registry as it was published.
pub static LIST_PUBLISHED_PROGRAMS: Rule = Rule::new("list_published_programs", &[cell(EVERYBODY, Above)]);

/// Comparing two revisions of one's own region.
pub static COMPARE_REGISTRY_REVISIONS: Rule =
    Rule::new("compare_registry_revisions", &[cell(EVERYBODY, Above)]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_REGISTRY_PUBLICATION,
    &LIST_REGISTRY_PUBLICATIONS,
    &GET_REGISTRY_PUBLICATION,
    &CREATE_REGISTRY_REVISION,
    &LIST_REGISTRY_REVISIONS,
    &LIST_PUBLISHED_PROGRAMS,
    &COMPARE_REGISTRY_REVISIONS,
];
