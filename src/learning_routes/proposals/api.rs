//! Endpoints of proposals.

use actix_web::{post, web};
use uuid::Uuid;

use super::dto::{RouteProposalCreate, RouteProposalView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Endpoints, Reply};

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(propose_route);
}

/// Proposes a route
///
/// Computes a draft from the person's open deficits and their weight, the programs and single modules on offer with
/// their dates, the hours that the norm will lack at the end of the term, budget and wishes. The choice is exact and the
/// same for the same facts: first the weight of the deficits answered, then the hours that the norm lacks, then the
/// wishes, then the price, then the hours. Every choice and every deficit left uncovered is explained. Nothing is stored:
/// start a route and put `content` into it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "propose_route", request_body = RouteProposalCreate,
    params(("id" = Uuid, Path, description = "The learner's id")),
    responses((status = 200, description = "The route proposed", body = RouteProposalView))
)]
#[post("/persons/{id}/route-proposals")]
pub async fn propose_route(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteProposalCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let proposal = service::propose_route(ctx, body.to_asked(*id)).await?;
        Reply::ok(&RouteProposalView::from(proposal))
    })
    .await
}
