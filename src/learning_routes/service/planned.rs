//! What people are going to learn by agreed routes, without asking who may see them: for those who ask to learn beside
//! them, and for the plans of a school.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{AgreedActivity, PlannedLearning};
use super::super::store;
use crate::db::Ctx;
use crate::error::Result;

/// The activities of the person's approved and active routes.
pub async fn planned_learning(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<PlannedLearning>> {
    store::planned(ctx.conn, person_id).await
}

/// What the approved and active routes of a school hold that takes place between these days.
pub async fn agreed_activities(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    period: (NaiveDate, NaiveDate),
) -> Result<Vec<AgreedActivity>> {
    store::agreed(ctx.conn, organization_id, period).await
}
