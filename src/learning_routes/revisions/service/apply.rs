//! What becomes of a revision at the end of its approval.

use uuid::Uuid;

use super::super::model::{Revision, RevisionEvent};
use super::super::store;
use super::{held, move_on};
use crate::db::Ctx;
use crate::diagnostics::service::{address_deficits, release_deficits};
use crate::effects::ApprovalOutcome;
use crate::error::Result;
use crate::learning_routes::model::Rework;
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

/// The route, which is in force as long as it has a revision under way, says from now on what the revision says; what was
/// done meanwhile stays as it is. Deficits that it answers anew become addressed, those it answers no more are open again
/// (P4-12). The caller writes the revision.
pub(super) async fn take_over(ctx: &Ctx<'_>, case: &mut Case, revision: &mut Revision) -> Result<()> {
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
