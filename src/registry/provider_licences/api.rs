//! Endpoints of licences of providers.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    LicenceSuspensionCreate, LicenceSuspensionEnd, ProviderEligibility, ProviderEligibilityQuery,
    ProviderLicenceCreate, ProviderLicenceEnd, ProviderLicencePage, ProviderLicenceQuery,
    ProviderLicenceView,
};
use super::model::ProviderLicence;
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a licence of a provider
///
/// Number, dates and the entry of the state register. From the first recorded licence on, hours of training earned on
/// days without a valid one do not count.
#[utoipa::path(
    tag = "registry", operation_id = "record_provider_licence", request_body = ProviderLicenceCreate,
    responses((status = 201, description = "The new licence", body = ProviderLicenceView))
)]
#[post("/provider-licences")]
pub async fn record_provider_licence(call: Call, body: Body<ProviderLicenceCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let made =
            service::record_provider_licence(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/provider-licences/{}", made.id), made.version);
        Reply::created(location, version, &view(ctx.actor, made))
    })
    .await
}

/// Lists licences of providers
///
/// Those of the caller's region, the newest first.
#[utoipa::path(
    tag = "registry", operation_id = "list_provider_licences", params(ProviderLicenceQuery),
    responses((status = 200, description = "One page", body = ProviderLicencePage))
)]
#[get("/provider-licences")]
pub async fn list_provider_licences(call: Call, query: Query<ProviderLicenceQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let provider = query.organization_id;
    let found =
        call.snapshot(async |ctx| service::list_provider_licences(ctx, provider, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.valid_from, last.id))?;
    let items = items.into_iter().map(|licence| view(&call.actor, licence)).collect();
    Reply::ok(&ProviderLicencePage { items, next_cursor })
}

/// Reads a licence of a provider
///
/// With its suspensions; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "registry", operation_id = "get_provider_licence",
    params(("id" = Uuid, Path, description = "The licence's id")),
    responses((status = 200, description = "The licence", body = ProviderLicenceView))
)]
#[get("/provider-licences/{id}")]
pub async fn get_provider_licence(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let licence = call.snapshot(async |ctx| service::get_provider_licence(ctx, *id).await).await?;
    item(&call.actor, licence)
}

/// Ends a licence of a provider
///
/// Gives it its last day of validity, or another one.
#[utoipa::path(
    tag = "registry", operation_id = "end_provider_licence", request_body = ProviderLicenceEnd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The licence's id")),
    responses((status = 200, description = "The licence as it is now", body = ProviderLicenceView))
)]
#[post("/provider-licences/{id}/end")]
pub async fn end_provider_licence(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProviderLicenceEnd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(ctx.actor, service::end_provider_licence(ctx, *id, if_match, body.valid_until).await?)
    })
    .await
}

/// Records that a licence is suspended
///
/// From its first day on, hours of training earned under the licence do not count until it is resumed.
#[utoipa::path(
    tag = "registry", operation_id = "record_licence_suspension", request_body = LicenceSuspensionCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The licence's id")),
    responses((status = 200, description = "The licence as it is now", body = ProviderLicenceView))
)]
#[post("/provider-licences/{id}/suspension")]
pub async fn record_licence_suspension(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<LicenceSuspensionCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (from, reason) = (body.suspended_from, body.reason.clone());
        item(ctx.actor, service::record_licence_suspension(ctx, *id, if_match, from, reason).await?)
    })
    .await
}

/// Records that a suspended licence is resumed
///
/// Names the last day of the suspension.
#[utoipa::path(
    tag = "registry", operation_id = "end_licence_suspension", request_body = LicenceSuspensionEnd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The licence's id")),
    responses((status = 200, description = "The licence as it is now", body = ProviderLicenceView))
)]
#[post("/provider-licences/{id}/resumption")]
pub async fn end_licence_suspension(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<LicenceSuspensionEnd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(ctx.actor, service::end_licence_suspension(ctx, *id, if_match, body.suspended_until).await?)
    })
    .await
}

/// Tells whether a provider may train teachers
///
/// By its founders (since 1 September 2025, 273-ФЗ art. 76) and its licences on the day training begins.
#[utoipa::path(
    tag = "registry", operation_id = "get_provider_eligibility",
    params(("id" = Uuid, Path, description = "The provider's id"), ProviderEligibilityQuery),
    responses((status = 200, description = "The verdict", body = ProviderEligibility))
)]
#[get("/organizations/{id}/provider-eligibility")]
pub async fn get_provider_eligibility(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ProviderEligibilityQuery>,
) -> Result<Reply> {
    let on = query.on;
    let found = call.snapshot(async |ctx| service::get_provider_eligibility(ctx, *id, on).await).await?;
    Reply::ok(&ProviderEligibility {
        organization_id: *id,
        on: found.on,
        verdict: found.verdict,
        counts: found.counts,
    })
}

fn view(actor: &Actor, licence: ProviderLicence) -> ProviderLicenceView {
    let actions = service::allowed_actions(actor, &licence);
    ProviderLicenceView::new(licence, actions)
}

fn item(actor: &Actor, licence: ProviderLicence) -> Result<Reply> {
    Reply::item(licence.version, &view(actor, licence))
}
