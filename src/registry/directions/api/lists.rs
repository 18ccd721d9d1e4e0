//! Endpoints of lists of priority directions.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};
use crate::registry::directions::dto::{
    DirectionListApproval, DirectionListCreate, DirectionListDraft, DirectionListPage, DirectionListQuery,
    DirectionListUpdate, DirectionListView,
};
use crate::registry::directions::model::Approval;
use crate::registry::directions::service::{self, ShownList};

/// Proposes a list of priority directions
///
/// For a calendar year; the regulation of the region says who proposes, the ministry approves.
#[utoipa::path(
    tag = "registry", operation_id = "create_direction_list", request_body = DirectionListCreate,
    responses((status = 201, description = "The new list", body = DirectionListView))
)]
#[post("/direction-lists")]
pub async fn create_direction_list(call: Call, body: Body<DirectionListCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_direction_list(ctx, body.year, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/direction-lists/{}", shown.list.id), shown.list.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Drafts a list of priority directions from the report of diagnostics
///
/// Proposes one direction for each competency of the region's report with deficits that are not closed, those with most
/// of them first; each keeps the competency and the figures it was made from (P2-18). What the report hides makes no
/// direction. The list is proposed as any other and may be written anew before it is approved.
#[utoipa::path(
    tag = "registry", operation_id = "draft_direction_list", request_body = DirectionListDraft,
    responses((status = 201, description = "The new list", body = DirectionListView))
)]
#[post("/direction-list-drafts")]
pub async fn draft_direction_list(call: Call, body: Body<DirectionListDraft>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::draft_direction_list(ctx, body.year, (&body.0).into()).await?;
        let (location, version) = (format!("/api/v1/direction-lists/{}", shown.list.id), shown.list.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Lists lists of priority directions
///
/// Those of the caller's region, the newest year first.
#[utoipa::path(
    tag = "registry", operation_id = "list_direction_lists", params(DirectionListQuery),
    responses((status = 200, description = "One page", body = DirectionListPage))
)]
#[get("/direction-lists")]
pub async fn list_direction_lists(call: Call, query: Query<DirectionListQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(i32, Uuid)>(&query.0)?;
    let (year, state) = (query.year, query.state);
    let found =
        call.read(async |ctx| service::list_direction_lists(ctx, year, state, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.year, last.id))?;
    Reply::ok(&DirectionListPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a list of priority directions
///
/// With its directions in their order; the `ETag` is needed to change or approve it.
#[utoipa::path(
    tag = "registry", operation_id = "get_direction_list",
    params(("id" = Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list", body = DirectionListView))
)]
#[get("/direction-lists/{id}")]
pub async fn get_direction_list(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_direction_list(ctx, *id).await).await?)
}

/// Writes a proposed list of priority directions anew
///
/// An approved list never changes.
#[utoipa::path(
    tag = "registry", operation_id = "update_direction_list", request_body = DirectionListUpdate,
    params(("id" = Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list as it is now", body = DirectionListView))
)]
#[put("/direction-lists/{id}")]
pub async fn update_direction_list(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DirectionListUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let shown = call
        .write(async |ctx| service::update_direction_list(ctx, *id, if_match, body.data.clone().into()).await)
        .await?;
    item(shown)
}

/// Approves a list of priority directions
///
/// The ministry alone; a region has one approved list for a calendar year (P2-19).
#[utoipa::path(
    tag = "registry", operation_id = "approve_direction_list", request_body = DirectionListApproval,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list as it is now", body = DirectionListView))
)]
#[post("/direction-lists/{id}/approval")]
pub async fn approve_direction_list(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DirectionListApproval>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let approval = Approval { act_number: body.act_number.clone(), act_date: body.act_date };
        item(service::approve_direction_list(ctx, *id, if_match, approval).await?)
    })
    .await
}

fn view(shown: ShownList) -> DirectionListView {
    DirectionListView {
        list: shown.list.into(),
        directions: shown.directions.into_iter().map(Into::into).collect(),
        allowed_actions: shown.allowed_actions,
    }
}

fn item(shown: ShownList) -> Result<Reply> {
    Reply::item(shown.list.version, &view(shown))
}
