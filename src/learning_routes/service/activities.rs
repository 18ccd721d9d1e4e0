//! Changing and completing the activities of a route.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{Activity, ActivityState, Event, NewActivity, RouteDraft, by_hand, not_by_hand};
use super::super::{policy, store};
use super::RouteWhole;
use super::case::{Case, drafters};
use super::choice::{self, Surroundings};
use super::references::References;
use crate::authz::{Permit, Role, Rule};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::ids::new_id;
use crate::regulations::profile::{RoutePart, RouteProfile};
use crate::training::enrollments::service::of_activities;
use crate::training::vocabulary::EnrollmentState;

/// Adds an activity at the end; returns its id with the route.
pub async fn add_route_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: NewActivity,
) -> Result<(Uuid, RouteWhole)> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = permit(ctx, &case, &policy::ADD_ROUTE_ACTIVITY, &[data.part], if_match)?;
    case.happen(Event::Edit)?;
    let draft = case.contents(ctx).await?;
    let data = checked(ctx, &case, &draft, data, None).await?;
    let position = next_position(&draft)?;
    let activity = Activity {
        id: new_id(),
        position,
        data,
        state: ActivityState::Planned,
        completed_by: None,
        author: ctx.actor.person_id,
    };
    store::insert_activity(ctx, &permit, id, &activity).await?;
    let change = Change::none().field("activity", (), activity.id.to_string());
    let whole = finish(ctx, &permit, case, change).await?;
    Ok((activity.id, whole))
}

/// Replaces what is said of an activity.
pub async fn update_route_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    activity_id: Uuid,
    if_match: i64,
    data: NewActivity,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let draft = case.contents(ctx).await?;
    let current = draft.activities.iter().find(|activity| activity.id == activity_id);
    let parts: Vec<_> = current.map(|activity| activity.data.part).into_iter().chain([data.part]).collect();
    let permit = permit(ctx, &case, &policy::UPDATE_ROUTE_ACTIVITY, &parts, if_match)?;
    let current = current.ok_or(Error::not_found())?;
    case.happen(Event::Edit)?;
    let data = checked(ctx, &case, &draft, data, Some(current)).await?;
    store::save_activity(ctx, &permit, id, &Activity { data, ..current.clone() }).await?;
    let text = activity_id.to_string();
    finish(ctx, &permit, case, Change::none().field("activity", text.as_str(), text.as_str())).await
}

/// Takes an activity out.
pub async fn remove_route_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    activity_id: Uuid,
    if_match: i64,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let draft = case.contents(ctx).await?;
    let current = draft.activities.iter().find(|activity| activity.id == activity_id);
    let parts: Vec<_> = current.map(|activity| activity.data.part).into_iter().collect();
    let permit = permit(ctx, &case, &policy::REMOVE_ROUTE_ACTIVITY, &parts, if_match)?;
    let current = current.ok_or(Error::not_found())?;
    case.happen(Event::Edit)?;
    store::delete_activity(ctx, &permit, id, current).await?;
    let gone = Subject { kind: "route_activity", id: activity_id };
    let change = Change::none().field("activity", activity_id.to_string(), ()).removing(gone);
    finish(ctx, &permit, case, change).await
}

/// Records that an activity of a route in force is done (P4-27), where no fact in the system does so.
pub async fn complete_route_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    activity_id: Uuid,
    if_match: i64,
    completed_on: NaiveDate,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::COMPLETE_ROUTE_ACTIVITY, if_match)?;
    let draft = case.contents(ctx).await?;
    let found = draft.activities.iter().enumerate().find(|(_, activity)| activity.id == activity_id);
    let (place, current) = found.ok_or(Error::not_found())?;
    case.happen(Event::CompleteActivity)?;
    let enrollment = of_activities(ctx, &[activity_id]).await?.remove(&activity_id);
    let learnt = enrollment.is_some_and(|enrollment| enrollment.state == EnrollmentState::Completed);
    by_hand(current, learnt, case.today).map_err(|refusal| not_by_hand(refusal, place))?;
    if completed_on > case.today || completed_on < case.route.starts_on.max(current.data.starts_on) {
        return Err(Error::field(
            "/completed_on",
            "out_of_range",
            "День завершения — от первого дня мероприятия до сегодняшнего",
            "It was completed between the first day of the activity and today",
        ));
    }
    store::set_activity_state(ctx, activity_id, ActivityState::Completed(completed_on), None).await?;
    let change = Change::none().field("completed_on", (), completed_on.to_string());
    finish(ctx, &permit, case, change).await
}

/// What is wrong with a line that is only suggested yet.
pub(in crate::learning_routes) async fn check_line(
    ctx: &Ctx<'_>,
    case: &Case,
    data: NewActivity,
) -> Result<NewActivity> {
    let draft = case.contents(ctx).await?;
    checked(ctx, case, &draft, data, None).await
}

/// Adds a line at the end by a right used elsewhere, and writes the route.
pub(in crate::learning_routes) async fn append_line(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &mut Case,
    data: NewActivity,
    author: Option<Uuid>,
) -> Result<Uuid> {
    case.happen(Event::Edit)?;
    let draft = case.contents(ctx).await?;
    let data = checked(ctx, case, &draft, data, None).await?;
    let position = next_position(&draft)?;
    let state = ActivityState::Planned;
    let activity = Activity { id: new_id(), position, data, state, completed_by: None, author };
    store::insert_activity(ctx, permit, case.route.id, &activity).await?;
    case.save(ctx).await?;
    Ok(activity.id)
}

/// As many activities as a content may have.
const MOST_ACTIVITIES: usize = 200;

/// The place at the end; 409 when the route is full.
fn next_position(draft: &RouteDraft) -> Result<i32> {
    if draft.activities.len() >= MOST_ACTIVITIES {
        return Err(Error::new(Code::StateConflict).detail(
            format!("В маршруте не больше {MOST_ACTIVITIES} мероприятий"),
            format!("A route has {MOST_ACTIVITIES} activities at most"),
        ));
    }
    Ok(draft.activities.iter().map(|activity| activity.position).max().unwrap_or(0) + 1)
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, case: Case, change: Change) -> Result<RouteWhole> {
    case.save(ctx).await?;
    ctx.audit(permit, Subject { kind: "route", id: case.route.id }, change).await?;
    super::read::whole(ctx, case).await
}

/// A permit for lines of these parts: the editors of each part, else the drafters of the route.
fn permit(
    ctx: &Ctx<'_>,
    case: &Case,
    rule: &'static Rule,
    parts: &[Option<RoutePart>],
    if_match: i64,
) -> Result<Permit> {
    let mut allowed: Vec<Role> = Role::ALL.to_vec();
    for part in parts {
        let editors = editors_of_part(case.rules(), *part);
        allowed.retain(|role| editors.contains(role));
    }
    if parts.is_empty() {
        allowed = drafters(case.rules());
    }
    case.permit_of(ctx.actor, rule, &allowed, if_match)
}

/// The activity with what follows from what it refers to; 422 with every wrong reference at once.
async fn checked(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
    mut data: NewActivity,
    current: Option<&Activity>,
) -> Result<NewActivity> {
    let references =
        References::of(ctx, case, std::slice::from_ref(&data), None).await?.and_named_in(&draft.activities);
    let surroundings = Surroundings {
        case,
        references: &references,
        stages: &draft.stages,
        problems: &draft.problems,
        named_offering: current.and_then(|current| current.data.offering_id),
    };
    let problems = choice::check(&surroundings, &mut data);
    if problems.is_empty() { Ok(data) } else { Err(Error::invalid(problems)) }
}

/// Who may change the lines of a part: the editors that the regulation names, else the drafters.
pub(in crate::learning_routes) fn editors_of_part(
    rules: &RouteProfile,
    part: Option<RoutePart>,
) -> Vec<Role> {
    let rule = part.and_then(|part| rules.content.parts.iter().find(|rule| rule.part == part));
    rule.map_or_else(|| drafters(rules), |rule| rule.editors.clone())
}
