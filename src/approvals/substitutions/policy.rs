//! Who may name a substitute for whom.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalOfficer, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// The absent one for himself, and his superiors for him.
const NAMERS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SEATS_ASSIGNED, Own),
    cell(SEATS_BELOW, Own),
    cell(&[Director, MunicipalOfficer, MinistryOfficer], Below),
];

/// A head has no superior in the own organization.
const NAMERS_OF_A_HEAD: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SEATS_ASSIGNED, Own),
    cell(SEATS_BELOW, Own),
    cell(&[MunicipalOfficer, MinistryOfficer], Below),
];

const CREATE: &str = "create_approval_substitution";
const REVOKE: &str = "revoke_approval_substitution";
const WHO: &str = "a director is substituted by his own word or by that of the municipality or the region; nobody names himself or herself";

/// Naming a substitute.
pub static CREATE_APPROVAL_SUBSTITUTION: Rule =
    Rule::new(CREATE, NAMERS).seen_by(&GET_APPROVAL_SUBSTITUTION).condition(WHO);

/// Naming a substitute of the head of an organization: the row of [`CREATE_APPROVAL_SUBSTITUTION`] for that case.
pub static CREATE_FOR_A_HEAD: Rule = Rule::new(CREATE, NAMERS_OF_A_HEAD);

/// Listing substitutions.
pub static LIST_APPROVAL_SUBSTITUTIONS: Rule = Rule::new(
    "list_approval_substitutions",
    &[
        cell(&[Teacher], Own),
        cell(SEATS_ASSIGNED, Own),
        cell(SEATS_BELOW, Own),
        cell(&[DeputyDirector, Director, MunicipalOfficer, MinistryOfficer], Below),
        cell(&[Auditor, Integration], Below),
    ],
)
.condition("and those in which the caller is the substitute");

/// Reading a substitution.
pub static GET_APPROVAL_SUBSTITUTION: Rule = Rule::new(
    "get_approval_substitution",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Own),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Own),
        cell(SEATS_BELOW, Assigned),
        cell(&[DeputyDirector, Director, MunicipalOfficer, MinistryOfficer], Below),
        cell(&[Auditor, Integration], Below),
    ],
)
.condition("the substitute too");

/// Ending a substitution early.
pub static REVOKE_APPROVAL_SUBSTITUTION: Rule =
    Rule::new(REVOKE, NAMERS).seen_by(&GET_APPROVAL_SUBSTITUTION).condition("whoever may give it");

/// Ending a substitution of the head of an organization early.
pub static REVOKE_FOR_A_HEAD: Rule = Rule::new(REVOKE, NAMERS_OF_A_HEAD);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_APPROVAL_SUBSTITUTION,
    &LIST_APPROVAL_SUBSTITUTIONS,
    &GET_APPROVAL_SUBSTITUTION,
    &REVOKE_APPROVAL_SUBSTITUTION,
];
