//! Endpoints of decisions.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    ManagerialDecisionAnswer, ManagerialDecisionCreate, ManagerialDecisionPage, ManagerialDecisionQuery,
    ManagerialDecisionView,
};
use super::service::{self, Asked, NewDecision, ShownDecision};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownDecision) -> Result<Reply> {
    Reply::derived(shown.decision.version, &ManagerialDecisionView::from(shown))
}

/// Takes a managerial decision or gives an instruction
///
/// With an addressee below and a due day. A decision follows from a monitoring (P2-40): of the region, or of one's own
/// municipality (P2-44); an instruction may stand by itself (P4-17). Who decides and who instructs the regulation says.
#[utoipa::path(
    tag = "monitoring", operation_id = "create_managerial_decision", request_body = ManagerialDecisionCreate,
    responses((status = 201, description = "The new decision", body = ManagerialDecisionView))
)]
#[post("/managerial-decisions")]
pub async fn create_managerial_decision(call: Call, body: Body<ManagerialDecisionCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let new = NewDecision {
            organization_id: body.organization_id,
            kind: body.kind.into(),
            addressee_id: body.addressee_id,
            monitoring_id: body.monitoring_id,
            text: body.text.clone(),
            due_on: body.due_on,
        };
        let shown = service::create_managerial_decision(ctx, new).await?;
        let location = format!("/api/v1/managerial-decisions/{}", shown.decision.id);
        Reply::created(location, shown.decision.version, &ManagerialDecisionView::from(shown))
    })
    .await
}

/// Lists managerial decisions and instructions
///
/// Those that one's organization or territory took or is bound by, those due last first.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_managerial_decisions", params(ManagerialDecisionQuery),
    responses((status = 200, description = "One page", body = ManagerialDecisionPage))
)]
#[get("/managerial-decisions")]
pub async fn list_managerial_decisions(call: Call, query: Query<ManagerialDecisionQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let asked = Asked {
        kind: query.kind.map(Into::into),
        monitoring_id: query.monitoring_id,
        addressee_id: query.addressee_id,
        overdue: query.overdue,
    };
    let found =
        call.read(async |ctx| service::list_managerial_decisions(ctx, asked, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.decision.due_on, last.decision.id))?;
    Reply::ok(&ManagerialDecisionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a managerial decision or an instruction
///
/// With the answer of the addressee. The `ETag` is needed to answer.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_managerial_decision",
    params(("id" = Uuid, Path, description = "The decision's id")),
    responses((status = 200, description = "The decision", body = ManagerialDecisionView))
)]
#[get("/managerial-decisions/{id}")]
pub async fn get_managerial_decision(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_managerial_decision(ctx, *id).await).await?)
}

/// Answers a managerial decision or an instruction
///
/// The addressed organization says what it has done, once.
#[utoipa::path(
    tag = "monitoring", operation_id = "answer_managerial_decision", request_body = ManagerialDecisionAnswer,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The decision's id")),
    responses((status = 200, description = "The decision as it is now", body = ManagerialDecisionView))
)]
#[post("/managerial-decisions/{id}/answer")]
pub async fn answer_managerial_decision(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ManagerialDecisionAnswer>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::answer_managerial_decision(ctx, *id, if_match, body.text.clone()).await?)
    })
    .await
}
