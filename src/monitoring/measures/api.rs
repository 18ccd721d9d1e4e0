//! Endpoints of measures.

use actix_web::get;

use super::dto::{
    MeasureDefinitionList, MeasureDefinitionView, MeasurePage, MeasureQuery, MeasureSeriesQuery,
    MeasureSeriesView,
};
use super::service::{self, Asked, AskedSeries, LineKey};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists what measures mean
///
/// One definition of each: what is counted, of how many, in which unit, and from what.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_measure_definitions",
    extensions(("x-whole-list" = json!(true))),
    responses((status = 200, description = "Every definition", body = MeasureDefinitionList))
)]
#[get("/measure-definitions")]
pub async fn list_measure_definitions(call: Call) -> Result<Reply> {
    let language = call.language();
    let definitions = call.read(async |ctx| service::list_measure_definitions(ctx)).await?;
    let items = definitions.iter().map(|definition| MeasureDefinitionView::new(definition, language));
    Reply::ok(&MeasureDefinitionList { items: items.collect() })
}

/// Lists measures of units, side by side
///
/// Of a school, a municipality or the region and of every unit directly under it, on any day until today: the same definition
/// everywhere (`list_measure_definitions`). Groups of fewer than five people are hidden, with as much else as it takes that
/// nobody can take one number from another and tell a person. Another's place is refused (P2-41).
#[utoipa::path(
    tag = "monitoring", operation_id = "list_measures", params(MeasureQuery),
    responses((status = 200, description = "One page", body = MeasurePage))
)]
#[get("/measures")]
pub async fn list_measures(call: Call, query: Query<MeasureQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<LineKey>(&query.0)?;
    let asked = Asked {
        organization_id: query.organization_id,
        measure: query.measure.map(Into::into),
        as_of: query.as_of,
    };
    let found = call.snapshot(async |ctx| service::list_measures(ctx, asked).await).await?;
    let rest = service::rest(found, after.as_ref(), page.fetch());
    let (items, next_cursor) = page.cut(rest, &query.0, service::key)?;
    Reply::ok(&MeasurePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads how a measure went
///
/// Points for a chart: the last day and as many before it as are asked for, so many months apart. Each is the measure of that
/// day as `list_measures` tells it.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_measure_series", params(MeasureSeriesQuery),
    responses((status = 200, description = "The series", body = MeasureSeriesView))
)]
#[get("/measure-series")]
pub async fn get_measure_series(call: Call, query: Query<MeasureSeriesQuery>) -> Result<Reply> {
    let asked = AskedSeries {
        measure: query.measure.into(),
        organization_id: query.organization_id,
        until: query.until,
        step_months: query.step_months.unwrap_or(1),
        points: query.points.unwrap_or(12),
    };
    let series = call.snapshot(async |ctx| service::get_measure_series(ctx, asked).await).await?;
    Reply::ok(&MeasureSeriesView::from(series))
}
