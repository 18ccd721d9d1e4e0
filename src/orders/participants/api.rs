//! The endpoint of those who plan training.

use actix_web::get;
use uuid::Uuid;

use super::dto::{TrainingParticipantPage, TrainingParticipantQuery};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists who plans training in a calendar year
///
/// Drawn from the submitted orders of schools, for a municipality or a school: each person once for each ground.
#[utoipa::path(
    tag = "orders", operation_id = "list_training_participants", params(TrainingParticipantQuery),
    responses((status = 200, description = "One page", body = TrainingParticipantPage))
)]
#[get("/training-participants")]
pub async fn list_training_participants(call: Call, query: Query<TrainingParticipantQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(Uuid, Uuid, String)>(&query.0)?;
    let filter = query.filter();
    let found = call
        .read(async |ctx| service::list_training_participants(ctx, filter, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.organization_id, last.person_id, last.ground.clone()))?;
    Reply::ok(&TrainingParticipantPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
