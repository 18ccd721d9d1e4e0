//! What the resources that own subjects ask: which of them a chain shows to the caller, and what was decided on one.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::approvals::model::{Decision, Event};
use crate::approvals::store;
use crate::authz::Role;
use crate::db::Ctx;
use crate::error::Result;
use crate::regulations::profile::ApprovalSubjectKind;

/// Whether a chain of the subject, running or past, has a step at one of the caller's seats, those of people whom he
/// substitutes included: whoever is asked about a thing may read it.
pub async fn asked(ctx: &Ctx<'_>, subject_kind: ApprovalSubjectKind, subject_id: Uuid) -> Result<bool> {
    let seats = store::seats_of(ctx, super::today(ctx).await?).await?;
    store::is_asked_about(ctx, &seats, subject_kind, subject_id).await
}

/// A positive decision on a subject, for its documents.
#[derive(Debug, Clone)]
pub struct TakenDecision {
    /// What was decided.
    pub decision: Decision,
    /// The role it was decided in.
    pub role: Option<Role>,
    /// Who decided; none of a service.
    pub person_id: Option<Uuid>,
    /// The day, by the region's clock.
    pub on: NaiveDate,
}

/// The newest request of a subject with the positive decisions of its last round, oldest first, for whoever may see the
/// subject.
pub async fn decisions_of(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Option<(Uuid, Vec<TakenDecision>)>> {
    let Some(head) = store::newest_of(ctx, subject_kind, subject_id).await? else { return Ok(None) };
    let Some(case) = store::find(ctx, head.id).await? else { return Ok(None) };
    let round = case.head.round;
    let taken = case.lines.iter().filter(|line| line.record.round == round).filter_map(|line| {
        let Event::Decide(decision) = &line.record.event else { return None };
        Some(TakenDecision {
            decision: decision.clone(),
            role: line.role,
            person_id: line.record.actor.filter(|actor| line.account_id != Some(*actor)),
            on: line.record.on,
        })
    });
    Ok(Some((head.id, taken.collect())))
}
