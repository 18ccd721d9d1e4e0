//! The endpoint of yearly reports.

use actix_web::{get, web};

use super::dto::{YearlyReportPaper, YearlyReportQuery, YearlyReportView};
use super::{print, service};
use crate::error::Result;
use crate::http::{Call, PRINTED, Query, Reply, printed_file};
use crate::learning_routes::documents::words::Words;

/// Reads the report of a year
///
/// Every measure of a municipality, of the region or of a school with what it means, as of the last day of the calendar year
/// (today while it lasts), of the unit and of every unit directly under it, and how it went from quarter to quarter: the
/// numbers of `list_measures`, counted nowhere else. Groups of fewer than five people are hidden as there; another's place is
/// refused (P2-41). With `Accept: application/pdf` it comes to be printed with tables and charts, in the caller's language.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_yearly_report",
    params(
        ("year" = i32, Path, description = "The calendar year, not one that has not begun", minimum = 2000, maximum = 2100),
        YearlyReportQuery,
    ),
    responses((status = 200, description = "The report", content(
        (YearlyReportView = "application/json"), (YearlyReportPaper = "application/pdf"),
    )))
)]
#[get("/yearly-reports/{year}")]
pub async fn get_yearly_report(
    call: Call,
    year: web::Path<i32>,
    query: Query<YearlyReportQuery>,
) -> Result<Reply> {
    let organization_id = query.organization_id;
    let report =
        call.snapshot(async |ctx| service::get_yearly_report(ctx, organization_id, *year).await).await?;
    let language = call.language();
    if call.format(PRINTED) == 0 {
        return Ok(Reply::derived(0, &YearlyReportView::new(report, language))?.by_accept());
    }
    let document = print::yearly_report(&report, Words(language));
    printed_file(0, format!("yearly-report-{year}.pdf"), document).await
}
