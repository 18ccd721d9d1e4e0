//! Handing a subject in and taking it back.

use uuid::Uuid;

use super::{RequestSummary, Submission, Submitted};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::regulations::profile::ApprovalSubjectKind;

/// Hands a subject in: resolves its chain from the regulation and freezes it, or, when its request was returned
/// for rework, begins the next round of that request. The permit is that of the subject's own operation.
pub async fn submit(ctx: &Ctx<'_>, permit: &Permit, submission: Submission) -> Result<Submitted> {
    let _ = (ctx.now, permit, submission);
    std::future::ready(Err(Error::internal("not there yet"))).await
}

/// Takes the open request of a subject back; only its submitter may. The caller changes the subject.
pub async fn withdraw(ctx: &Ctx<'_>, subject_kind: ApprovalSubjectKind, subject_id: Uuid) -> Result<()> {
    let _ = (ctx.now, subject_kind, subject_id);
    std::future::ready(Err(Error::internal("not there yet"))).await
}

/// The newest request of a subject, for whoever may see the subject.
pub async fn request_of(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Option<RequestSummary>> {
    let _ = (ctx.now, subject_kind, subject_id);
    std::future::ready(Ok(None)).await
}

/// How many requests wait for the actor.
pub async fn inbox_count(ctx: &Ctx<'_>) -> Result<i64> {
    let _ = ctx.now;
    std::future::ready(Ok(0)).await
}
