//! Endpoints of publications.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    PublishedProgramPage, PublishedProgramQuery, RegistryComparisonQuery, RegistryPublicationCreate,
    RegistryPublicationList, RegistryPublicationQuery, RegistryPublicationView, RegistryRevisionChangePage,
    RegistryRevisionCreate, RegistryRevisionPage, RegistryRevisionQuery, RegistryTable, RegistryWorkbook,
};
use super::model::PublishedProgram;
use super::service::{self, ShownYear};
use super::table::{self, Format};
use crate::error::{Error, Language, Result};
use crate::http::{Body, Call, Query, Reply};

/// The formats of a published registry, in the order of [`table::FORMATS`].
const MEDIA: &[&str] = &[table::JSON, table::CSV, table::XLSX];

/// Publishes the registry of a year
///
/// Revision 1 holds every program that stands in the registry now. A year is published once; what changes during
/// the year goes into numbered revisions.
#[utoipa::path(
    tag = "registry", operation_id = "create_registry_publication", request_body = RegistryPublicationCreate,
    responses((status = 201, description = "The publication", body = RegistryPublicationView))
)]
#[post("/registry-publications")]
pub async fn create_registry_publication(call: Call, body: Body<RegistryPublicationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| created(service::create_registry_publication(ctx, body.year).await?)).await
}

/// Lists the years of the registry
///
/// Newest first, with years that the regulation demands and nobody has published: `overdue` once their day has
/// passed.
#[utoipa::path(
    tag = "registry", operation_id = "list_registry_publications", params(RegistryPublicationQuery),
    extensions(("x-whole-list" = json!(true))),
    responses((status = 200, description = "The years", body = RegistryPublicationList))
)]
#[get("/registry-publications")]
pub async fn list_registry_publications(call: Call, query: Query<RegistryPublicationQuery>) -> Result<Reply> {
    let years = call
        .snapshot(async |ctx| service::list_registry_publications(ctx, query.from, query.to).await)
        .await?;
    Reply::ok(&RegistryPublicationList { items: years.into_iter().map(view).collect() })
}

/// Reads a year of the registry
///
/// A year that the regulation demands is shown even if nobody has published it.
#[utoipa::path(
    tag = "registry", operation_id = "get_registry_publication",
    params(("year" = i32, Path, description = "Calendar year", minimum = 2000, maximum = 2100)),
    responses((status = 200, description = "The year", body = RegistryPublicationView))
)]
#[get("/registry-publications/{year}")]
pub async fn get_registry_publication(call: Call, year: web::Path<i32>) -> Result<Reply> {
    let shown = call.snapshot(async |ctx| service::get_registry_publication(ctx, *year).await).await?;
    // A year that nobody has published has no version yet.
    let version = shown.year.publication.as_ref().map_or(0, |publication| publication.version);
    Reply::derived(version, &view(shown))
}

/// Publishes a revision
///
/// Only what changed since the newest revision: programs that came, changed or left.
#[utoipa::path(
    tag = "registry", operation_id = "create_registry_revision", request_body = RegistryRevisionCreate,
    params(("year" = i32, Path, description = "Calendar year", minimum = 2000, maximum = 2100)),
    responses((status = 201, description = "The publication with its new revision", body = RegistryPublicationView))
)]
#[post("/registry-publications/{year}/revisions")]
pub async fn create_registry_revision(
    call: Call,
    year: web::Path<i32>,
    body: Body<RegistryRevisionCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        created(service::create_registry_revision(ctx, *year, body.note.as_deref()).await?)
    })
    .await
}

/// Lists the revisions of a year
///
/// Newest first, each with how many programs came, changed and left.
#[utoipa::path(
    tag = "registry", operation_id = "list_registry_revisions",
    params(
        ("year" = i32, Path, description = "Calendar year", minimum = 2000, maximum = 2100),
        RegistryRevisionQuery
    ),
    responses((status = 200, description = "One page", body = RegistryRevisionPage))
)]
#[get("/registry-publications/{year}/revisions")]
pub async fn list_registry_revisions(
    call: Call,
    year: web::Path<i32>,
    query: Query<RegistryRevisionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*year, &query.0);
    let before = page.after::<i32>(&list)?;
    let (publication, found) =
        call.snapshot(async |ctx| service::list_registry_revisions(ctx, *year, &page, before).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.revision)?;
    let view = RegistryRevisionPage { items: items.into_iter().map(Into::into).collect(), next_cursor };
    Reply::item(publication.version, &view)
}

/// Reads the registry as it was published
///
/// The programs in force in a revision, each as it was then; every revision stays readable. JSON comes page by page; with
/// `Accept: text/csv` (UTF-8 with BOM, `;`) or the media type of XLSX the whole revision comes as a table, whose columns
/// are named in the caller's language. A revision never changes: poll with `If-None-Match`.
#[utoipa::path(
    tag = "registry", operation_id = "list_published_programs",
    params(
        ("year" = i32, Path, description = "Calendar year", minimum = 2000, maximum = 2100),
        ("revision" = i32, Path, description = "Number of the revision", minimum = 1, maximum = 100_000),
        PublishedProgramQuery
    ),
    responses((status = 200, description = "One page, or the whole as a table", content(
        (PublishedProgramPage = "application/json"),
        (RegistryTable = "text/csv"),
        (RegistryWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )))
)]
#[get("/registry-publications/{year}/revisions/{revision}/programs")]
pub async fn list_published_programs(
    call: Call,
    place: web::Path<(i32, i32)>,
    query: Query<PublishedProgramQuery>,
) -> Result<Reply> {
    let only_changes = query.only_changes.unwrap_or_default();
    let format = table::FORMATS.get(call.format(MEDIA)).copied().unwrap_or_default();
    if format != Format::Json {
        if query.limit.is_some() || query.cursor.is_some() {
            let (ru, en) = ("Таблица отдаётся целиком", "A table comes as a whole");
            return Err(Error::field("limit", "not_allowed", ru, en));
        }
        let found =
            call.snapshot(async |ctx| service::published_registry(ctx, *place, only_changes).await).await?;
        return file(*place, only_changes, format, call.language(), &found);
    }
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*place, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let found = call
        .snapshot(async |ctx| service::list_published_programs(ctx, *place, only_changes, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.snapshot.program_id)?;
    // A revision never changes, so its number is the version of every page of it.
    let (_, revision) = *place;
    let view = PublishedProgramPage { items: items.into_iter().map(Into::into).collect(), next_cursor };
    Ok(Reply::item(i64::from(revision), &view)?.by_accept())
}

/// The whole revision as a table. A revision never changes, so its number, format and language are its version.
fn file(
    (year, revision): (i32, i32),
    only_changes: bool,
    format: Format,
    language: Language,
    programs: &[PublishedProgram],
) -> Result<Reply> {
    let (extension, bytes) = match format {
        Format::Xlsx => ("xlsx", table::xlsx(programs, language)?),
        Format::Csv | Format::Json => ("csv", table::csv(programs, language)?),
    };
    let part = if only_changes { "-changes" } else { "" };
    let words = match language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let version = format!("{revision}{part}-{extension}-{words}");
    let name = format!("registry-{year}-{revision}{part}.{extension}");
    Ok(Reply::file(&version, format.media(), name, bytes))
}

/// Compares two revisions of a year
///
/// The programs that came, changed or left between them, with the fields that differ.
#[utoipa::path(
    tag = "registry", operation_id = "compare_registry_revisions",
    params(
        ("year" = i32, Path, description = "Calendar year", minimum = 2000, maximum = 2100),
        RegistryComparisonQuery
    ),
    responses((status = 200, description = "One page", body = RegistryRevisionChangePage))
)]
#[get("/registry-publications/{year}/changes")]
pub async fn compare_registry_revisions(
    call: Call,
    year: web::Path<i32>,
    query: Query<RegistryComparisonQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*year, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let span = (query.from, query.to);
    let found = call
        .snapshot(async |ctx| service::compare_registry_revisions(ctx, *year, span, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |(program_id, _)| *program_id)?;
    let items = items.into_iter().filter_map(|(_, change)| change).map(Into::into).collect();
    // Revisions never change, so the later one's number is the version of the comparison.
    Reply::item(i64::from(query.to), &RegistryRevisionChangePage { items, next_cursor })
}

fn view(shown: ShownYear) -> RegistryPublicationView {
    RegistryPublicationView::new(shown.year, shown.today, shown.unpublished_changes, shown.allowed_actions)
}

fn created(shown: ShownYear) -> Result<Reply> {
    let version = shown.year.publication.as_ref().map_or(1, |publication| publication.version);
    Reply::created(format!("/api/v1/registry-publications/{}", shown.year.year), version, &view(shown))
}
