//! Handing a revision in and giving it up.

use uuid::Uuid;

use super::super::model::{Revision, RevisionEvent, RevisionState};
use super::super::{policy, store};
use super::rights::{changers, may_withdraw};
use super::{ShownRevision, apply, findings, happen, held, shown};
use crate::approvals::service::{Submission, Submitted, submit, withdraw};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::learning_routes::model::RouteDraft;
use crate::learning_routes::service::{Case, chain_facts};
use crate::learning_routes::versions;
use crate::learning_routes::versions::model::{NewVersion, VersionCause};
use crate::regulations::profile::ApprovalSubjectKind;

/// Hands a revision in: every rule that the route would break is reported at once; then its chain begins, or the route
/// takes it over at once where changes are free (P3-23).
pub async fn submit_route_revision(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownRevision> {
    let (mut case, mut revision) = held(ctx, id).await?;
    let draft = case.contents(ctx).await?;
    let allowed = changers(&case, revision.cause, &draft.content(), &revision.content);
    let permit = case.permit_among(ctx.actor, &policy::SUBMIT_ROUTE_REVISION, &allowed)?;
    let before = revision.state;
    happen(&mut revision, RevisionEvent::Submit, if_match)?;
    findings(ctx, &case, draft.clone(), &revision).await?.into_result()?;
    let revised = draft.clone().with(revision.content.clone());
    let submitted = submit(ctx, &permit, submission(ctx, &case, &revised, &revision)).await?;
    revision.rework = None;
    let version = NewVersion {
        route_id: case.route.id,
        cause: VersionCause::RevisionSubmission,
        round: submitted.round(),
        revision_id: Some(id),
        content: revision.content.clone(),
        note: None,
        taken_on: case.today,
    };
    versions::service::keep(ctx, &version).await?;
    match submitted {
        Submitted::InReview { .. } => {}
        Submitted::NoChainNeeded | Submitted::Approved { .. } => {
            revision.state = RevisionState::Applied;
            apply::take_over(ctx, &mut case, &mut revision).await?;
        }
    }
    store::save(ctx, &revision).await?;
    let change = Change::none().field("state", before.as_str(), revision.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_revision", id }, change).await?;
    let draft = case.contents(ctx).await?;
    shown(ctx, &case, &draft, revision).await
}

/// Gives a revision up; an open request for its approval is taken back with it.
pub async fn withdraw_route_revision(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownRevision> {
    let (case, mut revision) = held(ctx, id).await?;
    let draft = case.contents(ctx).await?;
    let allowed = changers(&case, revision.cause, &draft.content(), &revision.content);
    let permit = case.permit_among(ctx.actor, &policy::WITHDRAW_ROUTE_REVISION, &allowed)?;
    if !may_withdraw(ctx.actor, &case, &revision) {
        return Err(Error::new(Code::Forbidden).detail(
            "Корректировку отзывает её автор или тот, кто вносит изменения",
            "Its author takes a revision back, or whoever enters changes",
        ));
    }
    let before = revision.state;
    happen(&mut revision, RevisionEvent::Withdraw, if_match)?;
    if matches!(before, RevisionState::InReview | RevisionState::Rework) {
        withdraw(ctx, ApprovalSubjectKind::RouteRevision, id).await?;
    }
    revision.rework = None;
    store::save(ctx, &revision).await?;
    let change = Change::none().field("state", before.as_str(), revision.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_revision", id }, change).await?;
    shown(ctx, &case, &draft, revision).await
}

fn submission(ctx: &Ctx<'_>, case: &Case, revised: &RouteDraft, revision: &Revision) -> Submission {
    let route = &case.route;
    Submission {
        subject_kind: ApprovalSubjectKind::RouteRevision,
        subject_id: revision.id,
        subject_version: revision.version,
        title: revised.route.title.clone(),
        region_id: route.region_id,
        municipality_id: route.municipality_id,
        organization_id: route.organization_id,
        learner: Some(route.person_id),
        learner_agreed: ctx.actor.is_person(route.person_id),
        regulation: case.regulation.clone(),
        facts: chain_facts(revised),
    }
}
