//! Use cases of working groups.

use uuid::Uuid;

use super::model::{Group, GroupData, GroupLack, RouteGroup, lacks, member_problems};
use super::{policy, store};
use crate::authz::{Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::acts::model::{Act, ActKind};
use crate::learning_routes::acts::service::{acts_of, routes_of, unknown_routes};
use crate::regulations::profile::WorkingGroupRule;
use crate::regulations::service::binding_regulation;

/// A group as it is shown.
#[derive(Debug, Clone)]
pub struct GroupWhole {
    /// The group.
    pub group: Group,
    /// What it lacks to be active.
    pub missing: Vec<GroupLack>,
    /// What the actor may do with it now.
    pub allowed_actions: Vec<String>,
}

/// Forms a group.
pub async fn create_working_group(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    data: GroupData,
) -> Result<GroupWhole> {
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_at(ctx.actor, &policy::CREATE_WORKING_GROUP, &place)?;
    let group = Group {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id,
        data,
        dissolved_on: None,
        version: 1,
    };
    let group = checked(ctx, group, "/data").await?;
    store::insert(ctx, &permit, &group).await?;
    let change = Change::none().field("members", (), group.data.members.len());
    ctx.audit(&permit, Subject { kind: "working_group", id: group.id }, change).await?;
    whole(ctx, group).await
}

/// One page of the groups the actor may know.
pub async fn list_working_groups(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Group>> {
    let scope = scope(ctx.actor, &policy::LIST_WORKING_GROUPS)?;
    store::list(ctx.conn, &scope, organization_id, page.fetch(), after).await
}

/// One group.
pub async fn get_working_group(ctx: &Ctx<'_>, id: Uuid) -> Result<GroupWhole> {
    let group = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_WORKING_GROUP, &target(&group))?;
    whole(ctx, group).await
}

/// Replaces what is said of a group.
pub async fn update_working_group(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: GroupData,
) -> Result<GroupWhole> {
    let current = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_WORKING_GROUP, &target(&current))?;
    let permit = authorize_seen(ctx.actor, &policy::UPDATE_WORKING_GROUP, &target(&current))?;
    refuse_stale_or_dissolved(&current, if_match)?;
    let text = |id: Option<Uuid>| id.map(|id| id.to_string());
    let change = Change::none()
        .field("members", current.data.members.len(), data.members.len())
        .field("routes", current.data.route_ids.len(), data.route_ids.len())
        .field("act_id", text(current.data.act_id), text(data.act_id));
    let group = checked(ctx, Group { data, version: current.version + 1, ..current }, "").await?;
    store::update(ctx, &permit, &group).await?;
    ctx.audit(&permit, Subject { kind: "working_group", id }, change).await?;
    whole(ctx, group).await
}

/// Dissolves a group.
pub async fn dissolve_working_group(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<GroupWhole> {
    let current = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_WORKING_GROUP, &target(&current))?;
    let permit = authorize_seen(ctx.actor, &policy::DISSOLVE_WORKING_GROUP, &target(&current))?;
    refuse_stale_or_dissolved(&current, if_match)?;
    let today = today(ctx, current.region_id).await?;
    let group = Group { dissolved_on: Some(today), version: current.version + 1, ..current };
    store::dissolve(ctx, &permit, &group).await?;
    let change = Change::none().field("dissolved_on", (), today.to_string());
    ctx.audit(&permit, Subject { kind: "working_group", id }, change).await?;
    whole(ctx, group).await
}

/// The group as that route sees it under the rule of its regulation.
pub async fn group_of_route(
    ctx: &Ctx<'_>,
    id: Uuid,
    route_id: Uuid,
    rule: &WorkingGroupRule,
) -> Result<RouteGroup> {
    let group = store::find(ctx.conn, id).await?;
    let named = named_routes(ctx, &group).await?;
    Ok(RouteGroup::of(&group, route_id, &named, rule))
}

/// The group with everything in it checked at once; `pointer` leads to its data.
async fn checked(ctx: &Ctx<'_>, mut group: Group, pointer: &str) -> Result<Group> {
    let (id, today) = (group.organization_id, today(ctx, group.region_id).await?);
    let regulation = binding_regulation(ctx, id, today).await?;
    let rule = regulation.as_ref().and_then(|found| found.profile.route.people.working_group.as_ref());
    let rule = rule.ok_or_else(not_used)?;
    group.data.route_ids.sort_unstable();
    group.data.route_ids.dedup();
    let data = &group.data;
    let people: Vec<Uuid> = data.members.iter().map(|member| member.person_id).collect();
    let facts = store::facts(ctx.conn, id, &people, today).await?;
    let mut problems = member_problems(&data.members, &facts, rule, &format!("{pointer}/members"));
    let known = routes_of(ctx, id, &data.route_ids).await?;
    problems.extend(unknown_routes(&format!("{pointer}/route_ids"), &data.route_ids, &known));
    let taken = store::routes_of_others(ctx.conn, group.id, &data.route_ids).await?;
    for (index, _) in data.route_ids.iter().enumerate().filter(|(_, id)| taken.contains(id)) {
        let words = Text::new("Программу разрабатывает другая группа", "Another group develops the route");
        let at = format!("{pointer}/route_ids/{index}");
        problems.push(FieldProblem::new(at, "route_in_other_group", words));
    }
    let named: Vec<Uuid> = data.act_id.into_iter().chain(data.regulation_act_id).collect();
    let acts = acts_of(ctx, id, &named).await?;
    problems.extend(act_problem(data.act_id, &acts, ActKind::GroupAppointment, pointer, "act_id"));
    problems.extend(act_problem(
        data.regulation_act_id,
        &acts,
        ActKind::WorkRegulation,
        pointer,
        "regulation_act_id",
    ));
    if problems.is_empty() { Ok(group) } else { Err(Error::invalid(problems)) }
}

fn act_problem(
    asked: Option<Uuid>,
    acts: &[Act],
    kind: ActKind,
    pointer: &str,
    field: &str,
) -> Option<FieldProblem> {
    let id = asked?;
    let at = format!("{pointer}/{field}");
    match acts.iter().find(|act| act.id == id) {
        None => {
            let words = Text::new("У организации нет такого акта", "The organization has no such act");
            Some(FieldProblem::new(at, "unknown", words))
        }
        Some(act) if act.data.kind != kind => {
            let words = Text::new("Это акт другого вида", "This is an act of another kind");
            Some(FieldProblem::new(at, "act_kind_does_not_fit", words))
        }
        Some(_) => None,
    }
}

async fn named_routes(ctx: &Ctx<'_>, group: &Group) -> Result<Vec<Uuid>> {
    let Some(id) = group.data.act_id else { return Ok(Vec::new()) };
    let acts = acts_of(ctx, group.organization_id, &[id]).await?;
    Ok(acts.into_iter().flat_map(|act| act.data.route_ids).collect())
}

async fn whole(ctx: &Ctx<'_>, group: Group) -> Result<GroupWhole> {
    let today = today(ctx, group.region_id).await?;
    let regulation = binding_regulation(ctx, group.organization_id, today).await?;
    let rule = regulation.as_ref().and_then(|found| found.profile.route.people.working_group.as_ref());
    let named = named_routes(ctx, &group).await?;
    let missing = rule.map(|rule| lacks(&group.data, &named, rule)).unwrap_or_default();
    let target = target(&group);
    let allowed_actions = [&policy::UPDATE_WORKING_GROUP, &policy::DISSOLVE_WORKING_GROUP]
        .into_iter()
        .filter(|rule| group.dissolved_on.is_none() && may(ctx.actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect();
    Ok(GroupWhole { group, missing, allowed_actions })
}

fn target(group: &Group) -> Target {
    Target::region(group.region_id)
        .organization(group.organization_id, group.municipality_id)
        .assigned(group.data.members.iter().map(|member| member.person_id))
}

fn refuse_stale_or_dissolved(group: &Group, if_match: i64) -> Result<()> {
    if group.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if group.dissolved_on.is_some() {
        return Err(Error::new(Code::StateConflict).detail("Группа распущена", "The group is dissolved"));
    }
    Ok(())
}

fn not_used() -> Error {
    Error::field(
        "/organization_id",
        "working_group_not_used",
        "Положение организации не предусматривает групп разработчиков",
        "The regulation of the organization knows no working groups",
    )
}
