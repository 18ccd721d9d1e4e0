//! Endpoints of sheets of criteria.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{ReviewSheetData, ReviewSheetPage, ReviewSheetQuery, ReviewSheetView};
use super::service::{self, ShownSheet};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Makes a sheet of criteria
///
/// Programs of the region are reviewed by it, criterion by criterion, with scores and remarks.
#[utoipa::path(
    tag = "registry", operation_id = "create_review_sheet", request_body = ReviewSheetData,
    responses((status = 201, description = "The new sheet", body = ReviewSheetView))
)]
#[post("/review-sheets")]
pub async fn create_review_sheet(call: Call, body: Body<ReviewSheetData>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_review_sheet(ctx, body.clone().into()).await?;
        let (location, version) = (format!("/api/v1/review-sheets/{}", shown.sheet.id), shown.sheet.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Lists sheets of criteria
///
/// Of the caller's region, ordered by title.
#[utoipa::path(
    tag = "registry", operation_id = "list_review_sheets", params(ReviewSheetQuery),
    responses((status = 200, description = "One page", body = ReviewSheetPage))
)]
#[get("/review-sheets")]
pub async fn list_review_sheets(call: Call, query: Query<ReviewSheetQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let found = call
        .snapshot(async |ctx| service::list_review_sheets(ctx, query.retired, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.sheet.data.title.clone(), last.sheet.id))?;
    Reply::ok(&ReviewSheetPage { items: items.into_iter().map(view).collect(), next_cursor })
}

/// Reads a sheet of criteria
///
/// Any sheet of the caller's region; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "registry", operation_id = "get_review_sheet",
    params(("id" = Uuid, Path, description = "The sheet's id")),
    responses((status = 200, description = "The sheet", body = ReviewSheetView))
)]
#[get("/review-sheets/{id}")]
pub async fn get_review_sheet(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_review_sheet(ctx, *id).await).await?)
}

/// Changes a sheet of criteria
///
/// A sheet that programs were reviewed by keeps its criteria: it may be renamed or retired.
#[utoipa::path(
    tag = "registry", operation_id = "update_review_sheet", request_body = ReviewSheetData,
    params(("id" = Uuid, Path, description = "The sheet's id")),
    responses((status = 200, description = "The sheet as it is now", body = ReviewSheetView))
)]
#[put("/review-sheets/{id}")]
pub async fn update_review_sheet(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ReviewSheetData>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data = || body.clone().into();
    item(call.write(async |ctx| service::update_review_sheet(ctx, *id, if_match, data()).await).await?)
}

fn view(shown: ShownSheet) -> ReviewSheetView {
    ReviewSheetView::new(shown.sheet, shown.allowed_actions)
}

fn item(shown: ShownSheet) -> Result<Reply> {
    Reply::item(shown.sheet.version, &view(shown))
}
