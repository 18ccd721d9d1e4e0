//! Reading routes.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::model::{Event, RouteDraft, RouteState, by_hand, is_open, parts, step, unfulfilled};
use super::super::store::{self, Filter, RouteSummary, UpdatePeriod};
use super::super::{policy, revisions, rules, versions};
use super::RouteWhole;
use super::case::{Case, drafters, may_among};
use super::gates::{Following, following};
use super::neighbours::{active_programs, facts_of_route};
use super::offers;
use crate::approvals::service::request_of;
use crate::authz::{Actor, Rule, may, scope};
use crate::db::{Ctx, Doing};
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::regulations::model::{BindingRegulation, RouteDuty};
use crate::regulations::profile::ApprovalSubjectKind;
use crate::regulations::service::regulations_with;
use crate::training::enrollments::service::{ActivityEnrollment, of_activities};
use crate::training::vocabulary::EnrollmentState;
use chrono::NaiveDate;

/// One route. Whoever its chain asks, or whoever sits there for somebody absent, reads what he is asked about.
pub async fn get_route(ctx: &Ctx<'_>, id: Uuid) -> Result<RouteWhole> {
    let case = Case::open(ctx, id).await?;
    case.permit_to_read_asked(ctx, &policy::GET_ROUTE, ApprovalSubjectKind::Route, id).await?;
    whole(ctx, case).await
}

/// Whose route it is, when the actor may read it: a record elsewhere may name it.
pub async fn learner_of_readable(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<Uuid>> {
    let hidden = |refusal: &Error| matches!(refusal.code, Code::NotFound | Code::Forbidden);
    let case = match Case::open(ctx, id).await {
        Ok(case) => case,
        Err(refusal) if hidden(&refusal) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    Ok(case.permit_to_read(ctx.actor, &policy::GET_ROUTE).is_ok().then_some(case.route.person_id))
}

/// One page of the routes in the actor's scope.
pub async fn list_routes(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RouteSummary>> {
    let scope = scope(ctx.actor, &policy::LIST_ROUTES)?;
    let today = regions::service::today(ctx, ctx.region_id()?).await?;
    let updates = match filter.update_due {
        Some(_) => update_periods(ctx, today).await?,
        None => Vec::new(),
    };
    store::list(ctx.conn, &scope, filter, today, &updates, page.fetch(), after).await
}

/// The running period of each regulation of the region that wants routes updated (P3-41).
async fn update_periods(ctx: &Ctx<'_>, today: NaiveDate) -> Result<Vec<UpdatePeriod>> {
    let asking = regulations_with(ctx, ctx.region_id()?, RouteDuty::PeriodicUpdate).await?;
    let period = |regulation: BindingRegulation| {
        let profile = &regulation.profile;
        let rule = profile.route.life.periodic_update.as_ref()?;
        Some((regulation.id, profile.calendar.period_start(rule.period, today)))
    };
    Ok(asking.into_iter().filter_map(period).collect())
}

/// What the regulation would say to handing the route in now.
pub async fn check_route_submission(ctx: &Ctx<'_>, id: Uuid) -> Result<rules::Findings> {
    let case = Case::open(ctx, id).await?;
    case.permit_to_read(ctx.actor, &policy::CHECK_ROUTE_SUBMISSION)?;
    let draft = case.contents(ctx).await?;
    let facts = facts_of_route(ctx, &case, &draft).await?;
    Ok(rules::check_submission(&draft, &facts, &case.regulation.profile))
}

/// The route as it stands, with everything a representation shows; behind one type, since every use case ends in it.
pub(super) fn whole<'a>(ctx: &'a Ctx<'_>, case: Case) -> Doing<'a, Result<RouteWhole>> {
    Box::pin(shown(ctx, case))
}

async fn shown(ctx: &Ctx<'_>, case: Case) -> Result<RouteWhole> {
    let draft = case.contents(ctx).await?;
    let program_ids: Vec<Uuid> =
        draft.activities.iter().filter_map(|activity| activity.data.program_id).collect();
    let activity_ids: Vec<Uuid> = draft.activities.iter().map(|activity| activity.id).collect();
    let (registry, enrollments, following) = tokio::try_join!(
        active_programs(ctx, &program_ids),
        of_activities(ctx, &activity_ids),
        following(ctx, &case, &draft),
    )?;
    let outside_registry =
        registry.into_iter().filter(|(_, in_registry)| !in_registry).map(|(id, _)| id).collect();
    let mut allowed_actions = allowed_actions(ctx.actor, &case, &draft, &following, &enrollments);
    for taken in taken(ctx, &case).await? {
        allowed_actions.retain(|operation| operation != taken.operation);
    }
    let parts = parts(&case.rules().content.parts, &draft.activities);
    let update_due = update_due(ctx, &case).await?;
    Ok(RouteWhole {
        draft,
        parts,
        update_due,
        outside_registry,
        enrollments,
        following,
        today: case.today,
        allowed_actions,
    })
}

/// What rights and state would allow and something else does not: a request is taken back, and handed in again, by its
/// submitter alone, a route has one revision at a time and one update in a period.
async fn taken(ctx: &Ctx<'_>, case: &Case) -> Result<Vec<&'static Rule>> {
    let id = case.route.id;
    let mut taken: Vec<&'static Rule> = Vec::new();
    match case.route.state {
        RouteState::InReview | RouteState::Rework => {
            let request = request_of(ctx, ApprovalSubjectKind::Route, id).await?;
            let submitter = request.and_then(|request| request.submitted_by_person_id);
            if submitter.is_some_and(|submitter| !ctx.actor.is_person(submitter)) {
                taken.extend([&policy::WITHDRAW_ROUTE, &policy::SUBMIT_ROUTE]);
            }
        }
        RouteState::Active => {
            let (revision, is_updated) = tokio::try_join!(
                revisions::service::under_way(ctx, id),
                revisions::service::is_updated(ctx, case),
            )?;
            if revision.is_some() {
                taken.push(&revisions::policy::CREATE_ROUTE_REVISION);
            }
            if is_updated {
                taken.push(&revisions::policy::UPDATE_ROUTE_PERIODICALLY);
            }
        }
        _ => {}
    }
    Ok(taken)
}

/// Whether a route in force since before this school year was neither revised nor looked through in it, where the
/// regulation demands that (P3-41).
async fn update_due(ctx: &Ctx<'_>, case: &Case) -> Result<bool> {
    let Some(rule) = &case.rules().life.periodic_update else { return Ok(false) };
    let first = case.regulation.profile.calendar.period_start(rule.period, case.today);
    let in_force_before = case.route.activated_on.is_some_and(|day| day < first);
    Ok(case.route.state == RouteState::Active
        && in_force_before
        && !versions::service::taken_since(ctx, case.route.id, first).await?)
}

/// What the actor may do with the route now: rights, the regulation's roles, and the state.
fn allowed_actions(
    actor: &Actor,
    case: &Case,
    draft: &RouteDraft,
    following: &Following,
    enrollments: &HashMap<Uuid, ActivityEnrollment>,
) -> Vec<String> {
    let (target, accompanied) = (case.target(), case.accompanied());
    let (rules, route) = (case.rules(), &case.route);
    let drafters = drafters(rules);
    let mut editors = drafters.clone();
    editors.extend(rules.content.parts.iter().flat_map(|part| part.editors.iter().copied()));
    let happens = |event| step(route.state, event).is_ok();
    let drafts = |rule: &'static Rule, event| happens(event) && may_among(actor, rule, &target, &drafters);
    let edits = |rule: &'static Rule| happens(Event::Edit) && may_among(actor, rule, &target, &editors);
    let is_learner = actor.is_person(route.person_id);
    let others = |rule: &'static Rule, event| happens(event) && !is_learner && may(actor, rule, &accompanied);
    let learnt = |id: Uuid| enrollments.get(&id).is_some_and(|it| it.state == EnrollmentState::Completed);
    let completable =
        draft.activities.iter().any(|activity| by_hand(activity, learnt(activity.id), case.today).is_ok());
    let complete = Event::Complete {
        fulfilled: unfulfilled(&draft.activities, rules).is_empty(),
        gates_open: is_open(&following.gates),
    };
    let activate = Event::Activate {
        today: case.today,
        starts_on: route.starts_on,
        gates_open: is_open(&following.gates),
    };
    [
        (&policy::UPDATE_ROUTE, drafts(&policy::UPDATE_ROUTE, Event::Edit)),
        (&policy::REPLACE_ROUTE_STAGES, drafts(&policy::REPLACE_ROUTE_STAGES, Event::Edit)),
        (&policy::REPLACE_ROUTE_CONTENTS, edits(&policy::REPLACE_ROUTE_CONTENTS)),
        (&policy::REPLACE_ROUTE_PROBLEMS, drafts(&policy::REPLACE_ROUTE_PROBLEMS, Event::Edit)),
        (&policy::REPLACE_ROUTE_EVIDENCE, drafts(&policy::REPLACE_ROUTE_EVIDENCE, Event::Edit)),
        (&policy::REPLACE_ROUTE_STUDY_PLAN, drafts(&policy::REPLACE_ROUTE_STUDY_PLAN, Event::Edit)),
        (&policy::REPLACE_ROUTE_BUDGET, drafts(&policy::REPLACE_ROUTE_BUDGET, Event::Edit)),
        (&policy::ADD_ROUTE_ACTIVITY, edits(&policy::ADD_ROUTE_ACTIVITY)),
        (&policy::UPDATE_ROUTE_ACTIVITY, edits(&policy::UPDATE_ROUTE_ACTIVITY)),
        (&policy::REMOVE_ROUTE_ACTIVITY, edits(&policy::REMOVE_ROUTE_ACTIVITY)),
        (&policy::SUBMIT_ROUTE, drafts(&policy::SUBMIT_ROUTE, Event::Submit)),
        (
            &policy::MARK_ROUTE_PARTICIPATION,
            !route.state.is_final() && may(actor, &policy::MARK_ROUTE_PARTICIPATION, &accompanied),
        ),
        (&policy::ACTIVATE_ROUTE, drafts(&policy::ACTIVATE_ROUTE, activate)),
        (
            &policy::COMPLETE_ROUTE_ACTIVITY,
            completable && others(&policy::COMPLETE_ROUTE_ACTIVITY, Event::CompleteActivity),
        ),
        (&policy::COMPLETE_ROUTE, others(&policy::COMPLETE_ROUTE, complete)),
        (&policy::CLOSE_ROUTE, others(&policy::CLOSE_ROUTE, Event::Close)),
        (&policy::WITHDRAW_ROUTE, drafts(&policy::WITHDRAW_ROUTE, Event::Withdraw)),
    ]
    .into_iter()
    .chain(super::offers::around(actor, case))
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .chain(offers::of_following(actor, case, following))
    .collect()
}
