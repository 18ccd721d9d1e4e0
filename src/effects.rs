//! What a decision does to other resources: the end of an approval to its subject, a confirmed or annulled
//! credential to the route it answers, a new employment to the campaigns it is for. The only place where decisions reach other resources.
//!
//! It runs in the transaction of the decision, after the decision itself has been written.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::approvals::model::Act;
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::orders::training_orders::service as orders;
use crate::regulations::profile::ApprovalSubjectKind;

/// How a request, or a round of it, ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApprovalOutcome {
    /// Every step that decides was taken.
    Approved {
        /// The act of the deciding step, when there is one (P1-29).
        act: Option<Act>,
    },
    /// Sent back for rework (P0-42).
    Returned {
        /// What to rework.
        reason: String,
        /// By when.
        due_on: NaiveDate,
    },
    /// Refused for good.
    Rejected {
        /// Why.
        reason: String,
    },
    /// Taken back by its submitter.
    Withdrawn,
    /// Ended by a deadline.
    Lapsed,
}

impl ApprovalOutcome {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Approved { .. } => "approved",
            Self::Returned { .. } => "returned",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

/// Holds the subject until the end of the transaction. Whoever hands a subject in or takes it back holds the subject
/// before its request; who decides must come by the same way, or the two would wait for each other.
pub async fn hold(ctx: &Ctx<'_>, subject_kind: ApprovalSubjectKind, subject_id: Uuid) -> Result<()> {
    match subject_kind {
        ApprovalSubjectKind::Route => crate::learning_routes::service::hold(ctx, subject_id).await,
        ApprovalSubjectKind::RouteRevision => {
            crate::learning_routes::revisions::service::hold(ctx, subject_id).await
        }
        ApprovalSubjectKind::RouteCard => crate::learning_routes::cards::service::hold(ctx, subject_id).await,
        ApprovalSubjectKind::OwnExpenseRequest => {
            crate::planning::own_expense_requests::service::hold(ctx, subject_id).await
        }
        ApprovalSubjectKind::ExternalOffer => {
            crate::planning::external_offers::service::hold(ctx, subject_id).await
        }
        ApprovalSubjectKind::Plan => crate::planning::plans::service::hold(ctx, subject_id).await,
        ApprovalSubjectKind::TrainingOrder => orders::hold(ctx, subject_id).await,
        ApprovalSubjectKind::TrainingOrderPlacement => orders::hold(ctx, subject_id).await,
        ApprovalSubjectKind::ProgramRegistration | ApprovalSubjectKind::PriorityDirections => {
            Err(unowned(subject_kind))
        }
    }
}

fn unowned(subject_kind: ApprovalSubjectKind) -> Error {
    Error::internal(format!("no resource hands in {}", subject_kind.as_str()))
}

/// Tells the resource that owns the subject.
pub async fn apply(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
    outcome: &ApprovalOutcome,
) -> Result<()> {
    match subject_kind {
        ApprovalSubjectKind::Route => {
            crate::learning_routes::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::RouteRevision => {
            crate::learning_routes::revisions::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::RouteCard => {
            crate::learning_routes::cards::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::OwnExpenseRequest => {
            crate::planning::own_expense_requests::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::ExternalOffer => {
            crate::planning::external_offers::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::Plan => {
            crate::planning::plans::service::on_approval(ctx, subject_id, outcome).await
        }
        ApprovalSubjectKind::TrainingOrder => orders::on_approval(ctx, subject_id, outcome).await,
        ApprovalSubjectKind::TrainingOrderPlacement => orders::on_placement(ctx, subject_id, outcome).await,
        ApprovalSubjectKind::ProgramRegistration | ApprovalSubjectKind::PriorityDirections => {
            Err(unowned(subject_kind))
        }
    }
}

/// A credential that answers an activity of its person's route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnsweringPaper {
    /// The credential.
    pub credential_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The activity it answers.
    pub activity_id: Uuid,
    /// The day the learning ended.
    pub completed_on: NaiveDate,
}

/// A paper was confirmed: the activity it answers is completed. Returns whether something changed.
pub async fn paper_confirmed(ctx: &Ctx<'_>, paper: &AnsweringPaper) -> Result<bool> {
    crate::learning_routes::service::complete_activity_by_credential(ctx, paper).await
}

/// A paper was annulled: the activity it had completed is open again, unless `other` confirmed paper of the person
/// answers it as well. Returns whether something changed.
pub async fn paper_annulled(
    ctx: &Ctx<'_>,
    paper: &AnsweringPaper,
    other: Option<&AnsweringPaper>,
) -> Result<bool> {
    let reopened = crate::learning_routes::service::reopen_activity_by_credential(ctx, paper).await?;
    if let Some(other) = other.filter(|_| reopened) {
        paper_confirmed(ctx, other).await?;
    }
    Ok(reopened)
}

/// Somebody works somewhere now, or otherwise than before: running campaigns of diagnostics that name such people have
/// one more participant.
pub async fn employed(ctx: &Ctx<'_>, person_id: Uuid, region_id: Uuid) -> Result<()> {
    crate::diagnostics::campaigns::service::enroll_employed(ctx, person_id, region_id).await
}
