//! The endpoint of the report.

use actix_web::get;

use super::dto::{DiagnosticReport, DiagnosticReportQuery};
use super::service::{self, Asked};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads the report of diagnostics
///
/// The same report for a school, a municipality and the region (P2-18): people tested, coverage, deficits by block and
/// competency, the share of them closed, and which of them no active program answers. Groups of fewer than five people
/// are hidden, with as much else as it takes that nobody can take one number from another and tell a person.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_diagnostic_report", params(DiagnosticReportQuery),
    responses((status = 200, description = "The report", body = DiagnosticReport))
)]
#[get("/diagnostic-report")]
pub async fn get_diagnostic_report(call: Call, query: Query<DiagnosticReportQuery>) -> Result<Reply> {
    let asked = Asked::from(&query.0);
    let report = call.snapshot(async |ctx| service::get_diagnostic_report(ctx, asked).await).await?;
    Reply::ok(&DiagnosticReport::from(report))
}
