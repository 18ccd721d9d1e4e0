//! Endpoints of surveys of the quality of training.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{QualitySurveyCreate, QualitySurveyPage, QualitySurveyQuery, QualitySurveyView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a survey of the quality of training
///
/// Of an offering that has begun: survey, result and conclusion (P2-32), by the regional operator or by the organiser, whom the
/// regulation names. A second one of the same day is refused with `conflict.already_exists`.
#[utoipa::path(
    tag = "support", operation_id = "record_quality_survey", request_body = QualitySurveyCreate,
    responses((status = 201, description = "The new record", body = QualitySurveyView))
)]
#[post("/quality-surveys")]
pub async fn record_quality_survey(call: Call, body: Body<QualitySurveyCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let survey = service::record_quality_survey(ctx, body.offering_id, body.data.clone().into()).await?;
        let location = format!("/api/v1/quality-surveys/{}", survey.id);
        Reply::created(location, survey.version, &QualitySurveyView::from(survey))
    })
    .await
}

/// Lists surveys of the quality of training
///
/// Those of one's own offerings, or of one's territory; the newest first.
#[utoipa::path(
    tag = "support", operation_id = "list_quality_surveys", params(QualitySurveyQuery),
    responses((status = 200, description = "One page", body = QualitySurveyPage))
)]
#[get("/quality-surveys")]
pub async fn list_quality_surveys(call: Call, query: Query<QualitySurveyQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_quality_surveys(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.surveyed_on, last.id))?;
    Reply::ok(&QualitySurveyPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a survey of the quality of training
///
/// It never changes.
#[utoipa::path(
    tag = "support", operation_id = "get_quality_survey",
    params(("id" = Uuid, Path, description = "The survey's id")),
    responses((status = 200, description = "The survey", body = QualitySurveyView))
)]
#[get("/quality-surveys/{id}")]
pub async fn get_quality_survey(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let survey = call.read(async |ctx| service::get_quality_survey(ctx, *id).await).await?;
    Reply::item(survey.version, &QualitySurveyView::from(survey))
}
