//! Who may do what with credentials.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MunicipalMethodist, ProviderOfficer, RegionalCoordinator,
    RegionalOperator, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Role, Rule, cell};

/// Those who issue papers for the organization at which they hold the role (P3-26, P4-32).
pub const ISSUERS: &[Role] =
    &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist, Director, DeputyDirector];

/// Recording a paper: the person reports his or her own, an organization issues to others.
pub static CREATE_CREDENTIAL: Rule =
    Rule::new("create_credential", &[cell(&[Teacher], Own), cell(ISSUERS, Unit)])
        .condition("one's own papers are reported, papers of one's organization are issued");

/// Listing credentials: one's own, of one's people, of one's organization as the issuer.
pub static LIST_CREDENTIALS: Rule = Rule::new("list_credentials", READING);

/// Listing the credentials of one person.
pub static LIST_PERSON_CREDENTIALS: Rule = Rule::new("list_person_credentials", READING);

/// Reading one credential.
pub static GET_CREDENTIAL: Rule = Rule::new("get_credential", READING);

/// Confirming, disputing, refusing and annulling. The regulation names who of these may confirm.
pub static DECIDE_CREDENTIAL: Rule = Rule::new(
    "decide_credential",
    &[
        cell(&[Teacher], Own),
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[ProviderOfficer], Unit),
    ],
)
.seen_by(&GET_CREDENTIAL)
.condition(
    "the person may only dispute; everything else is for the confirmers of the regulation, never for whoever \
     recorded the paper, and taking back is also for the issuer",
);

const READING: &[crate::authz::Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
    cell(&[ProviderOfficer], Unit),
];

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_CREDENTIAL, &LIST_CREDENTIALS, &LIST_PERSON_CREDENTIALS, &GET_CREDENTIAL, &DECIDE_CREDENTIAL];
