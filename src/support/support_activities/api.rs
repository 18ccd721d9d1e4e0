//! Endpoints of activities of support.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    SupportActivityCancel, SupportActivityCreate, SupportActivityPage, SupportActivityQuery,
    SupportActivityRecord, SupportActivityUpdate, SupportActivityView,
};
use super::model::ActivityData;
use super::service::{self, ShownActivity};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownActivity) -> Result<Reply> {
    Reply::derived(shown.activity.version, &SupportActivityView::from(shown))
}

/// Plans an activity of support
///
/// After training, by the operator, a methodical service, an innovation site or an association of any level (P2-35), in one of
/// the forms of the regulation (P2-36), always for named people (P2-37). Support of an introduction names the product (P3-36).
#[utoipa::path(
    tag = "support", operation_id = "create_support_activity", request_body = SupportActivityCreate,
    responses((status = 201, description = "The new activity", body = SupportActivityView))
)]
#[post("/support-activities")]
pub async fn create_support_activity(call: Call, body: Body<SupportActivityCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (organization, association) = (body.organization_id, body.association_id);
        let data = body.data.clone().into();
        let shown = service::create_support_activity(ctx, organization, association, data).await?;
        let location = format!("/api/v1/support-activities/{}", shown.activity.id);
        Reply::created(location, shown.activity.version, &SupportActivityView::from(shown))
    })
    .await
}

/// Lists activities of support
///
/// Those for oneself, for people of one's school, those that one organises, those of one's territory; those that begin last
/// first.
#[utoipa::path(
    tag = "support", operation_id = "list_support_activities", params(SupportActivityQuery),
    responses((status = 200, description = "One page", body = SupportActivityPage))
)]
#[get("/support-activities")]
pub async fn list_support_activities(call: Call, query: Query<SupportActivityQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_support_activities(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.starts_on, last.id))?;
    Reply::ok(&SupportActivityPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an activity of support
///
/// With whom it is for and what it links to. The `ETag` is needed for whatever happens to it next.
#[utoipa::path(
    tag = "support", operation_id = "get_support_activity",
    params(("id" = Uuid, Path, description = "The activity's id")),
    responses((status = 200, description = "The activity", body = SupportActivityView))
)]
#[get("/support-activities/{id}")]
pub async fn get_support_activity(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_support_activity(ctx, *id).await).await?)
}

/// Updates an activity of support
///
/// While it is planned; its organiser stays.
#[utoipa::path(
    tag = "support", operation_id = "update_support_activity", request_body = SupportActivityUpdate,
    params(("id" = Uuid, Path, description = "The activity's id")),
    responses((status = 200, description = "The activity as it is now", body = SupportActivityView))
)]
#[put("/support-activities/{id}")]
pub async fn update_support_activity(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportActivityUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data: ActivityData = body.0.data.into();
    item(
        call.write(async |ctx| service::update_support_activity(ctx, *id, if_match, data.clone()).await)
            .await?,
    )
}

/// Records that an activity of support was held
///
/// With the day and what it led to; a planned one becomes `held`.
#[utoipa::path(
    tag = "support", operation_id = "record_support_activity", request_body = SupportActivityRecord,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The activity's id")),
    responses((status = 200, description = "The activity as it is now", body = SupportActivityView))
)]
#[post("/support-activities/{id}/record")]
pub async fn record_support_activity(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportActivityRecord>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let record = (body.held_on, body.results.clone());
        item(service::record_support_activity(ctx, *id, if_match, record).await?)
    })
    .await
}

/// Cancels an activity of support
///
/// For a reason; a planned one becomes `cancelled`.
#[utoipa::path(
    tag = "support", operation_id = "cancel_support_activity", request_body = SupportActivityCancel,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The activity's id")),
    responses((status = 200, description = "The activity as it is now", body = SupportActivityView))
)]
#[post("/support-activities/{id}/cancellation")]
pub async fn cancel_support_activity(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportActivityCancel>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::cancel_support_activity(ctx, *id, if_match, body.reason.clone()).await?)
    })
    .await
}
