//! Endpoints of instruments.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{InstrumentBody, InstrumentCreate, InstrumentPage, InstrumentQuery, InstrumentView};
use super::service;
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds a diagnostic instrument
///
/// A draft with its procedures and scales (диагностический инструмент). The owner is the organization that developed
/// it: a school too. Another edition of the same code is another instrument.
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_instrument", request_body = InstrumentCreate,
    responses((status = 201, description = "The new draft", body = InstrumentView))
)]
#[post("/instruments")]
pub async fn create_instrument(call: Call, body: Body<InstrumentCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let detail = service::create_instrument(ctx, body.owner_id, body.data.clone().into()).await?;
        let (id, version) = (detail.instrument.id, detail.instrument.version);
        Reply::created(format!("/api/v1/instruments/{id}"), version, &InstrumentView::from(detail))
    })
    .await
}

/// Lists diagnostic instruments
///
/// Instruments that serve the caller's place or are kept below it, by title.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_instruments", params(InstrumentQuery),
    responses((status = 200, description = "One page", body = InstrumentPage))
)]
#[get("/instruments")]
pub async fn list_instruments(call: Call, query: Query<InstrumentQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let filter = Filter::from(&query.0);
    let found =
        call.read(async |ctx| service::list_instruments(ctx, &filter, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.title.clone(), last.id))?;
    Reply::ok(&InstrumentPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a diagnostic instrument
///
/// With its scales and cut points.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_instrument",
    params(("id" = Uuid, Path, description = "The instrument's id")),
    responses((status = 200, description = "The instrument with its scales", body = InstrumentView))
)]
#[get("/instruments/{id}")]
pub async fn get_instrument(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let detail = call.read(async |ctx| service::get_instrument(ctx, *id).await).await?;
    Reply::item(detail.instrument.version, &InstrumentView::from(detail))
}

/// Writes a draft instrument anew
///
/// Replaces the draft with its procedures and scales; the owner stays.
#[utoipa::path(
    tag = "diagnostics", operation_id = "update_instrument", request_body = InstrumentBody,
    params(("id" = Uuid, Path, description = "The instrument's id")),
    responses((status = 200, description = "The draft as it is now", body = InstrumentView))
)]
#[put("/instruments/{id}")]
pub async fn update_instrument(call: Call, id: web::Path<Uuid>, body: Body<InstrumentBody>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let detail = call
        .write(async |ctx| service::update_instrument(ctx, *id, if_match, body.0.clone().into()).await)
        .await?;
    Reply::item(detail.instrument.version, &InstrumentView::from(detail))
}

/// Publishes an instrument
///
/// From now on it never changes and results may be recorded with it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "publish_instrument", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The instrument's id")),
    responses((status = 200, description = "The published instrument", body = InstrumentView))
)]
#[post("/instruments/{id}/publication")]
pub async fn publish_instrument(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let detail = service::publish_instrument(ctx, *id, if_match).await?;
        Reply::item(detail.instrument.version, &InstrumentView::from(detail))
    })
    .await
}
