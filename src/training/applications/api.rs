//! Endpoints of applications.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    ApplicationCreate, ApplicationDecide, ApplicationPage, ApplicationQuery, ApplicationView,
    ApplicationWithdraw,
};
use super::service::{self, ShownApplication};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};
use crate::training::vocabulary::ApplicationDecision;

/// Applies for an offering
///
/// A person for himself or herself, without the school's consent; a school for several of its people, who are kept
/// together; a head by a referral with a ground, of which the people are told. When the seats do not suffice the
/// application waits in the order of arrival. A second standing application of a person for the offering is refused.
#[utoipa::path(
    tag = "training", operation_id = "create_application", request_body = ApplicationCreate,
    responses((status = 201, description = "The submitted application", body = ApplicationView))
)]
#[post("/applications")]
pub async fn create_application(call: Call, body: Body<ApplicationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_application(ctx, body.0.clone().into()).await?;
        let (id, version) = (shown.application.id, shown.application.version);
        Reply::created(format!("/api/v1/applications/{id}"), version, &ApplicationView::from(shown))
    })
    .await
}

/// Lists applications
///
/// One's own with the referrals one is named in, those of one's people, and those addressed to one's organization;
/// the newest first.
#[utoipa::path(
    tag = "training", operation_id = "list_applications", params(ApplicationQuery),
    responses((status = 200, description = "One page", body = ApplicationPage))
)]
#[get("/applications")]
pub async fn list_applications(call: Call, query: Query<ApplicationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_applications(ctx, &filter, &page, after).await).await?;
    let key = |last: &service::ApplicationLine| (last.application.created_at, last.application.id);
    let (items, next_cursor) = page.cut(found, &query.0, key)?;
    Reply::ok(&ApplicationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an application
///
/// With the people in it and its place on the waiting list; whoever sees only some of the people gets only them.
#[utoipa::path(
    tag = "training", operation_id = "get_application",
    params(("id" = Uuid, Path, description = "The application's id")),
    responses((status = 200, description = "The application", body = ApplicationView))
)]
#[get("/applications/{id}")]
pub async fn get_application(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_application(ctx, *id).await).await?)
}

/// Decides on an application
///
/// Accepting enrolls everybody in it, if the free seats suffice for all; declining needs a reason. Where the
/// regulation of the school demands a contract with the provider, accepting without one is refused.
#[utoipa::path(
    tag = "training", operation_id = "decide_application", request_body = ApplicationDecide,
    params(("id" = Uuid, Path, description = "The application's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The application as it is now", body = ApplicationView))
)]
#[post("/applications/{id}/decision")]
pub async fn decide_application(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApplicationDecide>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let shown = match body.decision {
            ApplicationDecision::Accept => service::accept_application(ctx, *id, if_match).await?,
            ApplicationDecision::Decline => {
                service::decline_application(ctx, *id, if_match, body.reason.as_deref()).await?
            }
        };
        item(shown)
    })
    .await
}

/// Takes an application back
///
/// While it is not decided; whoever is enrolled already leaves with `withdraw_enrollment`.
#[utoipa::path(
    tag = "training", operation_id = "withdraw_application", request_body = ApplicationWithdraw,
    params(("id" = Uuid, Path, description = "The application's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The application as it is now", body = ApplicationView))
)]
#[post("/applications/{id}/withdrawal")]
pub async fn withdraw_application(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApplicationWithdraw>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::withdraw_application(ctx, *id, if_match, body.reason.as_deref()).await?)
    })
    .await
}

/// Takes notice of a referral
///
/// By a person whom a head has sent; a second time changes nothing.
#[utoipa::path(
    tag = "training", operation_id = "acknowledge_referral",
    params(("id" = Uuid, Path, description = "The referral's id")),
    responses((status = 200, description = "The referral as it is now", body = ApplicationView))
)]
#[post("/applications/{id}/acknowledgement")]
pub async fn acknowledge_referral(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.write_once(async |ctx| item(service::acknowledge_referral(ctx, *id).await?)).await
}

fn item(shown: ShownApplication) -> Result<Reply> {
    Reply::derived(shown.application.version, &ApplicationView::from(shown))
}
