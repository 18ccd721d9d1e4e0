//! Endpoints of templates of routes.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    RouteTemplateBody, RouteTemplateCreate, RouteTemplatePage, RouteTemplateQuery, RouteTemplateView,
};
use super::model::Template;
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Writes a template of routes
///
/// A draft of the regional procedure of forming routes, where the regulation knows one (422 `template_not_used`).
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_template", request_body = RouteTemplateCreate,
    responses((status = 201, description = "The new draft", body = RouteTemplateView))
)]
#[post("/route-templates")]
pub async fn create_route_template(call: Call, body: Body<RouteTemplateCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let template =
            service::create_route_template(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/route-templates/{}", template.id), template.version);
        Reply::created(location, version, &view(ctx.actor, template))
    })
    .await
}

/// Lists templates of routes
///
/// Those of the region, by title; drafts only to their keeper.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_templates", params(RouteTemplateQuery),
    responses((status = 200, description = "One page", body = RouteTemplatePage))
)]
#[get("/route-templates")]
pub async fn list_route_templates(call: Call, query: Query<RouteTemplateQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let found = call.read(async |ctx| service::list_route_templates(ctx, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.title.clone(), last.id))?;
    let items = items.into_iter().map(|template| view(&call.actor, template)).collect();
    Reply::ok(&RouteTemplatePage { items, next_cursor })
}

/// Reads a template of routes
///
/// With the stages it proposes.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_template",
    params(("id" = Uuid, Path, description = "The template's id")),
    responses((status = 200, description = "The template", body = RouteTemplateView))
)]
#[get("/route-templates/{id}")]
pub async fn get_route_template(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let template = call.read(async |ctx| service::get_route_template(ctx, *id).await).await?;
    Reply::item(template.version, &view(&call.actor, template))
}

/// Changes a template of routes
///
/// Replaces title, procedure and stages, until another one has replaced it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route_template", request_body = RouteTemplateBody,
    params(("id" = Uuid, Path, description = "The template's id")),
    responses((status = 200, description = "The template as it is now", body = RouteTemplateView))
)]
#[put("/route-templates/{id}")]
pub async fn update_route_template(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteTemplateBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let template = call
        .write(async |ctx| service::update_route_template(ctx, *id, if_match, body.0.clone().into()).await)
        .await?;
    Reply::item(template.version, &view(&call.actor, template))
}

/// Publishes a template of routes
///
/// From today everybody in the region reads it; the one published before is retired.
#[utoipa::path(
    tag = "learning_routes", operation_id = "publish_route_template",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The template's id")),
    responses((status = 200, description = "The template as it is now", body = RouteTemplateView))
)]
#[post("/route-templates/{id}/publication")]
pub async fn publish_route_template(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let template = service::publish_route_template(ctx, *id, if_match).await?;
        Reply::item(template.version, &view(ctx.actor, template))
    })
    .await
}

fn view(actor: &Actor, template: Template) -> RouteTemplateView {
    let actions = service::allowed_actions(actor, &template);
    RouteTemplateView::new(template, actions)
}
