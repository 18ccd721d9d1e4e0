//! Endpoints of compliance.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{HoursComplianceQuery, HoursComplianceView};
use super::service::{self, Question};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads the hours compliance of an organization
///
/// Both checks for everybody who works there on the day, by the same fold as the individual balances. Of a ministry it is
/// the whole region, of a municipal authority the municipality, where everybody counts once, by the main employer. Callers
/// who may not read those balances get the counts alone; who is behind the numbers of a municipality or a region is told
/// by `list_hours_standings`.
#[utoipa::path(
    tag = "hours", operation_id = "get_hours_compliance",
    params(("id" = Uuid, Path, description = "The organization's id"), HoursComplianceQuery),
    responses((status = 200, description = "The compliance", body = HoursComplianceView))
)]
#[get("/organizations/{id}/hours-compliance")]
pub async fn get_hours_compliance(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<HoursComplianceQuery>,
) -> Result<Reply> {
    let question = Question {
        organization_id: *id,
        as_of: query.as_of,
        known_at: query.known_at,
        group_by: query.group_by.map(Into::into),
    };
    // The sums and the rows that hold no more have to be of one moment.
    let found = call.snapshot(async |ctx| service::get_hours_compliance(ctx, question).await).await?;
    Reply::ok(&HoursComplianceView::from(found))
}
