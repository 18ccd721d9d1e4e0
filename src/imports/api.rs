//! Endpoints of bulk loading.

use actix_web::dev::Decompress;
use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::dto::{
    ImportCreateQuery, ImportKindDto, ImportModeDto, ImportPage, ImportQuery, ImportRow, ImportRowPage,
    ImportRowQuery, ImportView,
};
use super::model::ImportMode;
use super::service::{self, File};
use crate::error::{Code, Error, Result};
use crate::http::{Call, Query, Reply, media_type};

/// Loads a CSV file
///
/// The file is UTF-8 with or without BOM, its cells are parted by `;` or `,`, its header is Russian or English. Rows are
/// found again by natural keys (СНИЛС, document number), so a repeat changes nothing and needs no `Idempotency-Key`.
/// Columns of `staff`: `last_name` (Фамилия), `first_name` (Имя), `middle_name` (Отчество), `snils` (СНИЛС), `birth_date`
/// (Дата рождения), `organization_inn` (ИНН организации), `position` (Должность), `kind` (Вид занятости),
/// `education_levels` (Уровни образования), `subjects` (Предметы), `started_on` (Дата приёма), `ended_on` (Дата
/// увольнения). Columns of `credentials`: `snils`, `kind` (Вид документа), `issuer_inn` (ИНН организации), `issuer_name`
/// (Кем выдан), `series` (Серия), `number` (Номер), `registration_number` (Регистрационный номер), `title` (Программа),
/// `program_kind` (Вид программы), `hours` (Часы), `started_on` (Начало), `completed_on` (Окончание), `issued_on` (Дата
/// выдачи). Columns of `diagnostic_results`: `snils`, `instrument_code` (Код инструмента), `instrument_edition` (Редакция
/// инструмента), `instrument_owner_inn` (ИНН владельца инструмента), `campaign_code` (Код кампании), `taken_on` (Дата),
/// `mode` (Формат), `scores` (Баллы: `код=балл` or `код:процедура=балл`, parted by `|`); other scores of the same person,
/// instrument, day and campaign correct what is known. A row that has not the columns of the header, or whose quotes are not closed, is refused by itself. A dry run
/// predicts what the real run does; in mode `atomic` every row is tried before any is loaded. When the client leaves, the
/// run stops. Lists in a cell are parted by `|`; dates are `2026-03-02` or `02.03.2026`.
#[utoipa::path(
    tag = "imports", operation_id = "create_import",
    params(("kind" = ImportKindDto, Path, description = "What is in the file"), ImportCreateQuery),
    request_body(content = String, content_type = "text/csv", description = "The file"),
    responses((status = 200, description = "The run with its counts; the receipts are at `list_import_rows`", body = ImportView)),
    extensions(("x-repeatable" = json!(true)))
)]
#[post("/imports/{kind}")]
pub async fn create_import(
    call: Call,
    kind: web::Path<ImportKindDto>,
    query: Query<ImportCreateQuery>,
    body: web::Payload,
) -> Result<Reply> {
    let bytes = read_file(&call, body).await?;
    let digest = Sha256::digest(&bytes);
    let mode = query.mode.unwrap_or(ImportModeDto::Independent);
    let file = File::read((*kind).into(), mode.into(), query.dry_run, &bytes, &digest)?;
    let import = call.write(async |ctx| service::begin(ctx, &file).await).await?;
    let loaded = tokio::select! {
        loaded = load(&call, import.id, &file) => loaded,
        silenced = keep_alive(&call, import.id) => silenced,
    };
    let succeeded = loaded.is_ok();
    let closed = call.write(async |ctx| service::finish(ctx, import.id, succeeded).await).await;
    loaded?;
    Reply::ok(&ImportView::from(closed?))
}

/// Loads the file in short transactions. Between the portions nothing is held, and nothing goes on for a client that
/// does not wait any more. Only what stands or falls together is one transaction, and only when every row has been
/// tried before.
async fn load(call: &Call, import_id: Uuid, file: &File<'_>) -> Result<()> {
    let gone = || call.client_has_gone();
    let each_on_its_own = file.mode == ImportMode::Independent;
    let mut tried = Vec::new();
    for portion in file.portions() {
        if each_on_its_own && !file.dry_run {
            call.write_long(async |ctx| service::load_portion(ctx, import_id, file, &portion, &gone).await)
                .await?;
        } else {
            tried.extend(
                call.write_long(async |ctx| service::try_portion(ctx, file, &portion, &gone).await).await?,
            );
        }
    }
    if !file.dry_run && !each_on_its_own && service::is_clean(&tried) {
        return call.write_long(async |ctx| service::load_all(ctx, import_id, file, &gone).await).await;
    }
    for receipts in tried.chunks(RECEIPTS) {
        call.write(async |ctx| service::add_receipts(ctx, import_id, receipts).await).await?;
    }
    Ok(())
}

/// Says again and again that the run goes on, until it ends or nothing can be said any more.
async fn keep_alive(call: &Call, import_id: Uuid) -> Result<()> {
    loop {
        tokio::time::sleep(service::HEARTBEAT).await;
        call.write(async |ctx| service::heartbeat(ctx, import_id).await).await?;
    }
}

/// Receipts that are written at a time.
const RECEIPTS: usize = 5_000;

/// The file, as long as it is not larger than the configuration allows.
async fn read_file(call: &Call, body: web::Payload) -> Result<Vec<u8>> {
    if media_type(call.request())? != "text/csv" {
        return Err(Error::new(Code::UnsupportedMedia).detail("Ожидается text/csv", "text/csv is expected"));
    }
    let mut body = Decompress::from_headers(body, call.request().headers());
    let mut bytes = Vec::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|error| Error::new(Code::Unreadable).cause(error))?;
        if bytes.len() + chunk.len() > call.app.config.import_bytes {
            return Err(Error::new(Code::TooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Lists the runs of bulk loading
///
/// The runs of the caller's unit, newest first.
#[utoipa::path(
    tag = "imports", operation_id = "list_imports", params(ImportQuery),
    responses((status = 200, description = "One page", body = ImportPage))
)]
#[get("/import-runs")]
pub async fn list_imports(call: Call, query: Query<ImportQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let found = call.read(async |ctx| service::list_imports(ctx, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&ImportPage { items: items.into_iter().map(ImportView::from).collect(), next_cursor })
}

/// Reads a run of bulk loading
///
/// State and counts; a run that the server could not finish is `failed`, a minute after its last sign of life, and its
/// file may simply be loaded again.
#[utoipa::path(
    tag = "imports", operation_id = "get_import", params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The run", body = ImportView))
)]
#[get("/import-runs/{id}")]
pub async fn get_import(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let import = call.read(async |ctx| service::get_import(ctx, *id).await).await?;
    Reply::derived(1, &ImportView::from(import))
}

/// Lists the receipts of a run
///
/// One receipt for each row of the file, by line; `outcome=refused` gives the rows to mend.
#[utoipa::path(
    tag = "imports", operation_id = "list_import_rows",
    params(("id" = Uuid, Path, description = "The run's id"), ImportRowQuery),
    responses((status = 200, description = "One page", body = ImportRowPage))
)]
#[get("/import-runs/{id}/rows")]
pub async fn list_import_rows(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ImportRowQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<i32>(&list)?;
    let outcome = query.outcome.map(Into::into);
    let found =
        call.read(async |ctx| service::list_import_rows(ctx, *id, outcome, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.line)?;
    let language = call.language();
    let items = items.into_iter().map(|receipt| ImportRow::new(receipt, language)).collect();
    Reply::ok(&ImportRowPage { items, next_cursor })
}
