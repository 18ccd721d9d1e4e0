//! Use cases of approvals.
//!
//! The resource that owns a subject calls [`submit()`], [`withdraw()`] and [`request_of`] inside its own use case, with
//! its own lock, permit and audit row. What a decision does to the subject comes back through
//! [`crate::effects::apply`], in the same transaction.

mod decide;
mod freeze;
mod insert;
mod places;
mod problems;
mod read;
mod refusals;
mod remove;
mod subjects;
mod submit;
mod sweep;
#[cfg(test)]
mod walks;
mod withdraw;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Act, Case, DecidedBy, Position, Seats, State, Transition};
use crate::authz::{Role, Target};
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts};

pub use decide::{NewDecision, Verdict, decide, decide_among_many};
pub use insert::{NewStep, insert_step};
pub use read::{
    Allowed, OpenDecision, OpenVerdict, Pending, Seen, allowed, get, inbox, list, outbox, pending, today,
};
pub use remove::{Removal, remove_step};
pub use subjects::{TakenDecision, asked, decisions_of};
pub use submit::{end_with_subject, request_of, submit, withdraw};
pub use sweep::{abandoned_requests, end_abandoned, late_requests, meet_deadline};
pub use withdraw::withdraw_request;

/// A subject as it is handed in for approval.
#[derive(Debug, Clone)]
pub struct Submission {
    /// What is handed in.
    pub subject_kind: ApprovalSubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// Its version, as whoever hands it in has seen it.
    pub subject_version: i64,
    /// Its title as people read it in their inbox.
    pub title: String,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The organization the subject belongs to: the learner's school, the owner of a plan.
    pub organization_id: Uuid,
    /// The person it is about.
    pub learner: Option<Uuid>,
    /// `true` when the learner's own mark "agreed" stands on the subject (P4-11).
    pub learner_agreed: bool,
    /// The regulation of the case.
    pub regulation: BindingRegulation,
    /// What the conditions of the chain look at.
    pub facts: ChainFacts,
}

/// What a submission led to. Nothing has been done to the subject: that is for its own resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// The regulation asks nobody: the owner completes the subject.
    NoChainNeeded,
    /// It waits for the named step.
    InReview {
        /// The request.
        request_id: Uuid,
        /// The round, from 1.
        round: u16,
        /// The step it waits at.
        step: Position,
    },
    /// The submission itself took every step that decides.
    Approved {
        /// The request.
        request_id: Uuid,
        /// The round, from 1.
        round: u16,
        /// The act, when there is one.
        act: Option<Act>,
    },
}

impl Submitted {
    /// The round of review it was handed in for; none where nobody is asked.
    pub const fn round(&self) -> Option<u16> {
        match self {
            Self::NoChainNeeded => None,
            Self::InReview { round, .. } | Self::Approved { round, .. } => Some(*round),
        }
    }
}

/// Where the newest request of a subject stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSummary {
    /// The request.
    pub id: Uuid,
    /// Who handed it in.
    pub submitted_by_person_id: Option<Uuid>,
    /// Its version.
    pub version: i64,
    /// Where it stands; a return carries its reason and date.
    pub state: State,
    /// How often it has been submitted, from 1.
    pub round: u16,
    /// The last day of the open step, or of the rework.
    pub due_on: Option<NaiveDate>,
    /// `true` when that day has passed.
    pub overdue: bool,
    /// When it was first submitted.
    pub submitted_at: DateTime<Utc>,
}

/// The request as a target of rights: its organization, its learner, and whoever sits at one of its steps.
fn target(ctx: &Ctx<'_>, case: &Case, seats: &Seats) -> Target {
    let head = &case.head;
    let target = Target::region(head.region_id).organization(head.organization_id, head.municipality_id);
    let target = match head.learner {
        Some(learner) => target.person(learner),
        None => target,
    };
    let seated = case.seats(seats);
    target.assigned(ctx.actor.person_id.filter(|_| seated))
}

/// The next version of the request, in the caller's name.
fn advance(
    ctx: &Ctx<'_>,
    case: Case,
    transition: &Transition,
    role: Role,
    substitution_id: Option<Uuid>,
) -> Result<Case> {
    let by = DecidedBy {
        id: new_id(),
        account_id: Some(ctx.actor.account_id),
        role: Some(role),
        substitution_id,
        at: ctx.now,
    };
    case.after(transition.to.clone(), transition.record.clone(), by).map_err(Error::internal)
}
