//! Endpoints of recommendations.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    RecommendationCreate, RecommendationPage, RecommendationQuery, RecommendationView,
    RecommendationWithdrawal,
};
use super::model::Recommendation;
use super::service;
use super::store::Filter;
use crate::db::Ctx;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Recommends a program to a person
///
/// Or a module, or a topic; with what it rests on. The regulation of the person's school says who recommends, on which
/// bases, and whether only programs of the active registry.
#[utoipa::path(
    tag = "registry", operation_id = "create_recommendation", request_body = RecommendationCreate,
    responses((status = 201, description = "The new recommendation", body = RecommendationView))
)]
#[post("/recommendations")]
pub async fn create_recommendation(call: Call, body: Body<RecommendationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let given = service::create_recommendation(ctx, body.person_id, body.0.clone().into()).await?;
        let (location, version) = (format!("/api/v1/recommendations/{}", given.id), given.version);
        Reply::created(location, version, &view(ctx, given).await?)
    })
    .await
}

/// Lists recommendations
///
/// Those for the people the caller works with, newest first.
#[utoipa::path(
    tag = "registry", operation_id = "list_recommendations", params(RecommendationQuery),
    responses((status = 200, description = "One page", body = RecommendationPage))
)]
#[get("/recommendations")]
pub async fn list_recommendations(call: Call, query: Query<RecommendationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter {
        person_id: query.person_id,
        organization_id: query.organization_id,
        program_id: query.program_id,
        basis: query.basis,
        state: query.state,
    };
    let found = call
        .read(async |ctx| {
            let found = service::list_recommendations(ctx, filter, &page, after).await?;
            let actions = service::allowed_actions(ctx, &found).await?;
            Ok(found.into_iter().zip(actions).collect::<Vec<_>>())
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| (last.recorded_on, last.id))?;
    let items = items.into_iter().map(|(given, actions)| RecommendationView::new(given, actions)).collect();
    Reply::ok(&RecommendationPage { items, next_cursor })
}

/// Reads a recommendation
///
/// The `ETag` is needed to withdraw it.
#[utoipa::path(
    tag = "registry", operation_id = "get_recommendation",
    params(("id" = Uuid, Path, description = "The recommendation's id")),
    responses((status = 200, description = "The recommendation", body = RecommendationView))
)]
#[get("/recommendations/{id}")]
pub async fn get_recommendation(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.read(async |ctx| {
        let given = service::get_recommendation(ctx, *id).await?;
        Reply::item(given.version, &view(ctx, given).await?)
    })
    .await
}

/// Withdraws a recommendation
///
/// With a reason; it stays readable.
#[utoipa::path(
    tag = "registry", operation_id = "withdraw_recommendation", request_body = RecommendationWithdrawal,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The recommendation's id")),
    responses((status = 200, description = "The recommendation as it is now", body = RecommendationView))
)]
#[post("/recommendations/{id}/withdrawal")]
pub async fn withdraw_recommendation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RecommendationWithdrawal>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let given = service::withdraw_recommendation(ctx, *id, if_match, &body.reason).await?;
        Reply::item(given.version, &view(ctx, given).await?)
    })
    .await
}

async fn view(ctx: &Ctx<'_>, given: Recommendation) -> Result<RecommendationView> {
    let actions = service::allowed_actions(ctx, std::slice::from_ref(&given)).await?;
    Ok(RecommendationView::new(given, actions.into_iter().flatten().collect()))
}
