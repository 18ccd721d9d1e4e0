//! Steps and decisions as rows; both are only ever added.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Act, Case, Event, FrozenStep, Line, Meeting, Position, Seat};
use crate::db::Ctx;
use crate::db::schema::{approval_decisions, approval_steps};
use crate::error::Result;

pub(super) fn number(position: Position) -> i32 {
    i32::from(position.0)
}

/// Freezes steps.
pub(super) async fn insert_steps(ctx: &Ctx<'_>, request_id: Uuid, steps: &[FrozenStep]) -> Result<()> {
    let rows: Vec<_> = steps.iter().map(|frozen| step_values(request_id, frozen)).collect();
    diesel::insert_into(approval_steps::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
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
    council_ru: Option<&'a str>,
    council_en: Option<&'a str>,
    protocol_required: bool,
    inserted_before: Option<i32>,
    inserted_version: Option<i64>,
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
        council_ru: frozen.council.as_ref().map(|council| council.ru.as_str()),
        council_en: frozen.council.as_ref().map(|council| council.en.as_str()),
        protocol_required: step.protocol_required,
        inserted_before: frozen.inserted.map(|inserted| number(inserted.before)),
        inserted_version: frozen.inserted.map(|inserted| inserted.version),
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
    subject_version: Option<i64>,
    substitution_id: Option<Uuid>,
    held_on: Option<chrono::NaiveDate>,
    protocol_number: Option<&'a str>,
    present: Option<i32>,
    votes_for: Option<i32>,
    votes_against: Option<i32>,
    votes_abstained: Option<i32>,
}

/// What an event says beside its name.
#[derive(Default)]
struct Said<'a> {
    note: Option<&'a str>,
    due_on: Option<chrono::NaiveDate>,
    act: Option<&'a Act>,
    meeting: Option<&'a Meeting>,
    subject_version: Option<i64>,
}

impl<'a> Said<'a> {
    fn of(event: &'a Event) -> Self {
        match event {
            Event::Submit { subject_version } => {
                Self { subject_version: *subject_version, ..Self::default() }
            }
            Event::Decide(decision) => Self {
                note: decision.text.as_deref(),
                act: decision.act.as_ref(),
                meeting: decision.meeting.as_ref(),
                ..Self::default()
            },
            Event::Return { reason, due_on } => {
                Self { note: Some(reason), due_on: Some(*due_on), ..Self::default() }
            }
            Event::Reject { reason } | Event::SubjectEnded { reason } => {
                Self { note: Some(reason), ..Self::default() }
            }
            Event::Insert(insertion) => Self { note: Some(&insertion.reason), ..Self::default() },
            Event::Remove { reason, .. } => Self { note: Some(reason), ..Self::default() },
            Event::Withdraw { reason } => Self { note: reason.as_deref(), ..Self::default() },
            Event::Deadline | Event::LearnerLeft => Self::default(),
        }
    }
}

/// The newest line; the unique version keeps a second writer from adding another one.
pub(super) async fn insert_line(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    let Some(line) = case.lines.last() else { return Ok(()) };
    diesel::insert_into(approval_decisions::table)
        .values(decision_values(ctx, case, line))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

fn decision_values<'a>(ctx: &Ctx<'_>, case: &Case, line: &'a Line) -> NewDecision<'a> {
    let record = &line.record;
    let Said { note, due_on, act, meeting, subject_version } = Said::of(&record.event);
    let many = |count: Option<u16>| count.map(i32::from);
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
        subject_version,
        substitution_id: line.substitution_id,
        held_on: meeting.map(|meeting| meeting.held_on),
        protocol_number: meeting.and_then(|meeting| meeting.protocol.as_deref()),
        present: many(meeting.and_then(|meeting| meeting.present)),
        votes_for: many(meeting.and_then(|meeting| meeting.votes_for)),
        votes_against: many(meeting.and_then(|meeting| meeting.against)),
        votes_abstained: many(meeting.and_then(|meeting| meeting.abstained)),
    }
}
