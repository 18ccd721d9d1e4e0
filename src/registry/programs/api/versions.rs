//! Endpoints of the versions of a program.

use actix_web::{get, web};
use uuid::Uuid;

use crate::error::Result;
use crate::http::{Call, Query, Reply};
use crate::registry::programs::dto::{
    ProgramDifference, ProgramDifferenceQuery, ProgramVersionPage, ProgramVersionQuery, ProgramVersionView,
};
use crate::registry::programs::service;

/// Lists the versions of a program
///
/// Newest first. Those who write the program or decide on it see the next version on its way too.
#[utoipa::path(
    tag = "registry", operation_id = "list_program_versions",
    params(("id" = Uuid, Path, description = "The program's id"), ProgramVersionQuery),
    responses((status = 200, description = "One page", body = ProgramVersionPage))
)]
#[get("/programs/{id}/versions")]
pub async fn list_program_versions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ProgramVersionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let before = page.after::<i32>(&list)?;
    let found = call.read(async |ctx| service::list_program_versions(ctx, *id, &page, before).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.snapshot.edition)?;
    Reply::ok(&ProgramVersionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a version of a program
///
/// As it was accepted: an older version stays readable for good.
#[utoipa::path(
    tag = "registry", operation_id = "get_program_version",
    params(
        ("id" = Uuid, Path, description = "The program's id"),
        ("edition" = i32, Path, description = "Number of the version", minimum = 1, maximum = 10_000)
    ),
    responses((status = 200, description = "The version", body = ProgramVersionView))
)]
#[get("/programs/{id}/versions/{edition}")]
pub async fn get_program_version(call: Call, place: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (id, edition) = *place;
    let version = call.read(async |ctx| service::get_program_version(ctx, id, edition).await).await?;
    Reply::derived(i64::from(edition), &ProgramVersionView::from(version))
}

/// Compares two versions of a program
///
/// The fields that differ; every module that came, left or changed is a line of its own.
#[utoipa::path(
    tag = "registry", operation_id = "compare_program_versions",
    params(("id" = Uuid, Path, description = "The program's id"), ProgramDifferenceQuery),
    responses((status = 200, description = "What differs", body = ProgramDifference))
)]
#[get("/programs/{id}/version-changes")]
pub async fn compare_program_versions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ProgramDifferenceQuery>,
) -> Result<Reply> {
    let (from, to) = (query.from, query.to);
    let changes =
        call.snapshot(async |ctx| service::compare_program_versions(ctx, *id, from, to).await).await?;
    Reply::ok(&ProgramDifference { from, to, changes: changes.into_iter().map(Into::into).collect() })
}
