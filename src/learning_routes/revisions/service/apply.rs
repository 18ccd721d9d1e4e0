//! What becomes of a revision at the end of its approval, and the periodic update without one.

use uuid::Uuid;

use super::super::model::{Revision, RevisionEvent, RevisionState};
use super::super::{policy, store};
use super::{held, move_on};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::{address_deficits, release_deficits};
use crate::effects::ApprovalOutcome;
use crate::error::{Code, Error, Result};
use crate::learning_routes::model::{Rework, RouteState};
use crate::learning_routes::service::content::put;
use crate::learning_routes::service::{Case, settled_stages};
use crate::learning_routes::versions::model::{NewVersion, VersionCause};
use crate::learning_routes::{petitions, versions};

/// Takes the outcome of the approval of a revision, in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let (mut case, mut revision) = held(ctx, id).await?;
    revision.rework = None;
    match outcome {
        ApprovalOutcome::Approved { .. } => {
            move_on(&mut revision, RevisionEvent::Apply)?;
            take_over(ctx, &mut case, &mut revision).await?;
        }
        ApprovalOutcome::Returned { reason, due_on } => {
            move_on(&mut revision, RevisionEvent::Return)?;
            revision.rework = Some(Rework { reason: reason.clone(), due_on: *due_on });
        }
        ApprovalOutcome::Rejected { reason } => {
            move_on(&mut revision, RevisionEvent::Reject)?;
            revision.close_reason = Some(reason.clone());
        }
        ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => {
            move_on(&mut revision, RevisionEvent::Reopen)?;
        }
    }
    store::save(ctx, &revision).await
}

/// Holds the route and with it the revision until the end of the transaction.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    held(ctx, id).await.map(drop)
}

/// The route says from now on what the revision says; what was done meanwhile stays as it is. Deficits that it answers
/// anew become addressed, those it answers no more are open again (P4-12). The caller writes the revision.
pub(super) async fn take_over(ctx: &Ctx<'_>, case: &mut Case, revision: &mut Revision) -> Result<()> {
    if case.route.state != RouteState::Active {
        // Whoever is asked can end the matter, though there is nothing left to change.
        revision.state = RevisionState::Rejected;
        revision.close_reason = Some("Маршрут уже не действует (the route is no longer in force)".to_owned());
        return Ok(());
    }
    let before = case.contents(ctx).await?.content();
    let mut after = revision.content.clone().with_states_of(&before);
    settled_stages(ctx, case.route.id).await?.keep(&mut after.stages, &before.stages);
    let after = after.keeping_done(&before);
    put(ctx, case, &before, &after).await?;
    case.route.version += 1;
    case.save(ctx).await?;
    let dropped: Vec<Uuid> =
        before.deficit_ids().into_iter().filter(|id| !after.deficit_ids().contains(id)).collect();
    release_deficits(ctx, &dropped, case.route.id).await?;
    address_deficits(ctx, &after.deficit_ids(), case.route.id).await?;
    revision.applied_on = Some(case.today);
    let version = NewVersion {
        route_id: case.route.id,
        cause: VersionCause::Revision,
        round: None,
        revision_id: Some(revision.id),
        content: after,
        note: None,
        taken_on: case.today,
    };
    versions::service::keep(ctx, &version).await?;
    match revision.petition_id {
        Some(id) => petitions::service::apply(ctx, id, revision.author_id, case.today).await,
        None => Ok(()),
    }
}

/// Records that the route was looked through and stays as it is (P3-41).
pub async fn update_route_periodically(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    if_match: i64,
    note: Option<String>,
) -> Result<i64> {
    let mut case = Case::lock(ctx, route_id).await?;
    let Some(rule) = case.rules().life.periodic_update.clone() else {
        case.permit_to_read(ctx.actor, &policy::GET_ROUTE_REVISION)?;
        return Err(Error::field(
            "",
            "periodic_update_not_used",
            "Положение не требует обновлять маршрут",
            "The regulation does not ask for periodic updates",
        ));
    };
    let permit = case.permit_of(ctx.actor, &policy::UPDATE_ROUTE_PERIODICALLY, &rule.updated_by, if_match)?;
    if case.route.state != RouteState::Active {
        return Err(Error::new(Code::StateConflict));
    }
    let version = NewVersion {
        route_id,
        cause: VersionCause::PeriodicUpdate,
        round: None,
        revision_id: None,
        content: case.contents(ctx).await?.content(),
        note,
        taken_on: case.today,
    };
    versions::service::keep(ctx, &version).await?;
    case.route.version += 1;
    case.save(ctx).await?;
    let change = Change::none().field("updated_on", (), case.today.to_string());
    ctx.audit(&permit, Subject { kind: "route", id: route_id }, change).await?;
    Ok(case.route.version)
}
