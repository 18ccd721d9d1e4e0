//! Writing a request: the frozen chain once, then one decision at a time.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Case, Event, FrozenStep, Line, Position, Seat, State};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::db::schema::{approval_decisions, approval_open_steps, approval_requests, approval_steps};
use crate::error::Result;

/// Writes a new request and freezes its chain.
pub(in crate::approvals) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, case: &Case) -> Result<()> {
    let head = &case.head;
    let state = StateColumns::of(&head.state);
    diesel::insert_into(approval_requests::table)
        .values((
            (
                approval_requests::id.eq(head.id),
                approval_requests::region_id.eq(head.region_id),
                approval_requests::municipality_id.eq(head.municipality_id),
                approval_requests::organization_id.eq(head.organization_id),
                approval_requests::person_id.eq(head.learner),
                approval_requests::learner_agreed.eq(case.request.learner_agreed),
                approval_requests::both_sides.eq(case.chain.both_sides()),
                approval_requests::subject_kind.eq(head.subject_kind.as_str()),
                approval_requests::subject_id.eq(head.subject_id),
                approval_requests::title.eq(&head.title),
                approval_requests::regulation_id.eq(head.regulation_id),
            ),
            (
                approval_requests::state.eq(head.state.as_str()),
                approval_requests::round.eq(i32::from(head.round)),
                approval_requests::step.eq(state.step),
                approval_requests::step_due_on.eq(head.step_due_on),
                approval_requests::submitted_by.eq(ctx.actor.account_id),
                approval_requests::submitted_by_person_id.eq(head.submitted_by_person_id),
                approval_requests::submitted_at.eq(head.submitted_at),
                approval_requests::closed_at.eq(head.closed_at),
                approval_requests::version.eq(head.version),
                approval_requests::created_at.eq(ctx.now),
                approval_requests::updated_at.eq(ctx.now),
            ),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let steps: Vec<_> = case.steps.iter().map(|frozen| step_values(head.id, frozen)).collect();
    diesel::insert_into(approval_steps::table).values(steps).execute(&mut &*ctx.conn).await?;
    insert_lines(ctx, case).await?;
    open_steps(ctx, case).await
}

/// Writes the newest decision of a request and where the request stands after it.
pub(in crate::approvals) async fn append(ctx: &Ctx<'_>, _permit: &Permit, case: &Case) -> Result<()> {
    insert_lines(ctx, case).await?;
    let head = &case.head;
    let state = StateColumns::of(&head.state);
    diesel::update(approval_requests::table.find(head.id))
        .set((
            approval_requests::title.eq(&head.title),
            approval_requests::learner_agreed.eq(case.request.learner_agreed),
            approval_requests::state.eq(head.state.as_str()),
            approval_requests::round.eq(i32::from(head.round)),
            approval_requests::step.eq(state.step),
            approval_requests::step_due_on.eq(head.step_due_on),
            approval_requests::return_reason.eq(state.return_reason),
            approval_requests::return_due_on.eq(state.return_due_on),
            approval_requests::closed_at.eq(head.closed_at),
            approval_requests::version.eq(head.version),
            approval_requests::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    open_steps(ctx, case).await
}

struct StateColumns<'a> {
    step: Option<i32>,
    return_reason: Option<&'a str>,
    return_due_on: Option<chrono::NaiveDate>,
}

impl<'a> StateColumns<'a> {
    fn of(state: &'a State) -> Self {
        let (step, return_reason, return_due_on) = match state {
            State::InReview { step, .. } => (Some(number(*step)), None, None),
            State::Returned { reason, due_on, .. } => (None, Some(reason.as_str()), Some(*due_on)),
            State::Draft | State::Approved | State::Rejected | State::Withdrawn | State::Lapsed => {
                (None, None, None)
            }
        };
        Self { step, return_reason, return_due_on }
    }
}

fn number(position: Position) -> i32 {
    i32::from(position.0)
}

#[derive(Insertable)]
#[diesel(table_name = approval_steps, treat_none_as_default_value = false)]
struct NewStep<'a> {
    request_id: Uuid,
    position: i32,
    key: &'a str,
    kind: &'static str,
    actor: &'static str,
    role: Option<&'static str>,
    organization_id: Option<Uuid>,
    association_id: Option<Uuid>,
    blocking: bool,
    skipped: bool,
    act_required: bool,
    text_required: bool,
    may_return: bool,
    taken_by_submission: bool,
    deadline_days: Option<i32>,
    deadline_unit: Option<&'static str>,
    at_deadline: &'static str,
    paragraph: Option<&'a str>,
}

fn step_values(request_id: Uuid, frozen: &FrozenStep) -> NewStep<'_> {
    let (step, seat) = (&frozen.step, frozen.seat_columns());
    NewStep {
        request_id,
        position: number(step.position),
        key: &frozen.key,
        kind: step.kind.as_str(),
        actor: if step.seat == Seat::Learner { "learner" } else { "role" },
        role: seat.role.map(crate::authz::Role::as_str),
        organization_id: seat.organization_id,
        association_id: seat.association_id,
        blocking: step.blocking,
        skipped: frozen.skipped,
        act_required: step.act_required,
        text_required: step.text_required,
        may_return: step.may_return,
        taken_by_submission: step.taken_by_submission,
        deadline_days: step.deadline.map(|deadline| i32::from(deadline.days)),
        deadline_unit: step.deadline.map(|deadline| if deadline.working { "working" } else { "calendar" }),
        at_deadline: step.on_deadline.as_str(),
        paragraph: frozen.paragraph.as_deref(),
    }
}

#[derive(Insertable)]
#[diesel(table_name = approval_decisions, treat_none_as_default_value = false)]
struct NewDecision<'a> {
    id: Uuid,
    request_id: Uuid,
    version: i64,
    round: i32,
    step: Option<i32>,
    decision: &'static str,
    decided_by: Option<Uuid>,
    person_id: Option<Uuid>,
    acting_for: Option<Uuid>,
    role: Option<&'static str>,
    note: Option<&'a str>,
    due_on: Option<chrono::NaiveDate>,
    act_number: Option<&'a str>,
    act_date: Option<chrono::NaiveDate>,
    taken: Vec<i32>,
    decided_on: chrono::NaiveDate,
    decided_at: chrono::DateTime<chrono::Utc>,
}

/// The newest line; the unique version keeps a second writer from adding another one.
async fn insert_lines(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    let Some(line) = case.lines.last() else { return Ok(()) };
    diesel::insert_into(approval_decisions::table)
        .values(decision_values(ctx, case, line))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

fn decision_values<'a>(ctx: &Ctx<'_>, case: &Case, line: &'a Line) -> NewDecision<'a> {
    let record = &line.record;
    let (note, due_on, act) = match &record.event {
        Event::Decide(decision) => (decision.text.as_deref(), None, decision.act.as_ref()),
        Event::Return { reason, due_on } => (Some(reason.as_str()), Some(*due_on), None),
        Event::Reject { reason } => (Some(reason.as_str()), None, None),
        Event::Submit | Event::Withdraw | Event::Deadline => (None, None, None),
    };
    NewDecision {
        id: line.id,
        request_id: case.head.id,
        version: case.head.version,
        round: i32::from(record.round),
        step: record.step.map(number),
        decision: record.event.as_str(),
        decided_by: line.account_id,
        person_id: line.account_id.and(ctx.actor.person_id),
        acting_for: record.acting_for,
        role: line.role.map(crate::authz::Role::as_str),
        note,
        due_on,
        act_number: act.map(|act| act.number.as_str()),
        act_date: act.map(|act| act.date),
        taken: record.taken.iter().map(|position| number(*position)).collect(),
        decided_on: record.on,
        decided_at: line.decided_at,
    }
}

/// Brings the inbox to where the request stands: steps that no longer wait go, new ones come.
async fn open_steps(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    use approval_open_steps as open;
    let waiting = case.waiting();
    let submitted = case.lines.last().is_some_and(|line| line.record.event == Event::Submit);
    // A new round opens every step anew.
    let kept: Vec<i32> = waiting.iter().filter(|_| !submitted).map(|step| number(step.position)).collect();
    diesel::delete(open::table.filter(open::request_id.eq(case.head.id)).filter(open::position.ne_all(kept)))
        .execute(&mut &*ctx.conn)
        .await?;
    let today = case.lines.last().map(|line| line.record.on);
    let rows: Vec<_> = waiting
        .into_iter()
        .filter_map(|step| case.frozen(step.position))
        .map(|frozen| {
            let seat = frozen.seat_columns();
            let learner = case.head.learner.filter(|_| frozen.step.seat == Seat::Learner);
            (
                open::request_id.eq(case.head.id),
                open::position.eq(number(frozen.step.position)),
                open::organization_id.eq(seat.organization_id),
                open::role.eq(seat.role.map(crate::authz::Role::as_str)),
                open::association_id.eq(seat.association_id),
                open::person_id.eq(learner),
                open::opened_at.eq(ctx.now),
                open::due_on.eq(today.and_then(|today| frozen.step.due_on(today))),
            )
        })
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(open::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
