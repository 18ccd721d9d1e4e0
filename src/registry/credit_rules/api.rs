//! Endpoints of credit rules.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{CreditRuleCreate, CreditRuleEnd, CreditRulePage, CreditRuleQuery, CreditRuleView};
use super::model::CreditRule;
use super::service;
use super::store::Filter;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Sets a credit rule
///
/// What was learnt in one program, or in a module of it, is credited in a program of the owner. The regulation says who
/// owns rules and whether only programs of the registry are credited.
#[utoipa::path(
    tag = "registry", operation_id = "create_credit_rule", request_body = CreditRuleCreate,
    responses((status = 201, description = "The new rule", body = CreditRuleView))
)]
#[post("/credit-rules")]
pub async fn create_credit_rule(call: Call, body: Body<CreditRuleCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let rule = service::create_credit_rule(ctx, body.0.clone().into()).await?;
        let (location, version) = (format!("/api/v1/credit-rules/{}", rule.id), rule.version);
        Reply::created(location, version, &view(ctx.actor, rule))
    })
    .await
}

/// Lists credit rules
///
/// Those of the caller's region, the newest first.
#[utoipa::path(
    tag = "registry", operation_id = "list_credit_rules", params(CreditRuleQuery),
    responses((status = 200, description = "One page", body = CreditRulePage))
)]
#[get("/credit-rules")]
pub async fn list_credit_rules(call: Call, query: Query<CreditRuleQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter {
        organization_id: query.organization_id,
        source_program_id: query.source_program_id,
        target_program_id: query.target_program_id,
        on: query.on,
    };
    let found = call.read(async |ctx| service::list_credit_rules(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.valid_from, last.id))?;
    let items = items.into_iter().map(|rule| view(&call.actor, rule)).collect();
    Reply::ok(&CreditRulePage { items, next_cursor })
}

/// Reads a credit rule
///
/// The `ETag` is needed to end it.
#[utoipa::path(
    tag = "registry", operation_id = "get_credit_rule",
    params(("id" = Uuid, Path, description = "The rule's id")),
    responses((status = 200, description = "The rule", body = CreditRuleView))
)]
#[get("/credit-rules/{id}")]
pub async fn get_credit_rule(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let rule = call.read(async |ctx| service::get_credit_rule(ctx, *id).await).await?;
    Reply::item(rule.version, &view(&call.actor, rule))
}

/// Ends a credit rule
///
/// Gives it its last day; a rule is never changed otherwise.
#[utoipa::path(
    tag = "registry", operation_id = "end_credit_rule", request_body = CreditRuleEnd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The rule's id")),
    responses((status = 200, description = "The rule as it is now", body = CreditRuleView))
)]
#[post("/credit-rules/{id}/end")]
pub async fn end_credit_rule(call: Call, id: web::Path<Uuid>, body: Body<CreditRuleEnd>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let rule = service::end_credit_rule(ctx, *id, if_match, body.valid_until).await?;
        Reply::item(rule.version, &view(ctx.actor, rule))
    })
    .await
}

fn view(actor: &Actor, rule: CreditRule) -> CreditRuleView {
    let actions = service::allowed_actions(actor, &rule);
    CreditRuleView::new(rule, actions)
}
