//! Endpoints of findings.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    OutcomeFindingCreate, OutcomeFindingPage, OutcomeFindingQuery, OutcomeFindingUpdate, OutcomeFindingView,
};
use super::model::Finding;
use super::service;
use super::store::Filter;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a finding of pupils' assessment
///
/// Typical difficulties of pupils in a subject, by school, municipality or region, with the mark of a zone of low
/// quality. Needs and priority directions name the findings they rest on.
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_outcome_finding", request_body = OutcomeFindingCreate,
    responses((status = 201, description = "The new finding", body = OutcomeFindingView))
)]
#[post("/outcome-findings")]
pub async fn create_outcome_finding(call: Call, body: Body<OutcomeFindingCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let finding =
            service::create_outcome_finding(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/outcome-findings/{}", finding.id), finding.version);
        Reply::created(location, version, &view(&service::supplier(ctx).await?, finding))
    })
    .await
}

/// Lists findings of pupils' assessment
///
/// What is about the caller's place, what lies above it, and for municipality and region all below it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_outcome_findings", params(OutcomeFindingQuery),
    responses((status = 200, description = "One page", body = OutcomeFindingPage))
)]
#[get("/outcome-findings")]
pub async fn list_outcome_findings(call: Call, query: Query<OutcomeFindingQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter {
        source: query.source,
        subject: query.subject.clone(),
        municipality_id: query.municipality_id,
        organization_id: query.organization_id,
        low_quality_zone: query.low_quality_zone,
    };
    let (found, supplier) = call
        .read(async |ctx| {
            let found = service::list_outcome_findings(ctx, &filter, &page, after).await?;
            Ok((found, service::supplier(ctx).await?))
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.period_until, last.id))?;
    let items = items.into_iter().map(|finding| view(&supplier, finding)).collect();
    Reply::ok(&OutcomeFindingPage { items, next_cursor })
}

/// Reads a finding of pupils' assessment
///
/// The `ETag` is needed to mend it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_outcome_finding",
    params(("id" = Uuid, Path, description = "The finding's id")),
    responses((status = 200, description = "The finding", body = OutcomeFindingView))
)]
#[get("/outcome-findings/{id}")]
pub async fn get_outcome_finding(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (finding, supplier) = call
        .read(async |ctx| Ok((service::get_outcome_finding(ctx, *id).await?, service::supplier(ctx).await?)))
        .await?;
    Reply::item(finding.version, &view(&supplier, finding))
}

/// Mends a finding of pupils' assessment
///
/// Replaces what it says; what it is about stays.
#[utoipa::path(
    tag = "diagnostics", operation_id = "update_outcome_finding", request_body = OutcomeFindingUpdate,
    params(("id" = Uuid, Path, description = "The finding's id")),
    responses((status = 200, description = "The finding as it is now", body = OutcomeFindingView))
)]
#[put("/outcome-findings/{id}")]
pub async fn update_outcome_finding(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OutcomeFindingUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let (finding, supplier) = call
        .write(async |ctx| {
            let finding =
                service::update_outcome_finding(ctx, *id, if_match, body.data.clone().into()).await?;
            Ok((finding, service::supplier(ctx).await?))
        })
        .await?;
    Reply::item(finding.version, &view(&supplier, finding))
}

fn view(actor: &Actor, finding: Finding) -> OutcomeFindingView {
    let actions = service::allowed_actions(actor, &finding);
    OutcomeFindingView::new(finding, actions)
}
