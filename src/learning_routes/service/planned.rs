//! What a person is going to learn by agreed routes, without asking who may see them: for those who ask to learn beside
//! them.

use uuid::Uuid;

use super::super::model::PlannedLearning;
use super::super::store;
use crate::db::Ctx;
use crate::error::Result;

/// The activities of the person's approved and active routes.
pub async fn planned_learning(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<PlannedLearning>> {
    store::planned(ctx.conn, person_id).await
}
