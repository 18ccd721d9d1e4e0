//! Endpoints of forecasts.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{HoursForecastQuery, HoursForecastView};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads what becomes of an organization's hours
///
/// How many people meet the norm and the law's frequency on the first day and on the first of each of the next 36 months,
/// if nothing is added: by the same fold as the individual balances. A ministry asks for its region and a municipal
/// authority for its municipality, where everybody counts once, at the main employer; any other organization for
/// everybody who works there. Work and regulations that are known to begin or end are followed. A region is folded 500
/// people at a time and takes seconds.
#[utoipa::path(
    tag = "hours", operation_id = "get_hours_forecast",
    params(("id" = Uuid, Path, description = "The organization's id"), HoursForecastQuery),
    responses((status = 200, description = "The forecast", body = HoursForecastView))
)]
#[get("/organizations/{id}/hours-forecast")]
pub async fn get_hours_forecast(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<HoursForecastQuery>,
) -> Result<Reply> {
    let as_of = query.as_of;
    let found = call.read(async |ctx| service::get_hours_forecast(ctx, *id, as_of).await).await?;
    Reply::ok(&HoursForecastView::from(found))
}
