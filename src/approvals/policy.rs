//! Who may do what with approval requests. Which of those who may decide is asked, the frozen step says.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, Auditor, CouncilSecretary, DeputyDirector, Director, Integration, MinistryOfficer,
    MunicipalMethodist, MunicipalOfficer, OfferingLeader, ProgramCurator, ProviderOfficer, QualityOfficer,
    RegionalCoordinator, RegionalOperator, Reviewer, RouteTutor, Teacher,
};
use crate::authz::groups::SCHOOL_STAFF;
use crate::authz::{Role, Rule, cell};

/// Those whom a chain may ask for a place they lead or serve.
pub const SEATS_BELOW: &[Role] = &[
    DeputyDirector,
    Director,
    ProgramCurator,
    CouncilSecretary,
    MunicipalOfficer,
    MunicipalMethodist,
    MinistryOfficer,
    RegionalOperator,
    RegionalCoordinator,
    QualityOfficer,
    Reviewer,
    ProviderOfficer,
];

/// Those who follow the requests of the places they lead or serve. Who reviews for the region reads what he is asked.
const READS_BELOW: &[Role] = &[
    DeputyDirector,
    Director,
    ProgramCurator,
    CouncilSecretary,
    MunicipalOfficer,
    MunicipalMethodist,
    MinistryOfficer,
    RegionalOperator,
    RegionalCoordinator,
    ProviderOfficer,
];

/// Those whom a chain may ask for what is entrusted to them: a seat of the chain is theirs.
pub const SEATS_ASSIGNED: &[Role] = &[AssociationHead, RouteTutor, OfferingLeader];

/// Whether a chain may ask somebody in that role.
pub fn is_seat(role: Role) -> bool {
    SEATS_BELOW.contains(&role) || SEATS_ASSIGNED.contains(&role)
}

/// Whether somebody who holds the role at an organization can be asked for a step there.
pub fn sits_at_an_organization(role: Role) -> bool {
    SEATS_BELOW.contains(&role) || matches!(role, RouteTutor | OfferingLeader)
}

/// Listing requests.
pub static LIST_APPROVAL_REQUESTS: Rule = Rule::new(
    "list_approval_requests",
    &[
        cell(&[Teacher], Own),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Assigned),
        cell(READS_BELOW, Below),
        cell(&[Auditor, Integration], Below),
    ],
)
.condition("whatever has a step at which the caller sits today, by the directory, wherever it lies");

/// Reading one request.
pub static GET_APPROVAL_REQUEST: Rule = Rule::new(
    "get_approval_request",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Assigned),
        cell(READS_BELOW, Below),
        cell(&[Auditor, Integration], Below),
    ],
)
.condition("whoever sits at a step of the chain today, by the directory, reads it wherever it lies");

/// Reading what waits for oneself.
pub static LIST_APPROVAL_INBOX: Rule = Rule::new(
    "list_approval_inbox",
    &[cell(&[Teacher], Own), cell(SEATS_ASSIGNED, Own), cell(SEATS_BELOW, Own)],
)
.condition("only what waits for the caller");

/// Reading what one has handed in, what is about oneself, what one has decided.
pub static LIST_APPROVAL_OUTBOX: Rule = Rule::new(
    "list_approval_outbox",
    &[cell(&[Teacher], Own), cell(SEATS_ASSIGNED, Own), cell(SEATS_BELOW, Own)],
)
.condition("only the caller's own");

/// Deciding on a step.
pub static DECIDE_APPROVAL: Rule = Rule::new(
    "decide_approval",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Below),
        cell(SEATS_BELOW, Assigned),
    ],
)
.seen_by(&GET_APPROVAL_REQUEST)
.condition(
    "only the one whom the frozen step asks, by the directory of the day; nobody endorses or approves a request of his or her own, and the same \
     person does not take two steps of one round",
);

/// Deciding on steps of several requests: the rights of a single decision, asked for each.
pub static DECIDE_APPROVALS: Rule = Rule::new(
    "decide_approvals",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Below),
        cell(SEATS_BELOW, Assigned),
    ],
)
.seen_by(&GET_APPROVAL_REQUEST)
.condition("for each of them as `decide_approval`");

/// Putting a step before the own one.
pub static INSERT_APPROVAL_STEP: Rule = Rule::new(
    "insert_approval_step",
    &[
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Below),
        cell(SEATS_BELOW, Assigned),
    ],
)
.seen_by(&GET_APPROVAL_REQUEST)
.condition("only whoever sits at the step before which it is put, and may still decide there");

/// Taking a step out again that somebody had put in.
pub static REMOVE_APPROVAL_STEP: Rule = Rule::new(
    "remove_approval_step",
    &[
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Below),
        cell(SEATS_BELOW, Assigned),
    ],
)
.seen_by(&GET_APPROVAL_REQUEST)
.condition("only whoever sits at a step after it, and may still decide there");

/// Taking a request back.
pub static WITHDRAW_APPROVAL: Rule = Rule::new(
    "withdraw_approval",
    &[
        cell(&[Teacher], Own),
        cell(SCHOOL_STAFF, Below),
        cell(
            &[MunicipalOfficer, MunicipalMethodist, MinistryOfficer, RegionalOperator, RegionalCoordinator],
            Below,
        ),
        cell(&[ProviderOfficer], Below),
    ],
)
.seen_by(&GET_APPROVAL_REQUEST)
.condition(
    "only whoever submitted it; for the submitter, with a reason, the director of the organization, the municipality or the \
     ministry",
);

/// Taking a request back for its submitter: the row of [`WITHDRAW_APPROVAL`] for that case. Whoever submitted it may have
/// left, and nobody may be left who decides: somebody who answers for the organization sets the subject free.
pub static WITHDRAW_FOR_THE_SUBMITTER: Rule =
    Rule::new("withdraw_approval", &[cell(&[Director, MunicipalOfficer, MinistryOfficer], Below)])
        .seen_by(&GET_APPROVAL_REQUEST);

/// What a deadline brings about; the clock's, and no role's.
pub static SWEEP_APPROVAL_DEADLINES: Rule = Rule::new("sweep_approval_deadlines", &[]);

/// What the departure of a learner brings about; the clock's, and no role's.
pub static SWEEP_APPROVAL_DEPARTURES: Rule = Rule::new("sweep_approval_departures", &[]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_APPROVAL_REQUESTS,
    &GET_APPROVAL_REQUEST,
    &LIST_APPROVAL_INBOX,
    &LIST_APPROVAL_OUTBOX,
    &DECIDE_APPROVAL,
    &DECIDE_APPROVALS,
    &INSERT_APPROVAL_STEP,
    &REMOVE_APPROVAL_STEP,
    &WITHDRAW_APPROVAL,
];
