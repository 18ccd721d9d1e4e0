//! Endpoints of campaigns.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    NeedCampaignCreate, NeedCampaignPage, NeedCampaignQuery, NeedCampaignUpdate, NeedCampaignView,
    NeedResponseRate,
};
use super::service::{self, Shown};
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Opens a campaign of the monitoring of demand
///
/// Needs may name it from the first to the last day, both included, by the region's clock.
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_need_campaign", request_body = NeedCampaignCreate,
    responses((status = 201, description = "The new campaign", body = NeedCampaignView))
)]
#[post("/need-campaigns")]
pub async fn create_need_campaign(call: Call, body: Body<NeedCampaignCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown =
            service::create_need_campaign(ctx, body.municipality_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/need-campaigns/{}", shown.0.id), shown.0.version);
        let collector = service::collector(ctx).await?;
        Reply::created(location, version, &view(ctx.actor, &collector, shown))
    })
    .await
}

/// Lists campaigns of the monitoring of demand
///
/// Those that ask the caller's place or places below it, the newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_need_campaigns", params(NeedCampaignQuery),
    responses((status = 200, description = "One page", body = NeedCampaignPage))
)]
#[get("/need-campaigns")]
pub async fn list_need_campaigns(call: Call, query: Query<NeedCampaignQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let (found, collector) = call
        .read(async |ctx| {
            Ok((service::list_need_campaigns(ctx, &page, after).await?, service::collector(ctx).await?))
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| (last.data.opens_on, last.id))?;
    let items = items.into_iter().map(|shown| view(&call.actor, &collector, shown)).collect();
    Reply::ok(&NeedCampaignPage { items, next_cursor })
}

/// Reads a campaign of the monitoring of demand
///
/// The `ETag` is needed to change it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_need_campaign",
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign", body = NeedCampaignView))
)]
#[get("/need-campaigns/{id}")]
pub async fn get_need_campaign(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (shown, collector) = call
        .read(async |ctx| Ok((service::get_need_campaign(ctx, *id).await?, service::collector(ctx).await?)))
        .await?;
    Reply::item(shown.0.version, &view(&call.actor, &collector, shown))
}

/// Changes a campaign of the monitoring of demand
///
/// Title and dates: a campaign is closed early or kept open longer by its last day.
#[utoipa::path(
    tag = "diagnostics", operation_id = "update_need_campaign", request_body = NeedCampaignUpdate,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign as it is now", body = NeedCampaignView))
)]
#[put("/need-campaigns/{id}")]
pub async fn update_need_campaign(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<NeedCampaignUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let (shown, collector) = call
        .write(async |ctx| {
            let shown = service::update_need_campaign(ctx, *id, if_match, body.data.clone().into()).await?;
            Ok((shown, service::collector(ctx).await?))
        })
        .await?;
    Reply::item(shown.0.version, &view(&call.actor, &collector, shown))
}

/// Counts how many schools answered a campaign
///
/// By municipality (P2-16); a municipality sees its own row. Numbers only.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_need_response_rate",
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The counts", body = NeedResponseRate))
)]
#[get("/need-campaigns/{id}/response-rate")]
pub async fn get_need_response_rate(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let counts = call.snapshot(async |ctx| service::get_need_response_rate(ctx, *id).await).await?;
    let municipalities = counts.into_iter().map(Into::into).collect();
    Reply::ok(&NeedResponseRate { campaign_id: *id, municipalities })
}

fn view(actor: &Actor, collector: &Actor, (campaign, state): Shown) -> NeedCampaignView {
    let actions = service::allowed_actions(actor, collector, &campaign);
    NeedCampaignView::new(campaign, state, actions)
}
