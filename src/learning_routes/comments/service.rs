//! Use cases of comments.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{About, Access, Comment};
use super::{policy, store};
use crate::authz::{Actor, Permit, Role, Rule, Target, authorize};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::sheet_of;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::model::{Activity, RouteState};
use crate::learning_routes::service::Case;
use crate::learning_routes::{growth_cards, revisions, stage_reports};

/// Writes a comment on the route, or on one thing of it: a line, a report of a stage, a growth card, a revision (P0-4).
pub async fn create_route_comment(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    about: About,
    text: String,
) -> Result<Comment> {
    let case = Case::open(ctx, route_id).await?;
    let lines = case.contents(ctx).await?.activities;
    let (permit, access) = access(ctx.actor, &case, &lines, &policy::CREATE_ROUTE_COMMENT)?;
    let mut named = about.named();
    let first = named.next();
    if named.next().is_some() {
        return Err(Error::field(
            "",
            "one_of",
            "Комментарий пишут об одном: мероприятии, отчёте, карте роста или корректировке",
            "A comment is about one thing: a line, a report, a growth card or a revision",
        ));
    }
    if let Some((field, _)) = first
        && !(access.holds(&about) && is_of_route(ctx, route_id, &lines, &about).await?)
    {
        return Err(Error::not_found().in_body(&format!("/{field}")));
    }
    if !access.holds(&about) {
        return Err(Error::field(
            "/activity_id",
            "required",
            "Укажите мероприятие вашей организации",
            "Name the line that is addressed to your organization",
        ));
    }
    let author_id = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    let said = Comment {
        id: new_id(),
        route_id,
        about,
        author_id,
        author_name: sheet_of(ctx, author_id).await?.person.data.name,
        author_role: permit.role()?,
        organization_id: permit.organization_id(),
        text,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &said).await?;
    let change = match first {
        Some((field, id)) => Change::none().field(field, (), id.to_string()),
        None => Change::none(),
    };
    ctx.audit(&permit, Subject { kind: "route_comment", id: said.id }, change).await?;
    Ok(said)
}

/// One page of the comments the actor may know, oldest first.
pub async fn list_route_comments(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    about: About,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Comment>> {
    let case = Case::open(ctx, route_id).await?;
    let lines = case.contents(ctx).await?.activities;
    let (_, access) = access(ctx.actor, &case, &lines, &policy::LIST_ROUTE_COMMENTS)?;
    store::list(ctx.conn, route_id, &access, &about, page.fetch(), after).await
}

/// Whether what the comment is about belongs to that route: one of these at most is named.
async fn is_of_route(ctx: &Ctx<'_>, route_id: Uuid, lines: &[Activity], about: &About) -> Result<bool> {
    if let Some(id) = about.stage_report_id {
        return stage_reports::service::is_report_of(ctx, id, route_id).await;
    }
    if let Some(id) = about.growth_card_id {
        return growth_cards::service::is_card_of(ctx, id, route_id).await;
    }
    if let Some(id) = about.revision_id {
        return revisions::service::is_revision_of(ctx, id, route_id).await;
    }
    Ok(about.activity_id.is_none_or(|id| lines.iter().any(|line| line.id == id)))
}

/// Whoever may read the route says and reads everything; a provider what is about lines addressed to it, while the route
/// is formed and the regulation lets providers take part (P4-37).
fn access(actor: &Actor, case: &Case, lines: &[Activity], rule: &'static Rule) -> Result<(Permit, Access)> {
    let refusal = match authorize(actor, rule, &case.reading_target()) {
        Ok(permit) => return Ok((permit, Access::All)),
        Err(refusal) => refusal,
    };
    let route = &case.route;
    let formed = matches!(route.state, RouteState::Draft | RouteState::InReview | RouteState::Rework);
    let own =
        |line: &&Activity| line.data.provider_id.is_some_and(|id| actor.holds(Role::ProviderOfficer, id));
    let own: Vec<&Activity> = lines.iter().filter(own).collect();
    let provider_id = own.as_slice().first().and_then(|line| line.data.provider_id);
    let Some(provider_id) = provider_id.filter(|_| formed && route.open_to_providers) else {
        return Err(refusal);
    };
    let target = Target::region(route.region_id).organization(provider_id, None);
    let permit = authorize(&actor.in_roles(&[Role::ProviderOfficer]), rule, &target)?;
    Ok((permit, Access::Lines(own.into_iter().map(|line| line.id).collect())))
}
