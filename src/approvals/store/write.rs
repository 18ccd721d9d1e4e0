//! Writing a request: the frozen chain once, then one decision at a time.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::super::model::{Case, Event, Seat, State};
use super::values::{insert_line, insert_steps, number};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::db::schema::{approval_open_steps, approval_requests};
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
                approval_requests::deadline_open.eq(case.request.deadline_open(&case.chain)),
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
    insert_steps(ctx, head.id, &case.steps).await?;
    insert_line(ctx, case).await?;
    open_steps(ctx, case).await
}

/// Writes the newest decision of a request and where the request stands after it.
pub(in crate::approvals) async fn append(ctx: &Ctx<'_>, _permit: &Permit, case: &Case) -> Result<()> {
    if let Some(Event::Insert(insertion)) = case.lines.last().map(|line| &line.record.event) {
        insert_steps(ctx, case.head.id, std::slice::from_ref(&*insertion.step)).await?;
    }
    insert_line(ctx, case).await?;
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
            approval_requests::deadline_open.eq(case.request.deadline_open(&case.chain)),
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

/// Brings the inbox to where the request stands: steps that no longer wait go, new ones come.
async fn open_steps(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    use approval_open_steps as open;
    let waiting = case.waiting();
    let submitted = case.lines.last().is_some_and(|line| line.record.event.is_submission());
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
    remind(ctx, case).await
}

/// The seat sees that its time has run out.
async fn remind(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    use approval_open_steps as open;
    let newest = case.lines.last().map(|line| &line.record);
    let Some(late) = newest.filter(|record| record.event == Event::Deadline) else { return Ok(()) };
    if case.head.open_step() == late.step {
        diesel::update(open::table.filter(open::request_id.eq(case.head.id)))
            .filter(open::position.nullable().eq(late.step.map(number)))
            .set(open::reminded_on.eq(Some(late.on)))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
