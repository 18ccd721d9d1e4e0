//! Endpoints of balances.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{HoursBalanceForecast, HoursBalanceForecastAsk, HoursBalanceQuery, HoursBalanceView};
use super::model::{Planned, Question};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Reads the hours balance of a person
///
/// Two checks (P0-29): the law's frequency, and the norm of hours of the regulation that binds the person's school.
/// Every paper is listed as counted, or as not counted with the reason and the paragraph; what leaves the window next,
/// month by month too, when the norm breaks and when training is due by law follow, and the norm at every employer.
/// The same question gets the same answer (P0-18).
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

/// Shows what planned training would change in the balance
///
/// The balance on a day as it is, and as if the planned training had been confirmed: which of it would count, which not
/// and why, and when the norm would then break. Nothing is written, so that no `Idempotency-Key` is needed. Planned training must be
/// what a provider may issue a paper about: at least 16 hours of advanced training, 250 of retraining (B1.5).
#[utoipa::path(
    tag = "hours", operation_id = "preview_hours_balance",
    params(("id" = Uuid, Path, description = "The person's id")),
    request_body = HoursBalanceForecastAsk,
    responses((status = 200, description = "Both balances", body = HoursBalanceForecast)),
    extensions(("x-repeatable" = json!(true)), ("x-changes-nothing" = json!(true)))
)]
#[post("/persons/{id}/hours-balance-forecast")]
pub async fn preview_hours_balance(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<HoursBalanceForecastAsk>,
) -> Result<Reply> {
    let question =
        Question { person_id: *id, as_of: body.as_of, known_at: None, organization_id: body.organization_id };
    let planned: Vec<Planned> = body.0.planned.into_iter().map(Planned::from).collect();
    let found =
        call.read(async |ctx| service::preview_hours_balance(ctx, question, planned.clone()).await).await?;
    Reply::ok(&HoursBalanceForecast::from(found))
}
