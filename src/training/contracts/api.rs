//! Endpoints of contracts.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    ContractCreate, ContractEnd, ContractEnrollmentsAdd, ContractPage, ContractQuery, ContractView,
};
use super::service::{self, ShownContract};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a contract
///
/// Of the caller's school with a provider. While it is in force it covers whoever of the school is enrolled there.
#[utoipa::path(
    tag = "training", operation_id = "create_contract", request_body = ContractCreate,
    responses((status = 201, description = "The new contract", body = ContractView))
)]
#[post("/contracts")]
pub async fn create_contract(call: Call, body: Body<ContractCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_contract(ctx, body.0.clone().into()).await?;
        let (id, version) = (shown.contract.id, shown.contract.version);
        Reply::created(format!("/api/v1/contracts/{id}"), version, &ContractView::from(shown))
    })
    .await
}

/// Lists contracts
///
/// Of one's school, with one's organization, about oneself, or of what lies below; the newest first.
#[utoipa::path(
    tag = "training", operation_id = "list_contracts", params(ContractQuery),
    responses((status = 200, description = "One page", body = ContractPage))
)]
#[get("/contracts")]
pub async fn list_contracts(call: Call, query: Query<ContractQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_contracts(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.signed_on, last.id))?;
    Reply::ok(&ContractPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a contract
///
/// With the number of enrollments it covers; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "training", operation_id = "get_contract",
    params(("id" = Uuid, Path, description = "The contract's id")),
    responses((status = 200, description = "The contract", body = ContractView))
)]
#[get("/contracts/{id}")]
pub async fn get_contract(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_contract(ctx, *id).await).await?)
}

/// Puts enrollments under a contract
///
/// Those of the school's people at the provider that no other contract covers; all of them or none.
#[utoipa::path(
    tag = "training", operation_id = "add_contract_enrollments", request_body = ContractEnrollmentsAdd,
    params(("id" = Uuid, Path, description = "The contract's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The contract as it is now", body = ContractView))
)]
#[post("/contracts/{id}/enrollments")]
pub async fn add_contract_enrollments(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ContractEnrollmentsAdd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::add_contract_enrollments(ctx, *id, if_match, &body.enrollment_ids).await?)
    })
    .await
}

/// Ends a contract
///
/// From then on it covers no new enrollments; those it covers keep it.
#[utoipa::path(
    tag = "training", operation_id = "end_contract", request_body = ContractEnd,
    params(("id" = Uuid, Path, description = "The contract's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The contract as it is now", body = ContractView))
)]
#[post("/contracts/{id}/termination")]
pub async fn end_contract(call: Call, id: web::Path<Uuid>, body: Body<ContractEnd>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::end_contract(ctx, *id, if_match, body.terminated_on).await?))
        .await
}

fn item(shown: ShownContract) -> Result<Reply> {
    Reply::derived(shown.contract.version, &ContractView::from(shown))
}
