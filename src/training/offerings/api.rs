//! Endpoints of offerings.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    OfferingCopyCreate, OfferingCreate, OfferingPage, OfferingQuery, OfferingStateChange, OfferingUpdate,
    OfferingView,
};
use super::service::{self, ShownOffering};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Plans an offering
///
/// A course, module, seminar, internship … of the caller's own organization. Only its organiser and leader see it
/// until it is opened.
#[utoipa::path(
    tag = "training", operation_id = "create_offering", request_body = OfferingCreate,
    responses((status = 201, description = "The planned offering", body = OfferingView))
)]
#[post("/offerings")]
pub async fn create_offering(call: Call, body: Body<OfferingCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        created(service::create_offering(ctx, body.organization_id, body.0.clone().into()).await?)
    })
    .await
}

/// Lists offerings
///
/// Of the caller's region, by first day; planned ones only for their organiser and leader.
#[utoipa::path(
    tag = "training", operation_id = "list_offerings", params(OfferingQuery),
    responses((status = 200, description = "One page", body = OfferingPage))
)]
#[get("/offerings")]
pub async fn list_offerings(call: Call, query: Query<OfferingQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_offerings(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.starts_on, last.id))?;
    Reply::ok(&OfferingPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an offering
///
/// With its partners and stages; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "training", operation_id = "get_offering",
    params(("id" = Uuid, Path, description = "The offering's id")),
    responses((status = 200, description = "The offering", body = OfferingView))
)]
#[get("/offerings/{id}")]
pub async fn get_offering(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_offering(ctx, *id).await).await?)
}

/// Changes an offering
///
/// Replaces everything said of it while it is planned or open. Once somebody is enrolled, what is taught stays: kind,
/// program, module, hours and stages.
#[utoipa::path(
    tag = "training", operation_id = "update_offering", request_body = OfferingUpdate,
    params(("id" = Uuid, Path, description = "The offering's id")),
    responses((status = 200, description = "The offering as it is now", body = OfferingView))
)]
#[put("/offerings/{id}")]
pub async fn update_offering(call: Call, id: web::Path<Uuid>, body: Body<OfferingUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let content = body.0.into();
    item(call.write(async |ctx| service::update_offering(ctx, *id, if_match, &content).await).await?)
}

/// Moves an offering on
///
/// A provider whose founder or licence does not let it train teachers on those days opens and starts nothing that
/// follows a program (B1.8, B1.9). To `open` (takes applications), `running` (learning begins, enrollments with it), `finished` (once every
/// enrollment is closed) or `cancelled` with a reason: applications are declined and enrollments withdrawn with it.
#[utoipa::path(
    tag = "training", operation_id = "change_offering_state", request_body = OfferingStateChange,
    params(("id" = Uuid, Path, description = "The offering's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The offering as it is now", body = OfferingView))
)]
#[post("/offerings/{id}/state")]
pub async fn change_offering_state(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OfferingStateChange>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::change_offering_state(ctx, *id, if_match, body.state, body.reason.as_deref()).await?)
    })
    .await
}

/// Copies an offering
///
/// Plans it again, for a new school year above all: partners, stages and seats stay, all days move by as much as the
/// first one.
#[utoipa::path(
    tag = "training", operation_id = "create_offering_copy", request_body = OfferingCopyCreate,
    params(("id" = Uuid, Path, description = "The offering's id")),
    responses((status = 201, description = "The planned copy", body = OfferingView))
)]
#[post("/offerings/{id}/copies")]
pub async fn create_offering_copy(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OfferingCopyCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| created(service::create_offering_copy(ctx, *id, body.starts_on).await?)).await
}

fn created(shown: ShownOffering) -> Result<Reply> {
    let (location, version) = (format!("/api/v1/offerings/{}", shown.offering.id), shown.offering.version);
    Reply::created(location, version, &OfferingView::from(shown))
}

fn item(shown: ShownOffering) -> Result<Reply> {
    Reply::derived(shown.offering.version, &OfferingView::from(shown))
}
