//! Endpoints of founders of providers.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    ProviderFounderCreate, ProviderFounderEnd, ProviderFounderPage, ProviderFounderQuery, ProviderFounderView,
};
use super::model::ProviderFounder;
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a founder of a provider
///
/// From a day on. Where founders are recorded, the founder type of the directory is asked no more.
#[utoipa::path(
    tag = "registry", operation_id = "record_provider_founder", request_body = ProviderFounderCreate,
    responses((status = 201, description = "The new record", body = ProviderFounderView))
)]
#[post("/provider-founders")]
pub async fn record_provider_founder(call: Call, body: Body<ProviderFounderCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let made =
            service::record_provider_founder(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/provider-founders/{}", made.id), made.version);
        Reply::created(location, version, &view(ctx.actor, made))
    })
    .await
}

/// Lists founders of providers
///
/// Those of the caller's region, the newest first.
#[utoipa::path(
    tag = "registry", operation_id = "list_provider_founders", params(ProviderFounderQuery),
    responses((status = 200, description = "One page", body = ProviderFounderPage))
)]
#[get("/provider-founders")]
pub async fn list_provider_founders(call: Call, query: Query<ProviderFounderQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let provider = query.organization_id;
    let found =
        call.read(async |ctx| service::list_provider_founders(ctx, provider, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.valid_from, last.id))?;
    let items = items.into_iter().map(|founder| view(&call.actor, founder)).collect();
    Reply::ok(&ProviderFounderPage { items, next_cursor })
}

/// Reads a founder of a provider
///
/// The `ETag` is needed to end it.
#[utoipa::path(
    tag = "registry", operation_id = "get_provider_founder",
    params(("id" = Uuid, Path, description = "The record's id")),
    responses((status = 200, description = "The record", body = ProviderFounderView))
)]
#[get("/provider-founders/{id}")]
pub async fn get_provider_founder(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let founder = call.read(async |ctx| service::get_provider_founder(ctx, *id).await).await?;
    Reply::item(founder.version, &view(&call.actor, founder))
}

/// Ends a founder of a provider
///
/// Gives it its last day, or another one.
#[utoipa::path(
    tag = "registry", operation_id = "end_provider_founder", request_body = ProviderFounderEnd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The record's id")),
    responses((status = 200, description = "The record as it is now", body = ProviderFounderView))
)]
#[post("/provider-founders/{id}/end")]
pub async fn end_provider_founder(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProviderFounderEnd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let founder = service::end_provider_founder(ctx, *id, if_match, body.valid_until).await?;
        Reply::item(founder.version, &view(ctx.actor, founder))
    })
    .await
}

fn view(actor: &Actor, founder: ProviderFounder) -> ProviderFounderView {
    let actions = service::allowed_actions(actor, &founder);
    ProviderFounderView::new(founder, actions)
}
