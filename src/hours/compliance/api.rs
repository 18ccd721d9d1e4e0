//! Endpoints of compliance.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{HoursComplianceQuery, HoursComplianceView};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads the hours compliance of an organization
///
/// Both checks for everybody who works there on the day, by the same fold as the individual balances. Callers who
/// may not read those balances get the counts alone.
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
    let (as_of, known_at) = (query.as_of, query.known_at);
    let found = call.read(async |ctx| service::get_hours_compliance(ctx, *id, as_of, known_at).await).await?;
    Reply::ok(&HoursComplianceView::from(found))
}
