//! Endpoints of results.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{DiagnosticResultCreate, DiagnosticResultPage, DiagnosticResultQuery, DiagnosticResultView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a diagnostic result
///
/// The level of each competency is the mean of its procedures' scores by the instrument's cut points (P4-6). In the
/// same transaction a deficit level opens a deficit or confirms the open one, any other level closes it (P4-12). A
/// result never changes: a later one with `corrects_id` replaces it, and its deficits follow.
#[utoipa::path(
    tag = "diagnostics", operation_id = "record_diagnostic_result", request_body = DiagnosticResultCreate,
    responses((status = 201, description = "The new result", body = DiagnosticResultView))
)]
#[post("/diagnostic-results")]
pub async fn record_diagnostic_result(call: Call, body: Body<DiagnosticResultCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let detail = service::record_diagnostic_result(ctx, body.0.clone().into()).await?;
        let location = format!("/api/v1/diagnostic-results/{}", detail.recorded.result.id);
        Reply::created(location, 1, &DiagnosticResultView::from(detail))
    })
    .await
}

/// Reads a diagnostic result
///
/// With its scores and the level of each competency.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_diagnostic_result",
    params(("id" = Uuid, Path, description = "The result's id")),
    responses((status = 200, description = "The result", body = DiagnosticResultView))
)]
#[get("/diagnostic-results/{id}")]
pub async fn get_diagnostic_result(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let detail = call.read(async |ctx| service::get_diagnostic_result(ctx, *id).await).await?;
    // A result never changes; whether it was corrected and what the caller may do does.
    Reply::derived(1, &DiagnosticResultView::from(detail))
}

/// Lists the diagnostic results of a person
///
/// All of them, corrected ones too, newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_person_diagnostic_results",
    params(("id" = Uuid, Path, description = "The person's id"), DiagnosticResultQuery),
    responses((status = 200, description = "One page", body = DiagnosticResultPage))
)]
#[get("/persons/{id}/diagnostic-results")]
pub async fn list_person_diagnostic_results(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<DiagnosticResultQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let found =
        call.read(async |ctx| service::list_person_diagnostic_results(ctx, *id, &page, after).await).await?;
    let key = |last: &super::model::RecordedResult| (last.result.taken_on, last.result.id);
    let (items, next_cursor) = page.cut(found, &list, key)?;
    Reply::ok(&DiagnosticResultPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
