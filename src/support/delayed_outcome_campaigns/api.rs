//! Endpoints of campaigns that follow delayed outcomes.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    DelayedOutcomeCampaignClose, DelayedOutcomeCampaignOpen, DelayedOutcomeCampaignPage,
    DelayedOutcomeCampaignQuery, DelayedOutcomeCampaignView,
};
use super::service::{self, ShownCampaign};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownCampaign) -> Result<Reply> {
    Reply::derived(shown.campaign.version, &DelayedOutcomeCampaignView::from(shown))
}

/// Opens a campaign that follows delayed outcomes
///
/// In the municipality for which the caller acts (P2-43): for the completed training whose outcomes fall due in a period, by the
/// interval of the regulation. A second one for the same period is refused with `conflict.already_exists`.
#[utoipa::path(
    tag = "support", operation_id = "open_delayed_outcome_campaign", request_body = DelayedOutcomeCampaignOpen,
    responses((status = 201, description = "The new campaign", body = DelayedOutcomeCampaignView))
)]
#[post("/delayed-outcome-campaigns")]
pub async fn open_delayed_outcome_campaign(
    call: Call,
    body: Body<DelayedOutcomeCampaignOpen>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::open_delayed_outcome_campaign(ctx, body.clone().into()).await?;
        let location = format!("/api/v1/delayed-outcome-campaigns/{}", shown.campaign.id);
        Reply::created(location, shown.campaign.version, &DelayedOutcomeCampaignView::from(shown))
    })
    .await
}

/// Lists campaigns that follow delayed outcomes
///
/// Those of one's municipality, or of one's territory; the newest period first.
#[utoipa::path(
    tag = "support", operation_id = "list_delayed_outcome_campaigns", params(DelayedOutcomeCampaignQuery),
    responses((status = 200, description = "One page", body = DelayedOutcomeCampaignPage))
)]
#[get("/delayed-outcome-campaigns")]
pub async fn list_delayed_outcome_campaigns(
    call: Call,
    query: Query<DelayedOutcomeCampaignQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call
        .read(async |ctx| service::list_delayed_outcome_campaigns(ctx, filter, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.due_from, last.id))?;
    Reply::ok(&DelayedOutcomeCampaignPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a campaign that follows delayed outcomes
///
/// With its coverage as it is now: how many outcomes are due, recorded and missing (P2-43), school by school; a school reads its
/// own. The `ETag` is needed to close it.
#[utoipa::path(
    tag = "support", operation_id = "get_delayed_outcome_campaign",
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign", body = DelayedOutcomeCampaignView))
)]
#[get("/delayed-outcome-campaigns/{id}")]
pub async fn get_delayed_outcome_campaign(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_delayed_outcome_campaign(ctx, *id).await).await?)
}

/// Closes a campaign that follows delayed outcomes
///
/// With a conclusion, by whoever opened it; its coverage is still counted.
#[utoipa::path(
    tag = "support", operation_id = "close_delayed_outcome_campaign", request_body = DelayedOutcomeCampaignClose,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The campaign as it is now", body = DelayedOutcomeCampaignView))
)]
#[post("/delayed-outcome-campaigns/{id}/closing")]
pub async fn close_delayed_outcome_campaign(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DelayedOutcomeCampaignClose>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::close_delayed_outcome_campaign(ctx, *id, if_match, body.conclusion.clone()).await?)
    })
    .await
}
