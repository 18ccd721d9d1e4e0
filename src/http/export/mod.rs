//! Lists as files: every list of the API answers as CSV, lines of JSON or a workbook too, as `Accept` asks.
//!
//! An export is the walk of its caller through the pages of the list: the same operation is asked again and again with
//! the cursor it gave, so that scope, filter and order are those of the page, whatever the list is. CSV and lines of
//! JSON are sent page by page as they are read; nothing is kept but one page.

mod columns;
mod personal;
mod walk;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue, VARY};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};
use futures_util::stream;
use serde_json::Value;

use self::columns::Column;
use self::personal::{Kept, Names};
use self::walk::{Asked, Page, Walk};
use super::gate::Operation;
use super::table::{CSV, Cell, JSON, NDJSON, Sheet, XLSX, csv_heading, csv_lines};
use super::{accept, docs, language};
use crate::app::{AppState, document};
use crate::error::{Error, FieldProblem, Language, Result, Text};

/// The parameter by which nobody is to be known in a file.
pub(super) const DEPERSONALISED: &str = "depersonalised";

/// How a list travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Ndjson,
    Xlsx,
}

impl Format {
    /// By the media type.
    fn of(media: &str) -> Option<Self> {
        match media {
            CSV => Some(Self::Csv),
            NDJSON => Some(Self::Ndjson),
            XLSX => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Content type and ending of the file's name.
    const fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Ndjson => (NDJSON, "ndjson"),
            Self::Xlsx => (XLSX, "xlsx"),
        }
    }
}

/// A list as it is exported.
struct List {
    /// The name of the file, without its ending.
    name: String,
    /// Whether it is told page by page.
    is_paged: bool,
    /// The media types, JSON first; the list itself makes those that are not here.
    media: Vec<&'static str>,
}

/// The lists of the API, by operationId.
pub struct Exports {
    lists: BTreeMap<String, List>,
    /// What their files are made of; the whole document says it, which is put together for the first file.
    columns: OnceLock<BTreeMap<String, Vec<Column>>>,
}

impl Exports {
    /// The lists of the document.
    pub fn new(document: &Value) -> Self {
        let mut lists = BTreeMap::new();
        for operation in docs::operations(document) {
            if docs::listed(document, &operation).is_none() {
                continue;
            }
            let list = List {
                name: operation.id.trim_start_matches("list_").replace('_', "-"),
                is_paged: operation.query_parameters().any(|name| name == "cursor"),
                media: [JSON].into_iter().chain(docs::files(&operation)).collect(),
            };
            lists.insert(operation.id.to_owned(), list);
        }
        Self { lists, columns: OnceLock::new() }
    }

    fn columns(&self, operation: &str) -> Result<&[Column]> {
        let all = match self.columns.get() {
            Some(all) => all,
            None => {
                let document = document()?;
                self.columns.get_or_init(|| all_columns(&document))
            }
        };
        Ok(all.get(operation).map(Vec::as_slice).unwrap_or_default())
    }
}

fn all_columns(document: &Value) -> BTreeMap<String, Vec<Column>> {
    let operations = docs::operations(document).into_iter();
    operations
        .filter_map(|operation| {
            let item = docs::listed(document, &operation)?;
            Some((operation.id.to_owned(), columns::of(document, item)))
        })
        .collect()
}

/// What a file is made of.
struct Making {
    format: Format,
    language: Language,
    columns: Vec<Column>,
    /// Set when nobody is to be known by it.
    names: Option<Names>,
    /// Rows of a workbook at most: it is put together before it is sent.
    most_rows: u32,
}

/// Wraps the operations.
pub async fn export(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(app) = request.app_data::<web::Data<AppState>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let operation = request.extensions().get::<Operation>().map_or("", |operation| operation.id);
    let Some(list) = app.exports.lists.get(operation) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let media = list.media.get(accept::of(request.request(), &list.media)).copied().unwrap_or(JSON);
    let asked = match Asked::new(request.query_string(), Format::of(media).is_some()) {
        Ok(asked) => asked,
        Err(refusal) => return Ok(request.into_response(refusal.error_response())),
    };
    let Some(format) = Format::of(media) else {
        if asked.differs {
            walk::address(&mut request, &asked.query(None, None))?;
        }
        let mut response = next.call(request).await.map(ServiceResponse::map_into_boxed_body)?;
        response.headers_mut().append(VARY, HeaderValue::from_static("Accept"));
        return Ok(response);
    };
    let names = asked.is_depersonalised.then(Names::new);
    let columns = app.exports.columns(operation)?;
    let all = columns.iter().filter(|column| names.is_none() || column.kept != Kept::Not);
    let making = Making {
        format,
        language: language::of(request.request()),
        columns: all.cloned().collect(),
        names,
        most_rows: app.config.workbook_rows,
    };
    let mut walk = Walk::new(request, next, asked, list.is_paged);
    match walk.page().await? {
        Ok(first) => answer(making, walk, first, &list.name).await,
        // What the list refuses is refused in its own words.
        Err(refusal) => walk.respond(*refusal),
    }
}

async fn answer<B: MessageBody + 'static>(
    making: Making,
    mut walk: Walk<B>,
    first: Page,
    name: &str,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (media, ending) = making.format.described();
    let mut response = HttpResponse::Ok();
    response
        .content_type(media)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")))
        .append_header((VARY, "Accept"));
    if making.format == Format::Xlsx {
        return match workbook(&making, &mut walk, first).await {
            Ok(bytes) => walk.respond(response.body(bytes)),
            Err(refusal) => walk.respond(refusal.error_response()),
        };
    }
    let request = walk.request()?;
    let parts = Parts { making, walk, page: Some(first), begun: false };
    let body = stream::try_unfold(parts, |mut parts| async move {
        let part = parts.next().await.inspect_err(|failure| {
            // The connection is cut: half a file must not look like a whole one.
            log::error!(target: "rost::export", "a file was broken off: {failure}");
        })?;
        Ok::<_, Error>(part.map(|bytes| (web::Bytes::from(bytes), parts)))
    });
    Ok(ServiceResponse::new(request, response.streaming(body)))
}

/// A file that is sent page by page.
struct Parts<B> {
    making: Making,
    walk: Walk<B>,
    /// The page that was read and not sent yet.
    page: Option<Page>,
    begun: bool,
}

impl<B: MessageBody + 'static> Parts<B> {
    async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let page = match self.page.take() {
            Some(page) => page,
            None if self.walk.is_at_the_end() => return Ok(None),
            None => self.walk.next_page().await?,
        };
        let mut bytes = Vec::new();
        if !std::mem::replace(&mut self.begun, true) && self.making.format == Format::Csv {
            bytes = csv_heading(&self.making.headings(), self.making.language)?;
        }
        bytes.extend(self.making.lines(&page)?);
        Ok(Some(bytes))
    }
}

impl Making {
    fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.heading.in_language(self.language).to_owned()).collect()
    }

    /// The item as it may be shown.
    fn shown(&self, item: &Value) -> Result<Value> {
        match &self.names {
            Some(names) => names.hide(item, &self.columns),
            None => Ok(item.clone()),
        }
    }

    fn row(&self, item: &Value) -> Result<Vec<Cell>> {
        let item = self.shown(item)?;
        let cell = |column: &Column| columns::cell(columns::value(&item, &column.path), self.language);
        Ok(self.columns.iter().map(cell).collect())
    }

    fn lines(&self, page: &Page) -> Result<Vec<u8>> {
        if self.format == Format::Csv {
            let rows = page.items.iter().map(|item| self.row(item)).collect::<Result<Vec<_>>>()?;
            return csv_lines(rows, self.language);
        }
        let mut lines = Vec::new();
        for item in &page.items {
            serde_json::to_writer(&mut lines, &self.shown(item)?).map_err(Error::internal)?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

async fn workbook<B: MessageBody + 'static>(
    making: &Making,
    walk: &mut Walk<B>,
    first: Page,
) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(&making.headings())?;
    let mut page = first;
    loop {
        for item in &page.items {
            if sheet.lines() == making.most_rows {
                let most = making.most_rows;
                let words = Text::owned(
                    format!("В книгу помещается не больше {most} строк: возьмите CSV или NDJSON"),
                    format!("A workbook holds {most} rows at most: take CSV or NDJSON"),
                );
                return Err(Error::invalid(vec![FieldProblem::new("Accept", "too_many_rows", words)]));
            }
            sheet.add(making.row(item)?)?;
        }
        if walk.is_at_the_end() {
            break;
        }
        page = walk.next_page().await?;
    }
    // Packing is the work of seconds: beside the threads that answer everybody else.
    web::block(move || sheet.finish()).await.map_err(Error::internal)?
}
