//! Adding lines to plans, reading them and taking them out.

use chrono::NaiveDate;
use uuid::Uuid;

use super::compose::{of_route, refuse_above_quota};
use super::read::authorize_reading;
use super::{Held, LineFilter, ShownPlan, audit, problems, refuse_unless, shown};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::open_deficits_of;
use crate::directory::regions;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::service::agreed_activities;
use crate::planning::plans::model::{Line, LineData, LineOrigin, LineWish, Plan};
use crate::planning::plans::vocabulary::PlanState;
use crate::planning::plans::{policy, store};
use crate::regulations::profile::PlanKind;

/// Adds a line to either section (P0-22); its id and the plan as it is now.
pub async fn add_plan_line(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    wish: LineWish,
) -> Result<(Line, ShownPlan)> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::ADD_PLAN_LINE, if_match)?;
    refuse_unless(held.plan.is_editable())?;
    let period = (held.plan.starts_on, held.plan.ends_on);
    let told = |found: Vec<_>| Error::invalid(found.into_iter().map(problems::line).collect());
    let origin = wish.settled(held.rule()?, period).map_err(told)?;
    let Held { plan, regulation } = held;
    let data = match origin {
        LineOrigin::SchoolLine(line_id) => school_line(ctx, &plan, line_id).await?,
        LineOrigin::Activity(activity_id) => activity(ctx, &plan, activity_id).await?,
        LineOrigin::Written(data) => written(ctx, &plan, *data).await?,
    };
    let line = Line { id: new_id(), data };
    store::lines::insert(ctx, &permit, &plan, std::slice::from_ref(&line)).await?;
    refuse_above_quota(ctx, &plan, &regulation).await?;
    let plan = Plan { version: plan.version + 1, ..plan };
    store::save(ctx, &plan).await?;
    audit(ctx, &permit, &plan, Change::none().field("line", (), line.id.to_string())).await?;
    Ok((line, shown(ctx, plan).await?))
}

/// Takes a line out of a plan.
pub async fn remove_plan_line(ctx: &Ctx<'_>, id: Uuid, line_id: Uuid, if_match: i64) -> Result<ShownPlan> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::REMOVE_PLAN_LINE, if_match)?;
    refuse_unless(held.plan.is_editable())?;
    if !store::lines::delete(ctx, &permit, id, line_id).await? {
        return Err(Error::not_found());
    }
    let plan = Plan { version: held.plan.version + 1, ..held.plan };
    store::save(ctx, &plan).await?;
    let gone = Subject { kind: "plan_line", id: line_id };
    let change = Change::none().field("line", line_id.to_string(), ()).removing(gone);
    audit(ctx, &permit, &plan, change).await?;
    shown(ctx, plan).await
}

/// One page of the lines of a plan, by day.
pub async fn list_plan_lines(
    ctx: &Ctx<'_>,
    id: Uuid,
    filter: LineFilter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Line>> {
    let plan = store::find(ctx.conn, id).await?;
    authorize_reading(ctx, &policy::LIST_PLAN_LINES, &plan).await?;
    store::lines::list(ctx.conn, id, filter, page.fetch(), after).await
}

fn unknown_link(pointer: &str, words: Text) -> Error {
    Error::invalid(vec![problems::unknown(pointer, words)])
}

/// The base line for a line of an approved plan of methodical work of the same school (P0-10).
async fn school_line(ctx: &Ctx<'_>, plan: &Plan, line_id: Uuid) -> Result<LineData> {
    let unknown = || {
        let words = Text::new(
            "Такой строки нет в утверждённом плане методической работы школы",
            "There is no such line in an approved plan of methodical work of the school",
        );
        unknown_link("/school_line_id", words)
    };
    let (line, plan_id) = store::lines::find(ctx.conn, line_id).await?.ok_or_else(unknown)?;
    let school = store::find(ctx.conn, plan_id).await?;
    let standing = school.organization_id == plan.organization_id
        && school.kind == PlanKind::MethodicalWork
        && school.state == PlanState::Approved;
    if standing { Ok(line.data.standing_for(line_id)) } else { Err(unknown()) }
}

/// The line for an activity of an agreed route of the school that takes place in the period (P0-20).
async fn activity(ctx: &Ctx<'_>, plan: &Plan, activity_id: Uuid) -> Result<LineData> {
    let period = (plan.starts_on, plan.ends_on);
    let agreed = agreed_activities(ctx, plan.organization_id, period).await?;
    let found = agreed.into_iter().find(|activity| activity.id == activity_id);
    let words = Text::new(
        "В утверждённых маршрутах школы на эти сроки такого мероприятия нет",
        "The agreed routes of the school have no such activity in this period",
    );
    found.map(of_route).ok_or_else(|| unknown_link("/activity_id", words))
}

/// A line as it is written here: about an employee of the school, and open deficits of his.
async fn written(ctx: &Ctx<'_>, plan: &Plan, mut data: LineData) -> Result<LineData> {
    let Some(person_id) = data.person_id else { return Ok(data) };
    let today = regions::service::today(ctx, plan.region_id).await?;
    let employees = store::people::employees(ctx.conn, plan.organization_id, today).await?;
    if employees.iter().all(|(id, _)| *id != person_id) {
        let words = Text::new("Такого работника в школе нет", "There is no such employee at the school");
        return Err(unknown_link("/person_id", words));
    }
    let open = open_deficits_of(ctx, person_id).await?;
    let problem = |(index, id): (usize, &Uuid)| {
        let known = open.iter().any(|deficit| deficit.id == *id);
        let words =
            Text::new("У педагога нет такого открытого дефицита", "The teacher has no such open deficit");
        (!known).then(|| problems::unknown(format!("/deficit_ids/{index}"), words))
    };
    let problems: Vec<FieldProblem> = data.deficit_ids.iter().enumerate().filter_map(problem).collect();
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    data.deficit_ids.sort_unstable();
    data.deficit_ids.dedup();
    Ok(data)
}
