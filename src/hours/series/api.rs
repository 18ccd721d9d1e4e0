//! Endpoints of series.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{HoursSeriesQuery, HoursSeriesView};
use super::model::Asked;
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads how a person's hours grew over time
///
/// At most 240 points from the first to the last day, a month or a quarter apart, as a chart draws them. Each point is the
/// balance of its day under the main employer's regulation of that day, from what is recorded now.
#[utoipa::path(
    tag = "hours", operation_id = "get_hours_series",
    params(("id" = Uuid, Path, description = "The person's id"), HoursSeriesQuery),
    responses((status = 200, description = "The points", body = HoursSeriesView))
)]
#[get("/persons/{id}/hours-series")]
pub async fn get_hours_series(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<HoursSeriesQuery>,
) -> Result<Reply> {
    let asked = Asked {
        person_id: *id,
        from: query.from,
        until: query.until,
        step: query.step.map(Into::into).unwrap_or_default(),
    };
    let series = call.read(async |ctx| service::get_hours_series(ctx, asked).await).await?;
    Reply::ok(&HoursSeriesView::from(series))
}
