//! Endpoints of administrative acts.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    AdministrativeActCreate, AdministrativeActPage, AdministrativeActQuery, AdministrativeActView,
};
use super::model::Filter;
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records an administrative act
///
/// An order, a regulation of work or a job description of an organization, with the routes that it names.
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_administrative_act", request_body = AdministrativeActCreate,
    responses((status = 201, description = "The new act", body = AdministrativeActView))
)]
#[post("/administrative-acts")]
pub async fn record_administrative_act(call: Call, body: Body<AdministrativeActCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let act =
            service::record_administrative_act(ctx, body.organization_id, body.data.clone().into()).await?;
        let location = format!("/api/v1/administrative-acts/{}", act.id);
        Reply::created(location, act.version, &AdministrativeActView::from(act))
    })
    .await
}

/// Lists administrative acts
///
/// Those of the organizations the caller works with, newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_administrative_acts", params(AdministrativeActQuery),
    responses((status = 200, description = "One page", body = AdministrativeActPage))
)]
#[get("/administrative-acts")]
pub async fn list_administrative_acts(call: Call, query: Query<AdministrativeActQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter { organization_id: query.organization_id, kind: query.kind };
    let found =
        call.read(async |ctx| service::list_administrative_acts(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.dated_on, last.id))?;
    Reply::ok(&AdministrativeActPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an administrative act
///
/// It never changes.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_administrative_act",
    params(("id" = Uuid, Path, description = "The act's id")),
    responses((status = 200, description = "The act", body = AdministrativeActView))
)]
#[get("/administrative-acts/{id}")]
pub async fn get_administrative_act(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let act = call.read(async |ctx| service::get_administrative_act(ctx, *id).await).await?;
    Reply::item(act.version, &AdministrativeActView::from(act))
}
