//! Endpoints of consultations.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{ConsultationCreate, ConsultationPage, ConsultationQuery, ConsultationView};
use super::service;
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a consultation
///
/// Who helped whom with what: ministry, operator, coordinator and municipality record what they consulted.
#[utoipa::path(
    tag = "support", operation_id = "record_consultation", request_body = ConsultationCreate,
    responses((status = 201, description = "The new record", body = ConsultationView))
)]
#[post("/consultations")]
pub async fn record_consultation(call: Call, body: Body<ConsultationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (place, person, data) = (body.organization_id, body.person_id, body.data.clone().into());
        let held = service::record_consultation(ctx, place, person, data).await?;
        let (location, version) = (format!("/api/v1/consultations/{}", held.id), held.version);
        Reply::created(location, version, &ConsultationView::from(held))
    })
    .await
}

/// Lists consultations
///
/// Those of the people and organizations the caller works with, newest first.
#[utoipa::path(
    tag = "support", operation_id = "list_consultations", params(ConsultationQuery),
    responses((status = 200, description = "One page", body = ConsultationPage))
)]
#[get("/consultations")]
pub async fn list_consultations(call: Call, query: Query<ConsultationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter {
        kind: query.kind,
        given_by_id: query.given_by_id,
        organization_id: query.organization_id,
        person_id: query.person_id,
        route_id: query.route_id,
    };
    let found = call.read(async |ctx| service::list_consultations(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.held_on, last.id))?;
    Reply::ok(&ConsultationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a consultation
///
/// It never changes.
#[utoipa::path(
    tag = "support", operation_id = "get_consultation",
    params(("id" = Uuid, Path, description = "The consultation's id")),
    responses((status = 200, description = "The consultation", body = ConsultationView))
)]
#[get("/consultations/{id}")]
pub async fn get_consultation(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let held = call.read(async |ctx| service::get_consultation(ctx, *id).await).await?;
    Reply::item(held.version, &ConsultationView::from(held))
}
