//! Changing a draft: title, term, note, stages, marks of participation.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{Capacity, Event, Note, Participant, Refusal, Stage};
use super::super::rules::Referral;
use super::super::{policy, store};
use super::RouteWhole;
use super::case::{Case, drafters, refused};
use super::create::{dates_problem, kind, unknown_kind};
use super::referral;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::regulations::profile::RouteKind;

/// Title, term and note of a route.
#[derive(Debug, Clone)]
pub struct RouteChange {
    /// The kind; absent: it stays.
    pub kind: Option<RouteKind>,
    /// Title.
    pub title: String,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub note: Note,
    /// On what ground and for which category.
    pub referral: Referral,
}

/// A stage as asked for.
#[derive(Debug, Clone)]
pub struct StageChange {
    /// The stage that stays; absent: a new one.
    pub id: Option<Uuid>,
    /// Title.
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Concrete result.
    pub expected_result: Option<String>,
    /// Form of its report.
    pub report_form: Option<String>,
}

/// Replaces title, term and note.
pub async fn update_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64, change: RouteChange) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, &policy::UPDATE_ROUTE, &drafters(case.rules()), if_match)?;
    case.happen(Event::Edit)?;
    let asked = kind(case.rules(), Some(change.kind.unwrap_or(case.route.kind)));
    let whose = (case.route.person_id, case.route.organization_id);
    let referral = referral::problems(ctx, case.rules(), whose, case.today, &change.referral).await?;
    let problems: Vec<FieldProblem> = asked
        .is_none()
        .then(unknown_kind)
        .into_iter()
        .chain(dates_problem(change.starts_on, change.ends_on))
        .chain(referral)
        .collect();
    let (Some(kind), true) = (asked, problems.is_empty()) else { return Err(Error::invalid(problems)) };
    let audit = Change::none()
        .field("starts_on", case.route.starts_on.to_string(), change.starts_on.to_string())
        .field("ends_on", case.route.ends_on.to_string(), change.ends_on.to_string());
    case.route.kind = kind;
    case.route.title = change.title;
    case.route.starts_on = change.starts_on;
    case.route.ends_on = change.ends_on;
    case.route.ground = change.referral.ground;
    case.route.category = change.referral.category;
    case.save(ctx).await?;
    store::save_note(ctx, &permit, id, change.note).await?;
    ctx.audit(&permit, Subject { kind: "route", id }, audit).await?;
    super::read::whole(ctx, case).await
}

/// Makes these the stages of the route, in this order.
pub async fn replace_route_stages(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    asked: Vec<StageChange>,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit =
        case.permit_of(ctx.actor, &policy::REPLACE_ROUTE_STAGES, &drafters(case.rules()), if_match)?;
    case.happen(Event::Edit)?;
    let known = case.contents(ctx).await?.stages;
    check_stages(&asked, &known)?;
    let stages: Vec<Stage> = asked
        .into_iter()
        .map(|stage| Stage {
            id: stage.id.unwrap_or_else(new_id),
            title: stage.title,
            starts_on: stage.starts_on,
            ends_on: stage.ends_on,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        })
        .collect();
    store::replace_stages(ctx, &permit, id, &stages).await?;
    case.save(ctx).await?;
    let change = Change::none().field("stages", known.len(), stages.len());
    ctx.audit(&permit, Subject { kind: "route", id }, change).await?;
    super::read::whole(ctx, case).await
}

fn check_stages(asked: &[StageChange], known: &[Stage]) -> Result<()> {
    let mut problems = Vec::new();
    for (index, stage) in asked.iter().enumerate() {
        if let Some(id) = stage.id {
            let twice = asked.iter().take(index).any(|earlier| earlier.id == Some(id));
            if twice || !known.iter().any(|stage| stage.id == id) {
                let words = Text::new("Такого этапа у маршрута нет", "The route has no such stage");
                problems.push(FieldProblem::new(format!("/stages/{index}/id"), "unknown", words));
            }
        }
        problems.extend(dates_problem(stage.starts_on, stage.ends_on).map(|problem| FieldProblem {
            pointer: format!("/stages/{index}{}", problem.pointer),
            ..problem
        }));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

/// Marks that the actor takes part in forming the route and agrees to this version of it (P4-11, P4-23, P4-25).
pub async fn mark_route_participation(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    note: Option<String>,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit(ctx.actor, &policy::MARK_ROUTE_PARTICIPATION, if_match)?;
    if case.route.state.is_final() {
        return Err(refused(Refusal::State(case.route.state)));
    }
    let person_id = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    // Whoever is the learner takes part as the learner, whatever other post he or she holds.
    let capacity = if person_id == case.route.person_id {
        Capacity::Learner
    } else {
        Capacity::of_role(permit.role()?).ok_or(Error::new(Code::Forbidden))?
    };
    let mark = Participant { person_id, capacity, participated_at: ctx.now, note };
    store::mark(ctx, &permit, id, &mark).await?;
    case.route.version += 1;
    case.save(ctx).await?;
    let change = Change::none().field("participation", (), capacity.as_str());
    ctx.audit(&permit, Subject { kind: "route", id }, change).await?;
    super::read::whole(ctx, case).await
}
