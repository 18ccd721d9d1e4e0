//! Use cases of templates of routes.

use uuid::Uuid;

use super::model::{Template, TemplateData};
use super::{policy, store};
use crate::authz::{
    Actor, Permit, Role, Rule, Target, authorize, authorize_seen, keeps_for, may, region_scope,
};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::service::authorize_among;
use crate::regulations::service::binding_regulation;

/// Writes a draft.
pub async fn create_route_template(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    data: TemplateData,
) -> Result<Template> {
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let rule = &policy::CREATE_ROUTE_TEMPLATE;
    authorize_at(ctx.actor, rule, &place)?;
    let template = Template {
        id: new_id(),
        region_id: place.region_id,
        organization_id,
        data,
        published_on: None,
        retired_on: None,
        version: 1,
    };
    let permit = authorize_among(ctx.actor, rule, &target(&template), &editors(ctx, &template).await?)?;
    store::insert(ctx, &permit, &template).await?;
    let change = Change::none().field("title", (), template.data.title.as_str());
    ctx.audit(&permit, Subject { kind: "route_template", id: template.id }, change).await?;
    Ok(template)
}

/// One page of the templates of the region.
pub async fn list_route_templates(
    ctx: &Ctx<'_>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Template>> {
    let scope = region_scope(ctx.actor, &policy::LIST_ROUTE_TEMPLATES)?;
    let kept = keeps_for(ctx.actor, &policy::UPDATE_ROUTE_TEMPLATE);
    store::list(ctx.conn, scope, &kept, page.fetch(), after).await
}

/// One template.
pub async fn get_route_template(ctx: &Ctx<'_>, id: Uuid) -> Result<Template> {
    let template = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_ROUTE_TEMPLATE, &Target::region(template.region_id))?;
    let kept = may(ctx.actor, &policy::UPDATE_ROUTE_TEMPLATE, &target(&template));
    if template.published_on.is_some() || kept { Ok(template) } else { Err(Error::not_found()) }
}

/// Replaces what is said of a template.
pub async fn update_route_template(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: TemplateData,
) -> Result<Template> {
    let (current, permit) = held(ctx, id, if_match, &policy::UPDATE_ROUTE_TEMPLATE).await?;
    let change = Change::none().field("title", current.data.title.as_str(), data.title.as_str());
    let template = Template { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &template).await?;
    ctx.audit(&permit, Subject { kind: "route_template", id }, change).await?;
    Ok(template)
}

/// Publishes a template and retires the one before.
pub async fn publish_route_template(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Template> {
    let (current, permit) = held(ctx, id, if_match, &policy::PUBLISH_ROUTE_TEMPLATE).await?;
    if current.published_on.is_some() {
        return Err(Error::new(Code::StateConflict)
            .detail("Порядок уже опубликован", "The template is published already"));
    }
    let today = today(ctx, current.region_id).await?;
    let template = Template { published_on: Some(today), version: current.version + 1, ..current };
    store::publish(ctx, &permit, &template, today).await?;
    let change = Change::none().field("published_on", (), today.to_string());
    ctx.audit(&permit, Subject { kind: "route_template", id }, change).await?;
    Ok(template)
}

/// The template, locked, for one of those whom the regulation names.
async fn held(ctx: &Ctx<'_>, id: Uuid, if_match: i64, rule: &'static Rule) -> Result<(Template, Permit)> {
    let current = store::lock(ctx.conn, id).await?;
    let whole_region = Target::region(current.region_id);
    authorize(ctx.actor, &policy::GET_ROUTE_TEMPLATE, &whole_region)?;
    let target = target(&current);
    if current.published_on.is_none() && !may(ctx.actor, rule, &target) {
        return Err(Error::not_found());
    }
    authorize_seen(ctx.actor, rule, &target)?;
    let permit = authorize_among(ctx.actor, rule, &target, &editors(ctx, &current).await?)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.retired_on.is_some() {
        return Err(Error::new(Code::StateConflict)
            .detail("Порядок уже заменён другим", "Another template has replaced it"));
    }
    Ok((current, permit))
}

/// Whom the regulation of the keeper names.
async fn editors(ctx: &Ctx<'_>, template: &Template) -> Result<Vec<Role>> {
    let today = today(ctx, template.region_id).await?;
    let regulation = binding_regulation(ctx, template.organization_id, today).await?;
    let rule = regulation.and_then(|found| found.profile.route.content.template.clone());
    rule.map(|rule| rule.edited_by).ok_or_else(|| {
        Error::field(
            "/organization_id",
            "template_not_used",
            "Положение не предусматривает порядка формирования маршрутов",
            "The regulation knows no procedure of forming routes",
        )
    })
}

fn target(template: &Template) -> Target {
    Target::region(template.region_id).organization(template.organization_id, None)
}

/// What the actor may do with the template.
pub fn allowed_actions(actor: &Actor, template: &Template) -> Vec<String> {
    let (target, open) = (target(template), template.retired_on.is_none());
    [
        (&policy::UPDATE_ROUTE_TEMPLATE, open),
        (&policy::PUBLISH_ROUTE_TEMPLATE, template.published_on.is_none()),
    ]
    .into_iter()
    .filter(|(rule, possible)| *possible && may(actor, rule, &target))
    .map(|(rule, _)| rule.operation.to_owned())
    .collect()
}
