//! Endpoints of the export to the federal register.

use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::dto::{
    FrdoPackageAnswer, FrdoPackageCreate, FrdoPackagePage, FrdoPackageQuery, FrdoPackageRowPage,
    FrdoPackageRowQuery, FrdoPackageRowView, FrdoPackageView, FrdoPackageWithdraw, FrdoPackageWorkbook,
    FrdoPreviewPage, FrdoPreviewQuery, FrdoPreviewRow,
};
use super::service::{self, ShownPackage};
use super::store::Filter;
use super::workbook::xlsx;
use crate::authz::Permit;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Call, Query, Reply};
use crate::personal_data::api::{record_many, said_purpose};
use crate::personal_data::model::Purpose;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Previews the export to the federal register
///
/// The documents of an organization (ФИС ФРДО) in the order of issue: as what each would go, every cell that the register
/// would reject and why, and every cell that is written anew from what stands in the papers. Nothing is sent.
#[utoipa::path(
    tag = "hours", operation_id = "preview_frdo_export", extensions(("x-purpose" = json!(true))), params(FrdoPreviewQuery),
    responses((status = 200, description = "One page", body = FrdoPreviewPage))
)]
#[get("/frdo-preview")]
pub async fn preview_frdo_export(call: Call, query: Query<FrdoPreviewQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let wanted = query.wanted();
    let (found, permit) =
        call.snapshot(async |ctx| service::preview_frdo_export(ctx, &wanted, &page, after).await).await?;
    let (lines, next_cursor) =
        page.cut(found, &query.0, |last| (last.paper.first_issued_on, last.paper.credential_id))?;
    journal(&call, &permit, lines.iter().map(|line| line.paper.person_id)).await?;
    let items = lines.iter().map(|line| FrdoPreviewRow::new(line, call.language())).collect();
    Reply::ok(&FrdoPreviewPage { items, next_cursor })
}

/// Forms a package for the federal register
///
/// Of the documents that are meant, those that the register would take, at most 1,000: new ones, changes of what it has, and
/// annulments. What waits for an answer or is there as it is stays out. 422 `nothing_to_send` when none is left.
#[utoipa::path(
    tag = "hours", operation_id = "create_frdo_package", request_body = FrdoPackageCreate,
    responses((status = 201, description = "The package", body = FrdoPackageView))
)]
#[post("/frdo-packages")]
pub async fn create_frdo_package(call: Call, body: Body<FrdoPackageCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_frdo_package(ctx, &body.0.clone().into()).await?;
        let location = format!("/api/v1/frdo-packages/{}", shown.package.id);
        Reply::created(location, shown.package.version, &FrdoPackageView::from(shown))
    })
    .await
}

/// Lists packages for the federal register
///
/// Those of one's organization; those who govern a region see all of it. Newest first.
#[utoipa::path(
    tag = "hours", operation_id = "list_frdo_packages", params(FrdoPackageQuery),
    responses((status = 200, description = "One page", body = FrdoPackagePage))
)]
#[get("/frdo-packages")]
pub async fn list_frdo_packages(call: Call, query: Query<FrdoPackageQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = Filter { organization_id: query.organization_id, state: query.state.map(Into::into) };
    let found = call.read(async |ctx| service::list_frdo_packages(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.formed_at, last.id))?;
    Reply::ok(&FrdoPackagePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a package for the federal register
///
/// The `ETag` is needed to record the answer of the register, or to withdraw the package.
#[utoipa::path(
    tag = "hours", operation_id = "get_frdo_package",
    params(("id" = Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The package", body = FrdoPackageView))
)]
#[get("/frdo-packages/{id}")]
pub async fn get_frdo_package(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_frdo_package(ctx, *id).await).await?)
}

/// Lists the rows of a package
///
/// As they were sent, cell by cell, in the order of the layout.
#[utoipa::path(
    tag = "hours", operation_id = "list_frdo_package_rows", extensions(("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The package's id"), FrdoPackageRowQuery),
    responses((status = 200, description = "One page", body = FrdoPackageRowPage))
)]
#[get("/frdo-packages/{id}/rows")]
pub async fn list_frdo_package_rows(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<FrdoPackageRowQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<i32>(&list)?;
    let (package, found, permit) =
        call.snapshot(async |ctx| service::list_frdo_package_rows(ctx, *id, &page, after).await).await?;
    let (rows, next_cursor) = page.cut(found, &list, |last| last.position)?;
    journal(&call, &permit, rows.iter().map(|row| row.person_id)).await?;
    let items = rows.into_iter().map(|row| FrdoPackageRowView::new(package.layout, row)).collect();
    Reply::ok(&FrdoPackageRowPage { items, next_cursor })
}

/// Reads a package as a workbook
///
/// XLSX, one sheet: the headings of the layout, then the rows. Every cell is text. A package never changes, so its layout is
/// the version of the file.
#[utoipa::path(
    tag = "hours", operation_id = "get_frdo_package_file", extensions(("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The workbook", content(
        (FrdoPackageWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )))
)]
#[get("/frdo-packages/{id}/file")]
pub async fn get_frdo_package_file(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (package, rows, permit) =
        call.snapshot(async |ctx| service::get_frdo_package_file(ctx, *id).await).await?;
    journal(&call, &permit, rows.iter().map(|row| row.person_id)).await?;
    let layout = package.layout;
    let bytes = web::block(move || xlsx(layout, &rows)).await.map_err(Error::internal)??;
    let name = format!("frdo-{}-{}.xlsx", layout.as_str(), package.number);
    Ok(Reply::file(layout.as_str(), XLSX, name, bytes))
}

/// Records the answer of the federal register
///
/// Accepted: its rows are what the register has now, and only changes of them go again. Rejected, with why: its documents go
/// again. Once for each package.
#[utoipa::path(
    tag = "hours", operation_id = "answer_frdo_package", request_body = FrdoPackageAnswer,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The package as it is now", body = FrdoPackageView))
)]
#[post("/frdo-packages/{id}/answer")]
pub async fn answer_frdo_package(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<FrdoPackageAnswer>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::answer_frdo_package(ctx, *id, if_match, body.0.clone().into()).await?)
    })
    .await
}

/// Withdraws a package
///
/// Only one that the register has not answered (409 otherwise): nothing is awaited of it any more, and its documents are
/// free for the next one. What was sent stays to be read. By whoever may form one.
#[utoipa::path(
    tag = "hours", operation_id = "withdraw_frdo_package", request_body = FrdoPackageWithdraw,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The package as it is now", body = FrdoPackageView))
)]
#[post("/frdo-packages/{id}/withdrawal")]
pub async fn withdraw_frdo_package(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<FrdoPackageWithdraw>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::withdraw_frdo_package(ctx, *id, if_match, body.reason.clone()).await?)
    })
    .await
}

fn item(shown: ShownPackage) -> Result<Reply> {
    Reply::derived(shown.package.version, &FrdoPackageView::from(shown))
}

/// Names, СНИЛС and dates of birth are personal data: whose was shown is journaled (`X-Purpose`).
async fn journal(call: &Call, permit: &Permit, people: impl Iterator<Item = Uuid>) -> Result<()> {
    let region_id = call.actor.region_id.ok_or(Error::new(Code::Forbidden))?;
    let purpose = said_purpose(call)?.unwrap_or(Purpose::FederalRegister);
    record_many(call, permit, (region_id, people.collect()), purpose).await
}
