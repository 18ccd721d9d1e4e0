//! Endpoints of support of routes.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    RouteSupportBody, RouteSupportPage, RouteSupportQuery, RouteSupportView, SupportRecordQuery,
    SupportReport, SupportReportQuery,
};
use super::model::{Filter, Period};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records support of a route
///
/// What the tutor, the curator or somebody else whom the regulation names did for the learner. It may be dated on any day
/// up to today, also between and after courses.
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_route_support", request_body = RouteSupportBody,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new record", body = RouteSupportView))
)]
#[post("/routes/{id}/support-records")]
pub async fn record_route_support(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteSupportBody>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let record = service::record_route_support(ctx, *id, body.0.clone().into()).await?;
        let location = format!("/api/v1/routes/{id}/support-records");
        Reply::created(location, 1, &RouteSupportView::from(record))
    })
    .await
}

/// Lists the support of a route
///
/// Newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_support",
    params(("id" = Uuid, Path, description = "The route's id"), RouteSupportQuery),
    responses((status = 200, description = "One page", body = RouteSupportPage))
)]
#[get("/routes/{id}/support-records")]
pub async fn list_route_support(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteSupportQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let filter = Filter { route_id: Some(*id), kind: query.kind, ..Filter::default() };
    let found =
        call.read(async |ctx| service::list_route_support(ctx, *id, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.data.held_on, last.id))?;
    Reply::ok(&RouteSupportPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Lists support of routes
///
/// Of the people the caller works with, and what the caller recorded, newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_support_records", params(SupportRecordQuery),
    responses((status = 200, description = "One page", body = RouteSupportPage))
)]
#[get("/support-records")]
pub async fn list_support_records(call: Call, query: Query<SupportRecordQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_support_records(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.held_on, last.id))?;
    Reply::ok(&RouteSupportPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reports the support of an organization's people
///
/// For everybody who helped: consultations given and routes supported in these days.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_support_report",
    params(("id" = Uuid, Path, description = "The organization's id"), SupportReportQuery),
    responses((status = 200, description = "The report", body = SupportReport))
)]
#[get("/organizations/{id}/support-report")]
pub async fn get_support_report(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<SupportReportQuery>,
) -> Result<Reply> {
    let period = Period { from: query.from, until: query.until };
    let rows = call.snapshot(async |ctx| service::get_support_report(ctx, *id, period).await).await?;
    Reply::ok(&SupportReport::new(*id, period, rows))
}
