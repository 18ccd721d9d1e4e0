//! Endpoints of campaigns.

pub mod people;

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    DiagnosticCampaign, DiagnosticCampaignCancellation, DiagnosticCampaignCreate, DiagnosticCampaignData,
    DiagnosticCampaignPage, DiagnosticCampaignQuery,
};
use super::service::{self, CampaignDetail};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds a campaign
///
/// A planned campaign of diagnostics with its dates, its instrument and the rule that says who takes part (P0-21).
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_diagnostic_campaign", request_body = DiagnosticCampaignCreate,
    responses((status = 201, description = "The new campaign", body = DiagnosticCampaign))
)]
#[post("/diagnostic-campaigns")]
pub async fn create_diagnostic_campaign(call: Call, body: Body<DiagnosticCampaignCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let body = body.0.clone();
        let made = service::create_diagnostic_campaign(ctx, body.owner_id, body.data.into()).await?;
        let location = format!("/api/v1/diagnostic-campaigns/{}", made.campaign.id);
        Reply::created(location, made.campaign.version, &DiagnosticCampaign::from(made))
    })
    .await
}

/// Lists campaigns
///
/// Campaigns that concern the caller's place or are kept below it, those that begin last first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_diagnostic_campaigns", params(DiagnosticCampaignQuery),
    responses((status = 200, description = "One page", body = DiagnosticCampaignPage))
)]
#[get("/diagnostic-campaigns")]
pub async fn list_diagnostic_campaigns(call: Call, query: Query<DiagnosticCampaignQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter::from(&query.0);
    let found =
        call.read(async |ctx| service::list_diagnostic_campaigns(ctx, &filter, &page, after).await).await?;
    let key = |last: &CampaignDetail| (last.campaign.data.starts_on, last.campaign.id);
    let (items, next_cursor) = page.cut(found, &query.0, key)?;
    Reply::ok(&DiagnosticCampaignPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a campaign
///
/// What it is and where it stands.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_diagnostic_campaign",
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign", body = DiagnosticCampaign))
)]
#[get("/diagnostic-campaigns/{id}")]
pub async fn get_diagnostic_campaign(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::get_diagnostic_campaign(ctx, *id).await).await?;
    Reply::item(found.campaign.version, &DiagnosticCampaign::from(found))
}

/// Writes a planned campaign anew
///
/// A campaign that runs does not change any more.
#[utoipa::path(
    tag = "diagnostics", operation_id = "update_diagnostic_campaign", request_body = DiagnosticCampaignData,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign as it is now", body = DiagnosticCampaign))
)]
#[put("/diagnostic-campaigns/{id}")]
pub async fn update_diagnostic_campaign(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DiagnosticCampaignData>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let changed = call
        .write(async |ctx| {
            service::update_diagnostic_campaign(ctx, *id, if_match, body.0.clone().into()).await
        })
        .await?;
    Reply::item(changed.campaign.version, &DiagnosticCampaign::from(changed))
}

/// Starts a campaign
///
/// With `by_rule`, everybody whom the rule names takes part from now on, and whoever is hired while it runs.
#[utoipa::path(
    tag = "diagnostics", operation_id = "start_diagnostic_campaign", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The running campaign", body = DiagnosticCampaign))
)]
#[post("/diagnostic-campaigns/{id}/start")]
pub async fn start_diagnostic_campaign(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let found = service::start_diagnostic_campaign(ctx, *id, if_match).await?;
        Reply::item(found.campaign.version, &DiagnosticCampaign::from(found))
    })
    .await
}

/// Closes a campaign
///
/// Nobody is enrolled, marked or reminded any more; results of its days may still be loaded.
#[utoipa::path(
    tag = "diagnostics", operation_id = "close_diagnostic_campaign", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The closed campaign", body = DiagnosticCampaign))
)]
#[post("/diagnostic-campaigns/{id}/closure")]
pub async fn close_diagnostic_campaign(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let found = service::close_diagnostic_campaign(ctx, *id, if_match).await?;
        Reply::item(found.campaign.version, &DiagnosticCampaign::from(found))
    })
    .await
}

/// Cancels a campaign
///
/// With a reason, planned or running. Nobody is enrolled, marked or reminded any more and no result is added; results
/// recorded until then stay, and so do the deficits they show.
#[utoipa::path(
    tag = "diagnostics", operation_id = "cancel_diagnostic_campaign", extensions(("x-if-match" = json!(true))),
    request_body = DiagnosticCampaignCancellation,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The cancelled campaign", body = DiagnosticCampaign))
)]
#[post("/diagnostic-campaigns/{id}/cancellation")]
pub async fn cancel_diagnostic_campaign(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DiagnosticCampaignCancellation>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let reason = body.reason.clone();
        let found = service::cancel_diagnostic_campaign(ctx, *id, if_match, reason).await?;
        Reply::item(found.campaign.version, &DiagnosticCampaign::from(found))
    })
    .await
}
