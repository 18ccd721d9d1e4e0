//! Who may do what with applications.

use crate::authz::Reach::{Own, Unit};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, Teacher};
use crate::authz::groups::SCHOOL_HEADS;
use crate::authz::{Rule, cell};
use crate::training::policy::{ORGANISERS, SEES_PEOPLE};

/// Applying: a person for himself or herself (P4-26), a school for its people (P4-24, P2-33).
pub static CREATE_APPLICATION: Rule = Rule::new(
    "create_application",
    &[cell(&[Teacher], Own), cell(&[Director, DeputyDirector, ProgramCurator], Unit)],
)
.seen_by(&LIST_APPLICATIONS)
.condition("a person for himself or herself; the regulation of the school says who sends the school's; referrals come from its heads (P2-26)");

/// Listing applications: one's own, of one's people, those addressed to one's organization.
pub static LIST_APPLICATIONS: Rule = Rule::new("list_applications", SEES_PEOPLE);

/// Reading one application.
pub static GET_APPLICATION: Rule = Rule::new("get_application", SEES_PEOPLE);

/// Accepting or declining: the organiser of the offering.
pub static DECIDE_APPLICATION: Rule = Rule::new("decide_application", &[cell(ORGANISERS, Unit)])
    .seen_by(&GET_APPLICATION)
    .condition("nobody decides on an application that he submitted or that names him");

/// Taking back what is not decided: a person his or her own, a school its group.
pub static WITHDRAW_APPLICATION: Rule = Rule::new(
    "withdraw_application",
    &[cell(&[Teacher], Own), cell(&[Director, DeputyDirector, ProgramCurator], Unit)],
)
.seen_by(&GET_APPLICATION)
.condition("whoever's it is: the person's own, or the school's");

/// Taking notice of a referral.
pub static ACKNOWLEDGE_REFERRAL: Rule =
    Rule::new("acknowledge_referral", &[cell(&[Teacher], Own)]).seen_by(&GET_APPLICATION);

/// Sending people with a ground: the heads of the school (P2-26).
pub static REFER: Rule =
    Rule::new("create_application", &[cell(SCHOOL_HEADS, Unit)]).seen_by(&LIST_APPLICATIONS);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_APPLICATION,
    &LIST_APPLICATIONS,
    &GET_APPLICATION,
    &DECIDE_APPLICATION,
    &WITHDRAW_APPLICATION,
    &ACKNOWLEDGE_REFERRAL,
];
