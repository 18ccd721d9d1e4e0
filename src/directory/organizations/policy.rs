//! Who may do what with organizations.

use crate::authz::Reach::{Above, Anywhere, Below};
use crate::authz::Role::{Director, MinistryOfficer, MunicipalOfficer, PlatformAdmin, ProviderOfficer};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Rule, cell};

/// Adding an organization: whoever leads the subtree it is added to.
pub static CREATE_ORGANIZATION: Rule = Rule::new(
    "create_organization",
    &[cell(&[MunicipalOfficer, MinistryOfficer], Below), cell(&[PlatformAdmin], Anywhere)],
)
.seen_by(&GET_ORGANIZATION);

/// Listing organizations: names of organizations of one's own region are no secret.
pub static LIST_ORGANIZATIONS: Rule =
    Rule::new("list_organizations", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)]);

/// Reading one organization of one's own region.
pub static GET_ORGANIZATION: Rule =
    Rule::new("get_organization", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)]);

/// Changing what is said of an organization.
pub static UPDATE_ORGANIZATION: Rule = Rule::new(
    "update_organization",
    &[
        cell(&[Director, ProviderOfficer, MunicipalOfficer, MinistryOfficer], Below),
        cell(&[PlatformAdmin], Anywhere),
    ],
)
.seen_by(&GET_ORGANIZATION);

/// Putting an organization under another municipality: whoever leads both.
pub static RELOCATE_ORGANIZATION: Rule =
    Rule::new("relocate_organization", &[cell(&[MinistryOfficer], Below), cell(&[PlatformAdmin], Anywhere)])
        .seen_by(&GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ORGANIZATION,
    &LIST_ORGANIZATIONS,
    &GET_ORGANIZATION,
    &UPDATE_ORGANIZATION,
    &RELOCATE_ORGANIZATION,
];
