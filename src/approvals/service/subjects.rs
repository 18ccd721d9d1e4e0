//! What the resources that own subjects ask: how rounds went, and which subjects a chain has shown to the caller.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::approvals::model::{Decision, Event, Line};
use crate::approvals::store;
use crate::authz::Role;
use crate::db::Ctx;
use crate::error::Result;
use crate::regulations::profile::ApprovalSubjectKind;

/// One round of a subject: what was handed in, and what was decided on it.
#[derive(Debug, Clone)]
pub struct Round {
    /// The request.
    pub request_id: Uuid,
    /// The round within the request, from 1.
    pub round: u16,
    /// The version of the subject that was handed in; unknown of old rounds.
    pub subject_version: Option<i64>,
    /// What happened in it, oldest first.
    pub decisions: Vec<Line>,
}

/// Every round of every request of a subject, oldest first; for whoever may see the subject.
pub async fn history_of(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Vec<Round>> {
    let mut rounds: Vec<Round> = Vec::new();
    for (request_id, line) in store::lines_of(ctx, subject_kind, subject_id).await? {
        match &line.record.event {
            Event::Submit { subject_version } => rounds.push(Round {
                request_id,
                round: line.record.round,
                subject_version: *subject_version,
                decisions: vec![line],
            }),
            _ => {
                if let Some(round) = rounds.last_mut() {
                    round.decisions.push(line);
                }
            }
        }
    }
    Ok(rounds)
}

/// Those of the subjects whose chain, running or past, has a step at one of the caller's seats, those of people whom he
/// substitutes included: whoever is asked about a thing may read it.
pub async fn asked(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_ids: &[Uuid],
) -> Result<HashSet<Uuid>> {
    if subject_ids.is_empty() {
        return Ok(HashSet::new());
    }
    let seats = store::seats_of(ctx, super::today(ctx).await?).await?;
    store::asked_about(ctx, &seats, subject_kind, subject_ids).await
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
