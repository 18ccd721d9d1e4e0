//! Endpoints of hearings.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{RouteHearingCreate, RouteHearingPage, RouteHearingView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Records a hearing of a route
///
/// That a council heard the interim results of a route in force. The regulation names the council; where it knows no
/// hearings, 422 `hearing_not_used`.
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_route_hearing", request_body = RouteHearingCreate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new record", body = RouteHearingView))
)]
#[post("/routes/{id}/hearings")]
pub async fn record_route_hearing(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteHearingCreate>,
) -> Result<Reply> {
    let language = call.language();
    call.write_once(async |ctx| {
        let held = service::record_route_hearing(ctx, *id, body.0.clone().into()).await?;
        Reply::created(format!("/api/v1/routes/{id}/hearings"), 1, &RouteHearingView::new(held, language))
    })
    .await
}

/// Lists the hearings of a route
///
/// In their order; they fit one page.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_hearings",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "All of them", body = RouteHearingPage))
)]
#[get("/routes/{id}/hearings")]
pub async fn list_route_hearings(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::list_route_hearings(ctx, *id).await).await?;
    let language = call.language();
    let items = found.into_iter().map(|held| RouteHearingView::new(held, language)).collect();
    Reply::ok(&RouteHearingPage { items, next_cursor: None })
}
