//! The endpoint that loads.

use actix_web::http::header::HeaderName;
use actix_web::{post, web};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::runs::ASK_AGAIN;
use crate::error::{Code, Error, Result};
use crate::http::{Call, Query, RawPieces, Reply, media_parameters};
use crate::imports::dto::{
    ImportCreateQuery, ImportKindDto, ImportLines, ImportModeDto, ImportTable, ImportView, ImportWorkbook,
};
use crate::imports::forms::{Charset, Form};
use crate::imports::model::{Import, Order};
use crate::imports::service::{self, File, ImportWhole, Received};

/// Loads a file
///
/// CSV in UTF-8 with or without BOM or in Windows-1251 (`charset=` of the Content-Type, or found out), its cells parted by
/// `;` or `,`, its header Russian or English; NDJSON, an object on each line whose keys are the names of columns; or the
/// first sheet of an XLSX workbook (at most 16 MiB). Rows are
/// found again by natural keys (СНИЛС, document number), so a repeat changes nothing and needs no `Idempotency-Key`.
/// A row that has not the columns of the header, or whose quotes are not closed, is refused by itself. A dry run
/// predicts what the real run does; in mode `atomic` every row is tried before any is loaded. Lists in a cell are parted
/// by `|`; dates are `2026-03-02` or `02.03.2026`; a value of a closed list is its name in the API or its Russian word
/// («школа», «очная»), and a row that says another is told the allowed ones.
///
/// Columns of each kind; a file must have those in bold:
///
/// - `organizations`: **`name`** (Наименование), **`kind`** (Тип организации), `short_name` (Краткое наименование),
///   `inn` (ИНН), `ogrn` (ОГРН), `oktmo` (ОКТМО), `founder_type` (Тип учредителя), `functions` (Функции),
///   `parent_inn` (ИНН вышестоящей организации), `closed_on` (Дата закрытия). Organizations (организации) are met
///   again by `inn` and `kind`.
/// - `staff`: **`last_name`** (Фамилия), **`first_name`** (Имя), `middle_name` (Отчество), **`snils`** (СНИЛС),
///   `birth_date` (Дата рождения), `email` (Электронная почта), **`organization_inn`** (ИНН организации),
///   **`position`** (Должность), `kind` (Вид занятости), `education_levels` (Уровни образования), `subjects`
///   (Предметы), **`started_on`** (Дата приёма), `ended_on` (Дата увольнения), `role` (Роль), `act_number` (Номер
///   приказа), `act_date` (Дата приказа). Persons with employments and roles (кадры) are met again by `snils`.
///   `role`, several parted by `|`, is given from the first day of work, today at the earliest, by the act of
///   `act_number` and `act_date`. The external id is that of the employment (табельный номер).
/// - `programs`: **`provider_inn`** (ИНН организации), **`title`** (Наименование), **`kind`** (Вид программы),
///   **`hours`** (Часы), **`study_form`** (Форма обучения), **`delivery`** (Способ реализации), **`audience`** (Для
///   кого), `annotation` (Аннотация), `education_levels` (Уровни образования), `subjects` (Предметы), `positions`
///   (Должности), `price_rubles` (Стоимость), `funding` (Источники финансирования), `fully_modular` (Полностью
///   модульная), `modules` (Модули). Programs with their modules (программы) are met again by provider, kind and
///   title. `modules` are `название=часы`, parted by `|`.
/// - `credentials`: **`snils`** (СНИЛС), **`kind`** (Вид документа), `issuer_inn` (ИНН организации), `issuer_name`
///   (Кем выдан), `series` (Серия), `number` (Номер), `registration_number` (Регистрационный номер), **`title`**
///   (Программа), `program_kind` (Вид программы), **`hours`** (Часы), `started_on` (Начало), `completed_on`
///   (Окончание), **`issued_on`** (Дата выдачи). Documents about learning (документы об обучении) are met again by
///   issuer and number, however they are written. An `issuer_inn` known here says who issued the paper, whatever
///   `issuer_name` beside it says.
/// - `diagnostic_results`: **`snils`** (СНИЛС), **`instrument_code`** (Код инструмента), `instrument_edition`
///   (Редакция инструмента), `instrument_owner_inn` (ИНН владельца инструмента), `campaign_code` (Код кампании),
///   **`taken_on`** (Дата), **`mode`** (Формат), **`scores`** (Баллы). Results of diagnostics (результаты
///   диагностики). `scores` are `код=балл` or `код:процедура=балл`, parted by `|`; other scores of the same person,
///   instrument, day and campaign correct what is known.
/// - `credit_book_entries`: **`snils`** (СНИЛС), **`organizer_inn`** (ИНН организатора), `offering_title`
///   (Обучение), `offering_starts_on` (Начало обучения), `association` (Объединение), `topic` (Тема), `started_on`
///   (Начало), `ended_on` (Окончание), `hours` (Часы), `reason` (Причина исправления). Entries of credit books
///   (записи зачётных книжек) are met again by the book and what the person took part in: either `offering_title`
///   with `offering_starts_on`, or `association`. `reason` is needed where a row corrects an entry.
///
/// At most 1 MiB and 1,000 rows are loaded at once (200), and the run stops when the client leaves. What is larger, or
/// asked for with `Prefer: respond-async`, is taken in and loaded by a run of its own (202): ask for it, or watch it, at
/// its `Location`. The same file of the same caller is not loaded twice at a time: the answer is the run under way.
#[utoipa::path(
    tag = "imports", operation_id = "create_import",
    params(
        ("kind" = ImportKindDto, Path, description = "What is in the file"), ImportCreateQuery,
        ("Prefer" = Option<String>, Header, min_length = 1, max_length = 200, pattern = "^[ -~]+$",
            description = "`respond-async`: do not wait for the rows (RFC 7240).", example = "respond-async")
    ),
    request_body(description = "The file", content(
        (ImportTable = "text/csv"), (ImportLines = "application/x-ndjson"),
        (ImportWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "The run with its counts; the receipts are at `list_import_rows`", body = ImportView),
        (status = 202, description = "The run, which has still to begin", body = ImportView),
    ),
    extensions(("x-repeatable" = json!(true)))
)]
#[post("/imports/{kind}")]
pub async fn create_import(
    call: Call,
    kind: web::Path<ImportKindDto>,
    query: Query<ImportCreateQuery>,
    body: web::Payload,
) -> Result<Reply> {
    let (form, said) = form_of(&call)?;
    let mode = query.mode.unwrap_or(ImportModeDto::Independent).into();
    let order = Order { kind: (*kind).into(), mode, dry_run: query.dry_run };
    let longest = form.longest(call.app.config.import_bytes);
    let mut body = RawPieces::of(&call, body, longest);
    let head = body.next(if form == Form::Xlsx { longest } else { PIECE }).await?.unwrap_or_default();
    let second = body.next(PIECE).await?;
    if second.is_some() {
        let received = Received::begin(order, form, said, head.clone())?;
        return take_in(&call, order, form, received, vec![head], second, Some(&mut body)).await;
    }
    let bytes = web::Bytes::from(head);
    if let Some(done) = at_once(&call, order, form, said, bytes.clone()).await? {
        return Reply::ok(&ImportView::new((done, Vec::new()), call.language()));
    }
    let received = Received::begin(order, form, said, bytes.to_vec())?;
    take_in(&call, order, form, received, bytes.chunks(PIECE).map(<[u8]>::to_vec).collect(), None, None).await
}

/// What is read at a time, and loaded at once at most.
const PIECE: usize = 1024 * 1024;

/// What the caller says the file is.
fn form_of(call: &Call) -> Result<(Form, Option<Charset>)> {
    let (media, said) = media_parameters(call.request());
    let unknown = |ru: &str, en: &str| Error::new(Code::UnsupportedMedia).detail(ru, en);
    let form = Form::of_media(&media).ok_or_else(|| {
        unknown(
            "Ожидается text/csv, application/x-ndjson или книга XLSX",
            "text/csv, application/x-ndjson or an XLSX workbook is expected",
        )
    })?;
    let Some(said) = said else { return Ok((form, None)) };
    match Charset::parse(&said) {
        Some(charset) if form == Form::Csv || charset == Charset::Utf8 => Ok((form, Some(charset))),
        _ => Err(unknown(
            "Кодировка текста: UTF-8, для CSV также windows-1251",
            "Text is written in UTF-8, CSV also in windows-1251",
        )),
    }
}

/// Whether the caller does not want to wait for the rows.
fn prefers_not_to_wait(call: &Call) -> bool {
    let preferences = call.request().headers().get_all(HeaderName::from_static("prefer"));
    preferences
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split([',', ';']))
        .any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
}

/// Loads a file within the request; none when it is too long for that, or the caller does not want to wait.
async fn at_once(
    call: &Call,
    order: Order,
    form: Form,
    said: Option<Charset>,
    bytes: web::Bytes,
) -> Result<Option<Import>> {
    let digest = Sha256::digest(&bytes);
    // A workbook is the work of seconds: it is read beside the threads that answer everybody else.
    let read = web::block(move || {
        let written = service::written_of(order, form, said, &bytes)?;
        File::short(order, written, &bytes, &digest)
    });
    let Some(file) = read.await.map_err(Error::internal)??.filter(|_| !prefers_not_to_wait(call)) else {
        return Ok(None);
    };
    let import = call.write(async |ctx| service::begin(ctx, &file).await).await?;
    let loaded = tokio::select! {
        loaded = load(call, import.id, &file) => loaded,
        silenced = keep_alive(call, import.id) => silenced,
    };
    let refusal = loaded.as_ref().err();
    let closed = call.write(async |ctx| service::finish(ctx, import.id, refusal).await).await;
    loaded?;
    closed.map(Some)
}

/// Loads the file in short transactions. Between the portions nothing is held, and nothing goes on for a client that
/// does not wait any more. Only what stands or falls together is one transaction, and only when every row has been
/// tried before.
async fn load(call: &Call, import_id: Uuid, file: &File) -> Result<()> {
    let gone = || call.client_has_gone();
    let mut clean = true;
    for portion in file.portions() {
        if file.order.keeps_portions() {
            call.write_long(async |ctx| service::load_portion(ctx, import_id, file, &portion, &gone).await)
                .await?;
        } else {
            clean &= call
                .write_long(async |ctx| service::try_portion(ctx, import_id, file, &portion, &gone).await)
                .await?;
        }
    }
    if file.order.loads_at_once() && clean {
        call.write_long(async |ctx| service::load_all(ctx, import_id, file, &gone).await).await?;
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

/// Takes a file in, piece by piece; it is loaded by whichever process is free.
async fn take_in(
    call: &Call,
    order: Order,
    form: Form,
    mut received: Received,
    pieces: Vec<Vec<u8>>,
    second: Option<Vec<u8>>,
    mut rest: Option<&mut RawPieces<'_>>,
) -> Result<Reply> {
    let import = call.write(async |ctx| service::receive(ctx, order, form).await).await?;
    let taken = async {
        let mut pieces = pieces.into_iter().chain(second);
        loop {
            let piece = match (pieces.next(), rest.as_deref_mut()) {
                (Some(piece), _) => Some(piece),
                (None, Some(rest)) => rest.next(PIECE).await?,
                (None, None) => None,
            };
            let Some(piece) = piece else { break };
            let position = received.note(&piece);
            call.write(async |ctx| service::add_piece(ctx, import.id, position, &piece).await).await?;
        }
        call.write(async |ctx| service::queue(ctx, import.id, &received).await).await
    };
    let queued: Result<ImportWhole> = taken.await;
    match queued {
        Ok(whole) => {
            let location = format!("/api/v1/import-runs/{}", whole.0.id);
            let version = whole.0.version;
            let view = ImportView::new(whole, call.language());
            Ok(Reply::accepted(location, version, &view)?.ask_again(Some(ASK_AGAIN)))
        }
        Err(refusal) => {
            call.write(async |ctx| service::stop_receiving(ctx, import.id, &refusal).await).await?;
            Err(refusal)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::imports::headers::Column;
    use crate::imports::model::ImportKind;
    use crate::imports::rows::columns;

    #[test]
    fn the_description_tells_every_column() {
        let document = crate::app::document().unwrap();
        let words = document["paths"]["/api/v1/imports/{kind}"]["post"]["description"].as_str().unwrap();
        let lines = words.replace("\n  ", " ");
        for kind in ImportKind::ALL {
            let line =
                lines.lines().find(|line| line.starts_with(&format!("- `{}`:", kind.as_str()))).unwrap();
            // What every kind has is told once, with the kinds.
            let of_all = |column: &&Column| ["source", "external_id"].contains(&column.name);
            for Column { name, russian, required } in columns(kind).iter().filter(|column| !of_all(column)) {
                let marked = if *required { format!("**`{name}`**") } else { format!("`{name}`") };
                assert!(line.contains(&format!("{marked} ({russian})")), "{name}: {line}");
            }
        }
    }
}
