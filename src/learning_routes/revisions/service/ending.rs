//! The end of a revision with its route.

use uuid::Uuid;

use super::super::model::RevisionEvent;
use super::super::store;
use super::move_on;
use crate::approvals::service::end_with_subject;
use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::Result;
use crate::learning_routes::service::Case;
use crate::regulations::profile::ApprovalSubjectKind;

/// The route has ended, by that right: its open revision lapses, and nobody is asked about it any more. Part of the
/// operation that ended the route and holds it. Returns the revision.
pub(in crate::learning_routes) async fn end_with_route(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &Case,
    reason: &str,
) -> Result<Option<Uuid>> {
    let Some((id, _)) = store::under_way(ctx.conn, case.route.id).await? else { return Ok(None) };
    let mut revision = store::find(ctx.conn, id).await?;
    move_on(&mut revision, RevisionEvent::Lapse)?;
    revision.rework = None;
    revision.close_reason = Some(reason.to_owned());
    store::save(ctx, &revision).await?;
    end_with_subject(ctx, permit, ApprovalSubjectKind::RouteRevision, id, reason).await?;
    Ok(Some(id))
}
