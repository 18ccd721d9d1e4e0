//! Endpoints of balances.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{HoursBalanceQuery, HoursBalanceView};
use super::service::{self, Question};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Reads the hours balance of a person
///
/// Two checks (P0-29): the law's frequency, and the norm of hours of the regulation that binds the person's school.
/// Every paper is listed as counted, or as not counted with the reason; what leaves the window next, when the norm
/// breaks and when training is due by law follow. The same question gets the same answer (P0-18).
#[utoipa::path(
    tag = "hours", operation_id = "get_hours_balance",
    params(("id" = Uuid, Path, description = "The person's id"), HoursBalanceQuery),
    responses((status = 200, description = "The balance", body = HoursBalanceView))
)]
#[get("/persons/{id}/hours-balance")]
pub async fn get_hours_balance(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<HoursBalanceQuery>,
) -> Result<Reply> {
    let question = Question {
        person_id: *id,
        as_of: query.as_of,
        known_at: query.known_at,
        organization_id: query.organization_id,
    };
    let explained = call.read(async |ctx| service::get_hours_balance(ctx, question).await).await?;
    Reply::ok(&HoursBalanceView::from(explained))
}
