//! Rows of the tables and what they mean.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::model::{
    Act, Council, Deadline, Decision, DecisionKind, Event, FrozenStep, Inserted, Insertion, Line, Meeting,
    OnDeadline, Position, Record, RequestHead, Seat, State, Step, StepKind,
};
use crate::authz::Role;
use crate::db::schema::{approval_decisions, approval_requests, approval_steps};
use crate::error::{Error, Result};
use crate::regulations::profile::ApprovalSubjectKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = approval_requests)]
pub(super) struct RequestRow {
    pub(super) id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    pub(super) learner_agreed: bool,
    pub(super) both_sides: bool,
    subject_kind: String,
    subject_id: Uuid,
    title: String,
    regulation_id: Uuid,
    state: String,
    round: i32,
    step: Option<i32>,
    step_due_on: Option<NaiveDate>,
    submitted_by: Uuid,
    submitted_by_person_id: Option<Uuid>,
    submitted_at: DateTime<Utc>,
    return_reason: Option<String>,
    return_due_on: Option<NaiveDate>,
    closed_at: Option<DateTime<Utc>>,
    version: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = approval_steps)]
pub(super) struct StepRow {
    position: i32,
    key: String,
    kind: String,
    role: Option<String>,
    organization_id: Option<Uuid>,
    association_id: Option<Uuid>,
    blocking: bool,
    skipped: bool,
    act_required: bool,
    text_required: bool,
    may_return: bool,
    taken_by_submission: bool,
    deadline_days: Option<i32>,
    deadline_unit: Option<String>,
    at_deadline: String,
    paragraph: Option<String>,
    council_ru: Option<String>,
    council_en: Option<String>,
    protocol_required: bool,
    inserted_before: Option<i32>,
    inserted_version: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = approval_decisions)]
pub(super) struct DecisionRow {
    id: Uuid,
    pub(super) version: i64,
    round: i32,
    step: Option<i32>,
    decision: String,
    decided_by: Option<Uuid>,
    person_id: Option<Uuid>,
    acting_for: Option<Uuid>,
    role: Option<String>,
    note: Option<String>,
    due_on: Option<NaiveDate>,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    taken: Vec<Option<i32>>,
    decided_on: NaiveDate,
    decided_at: DateTime<Utc>,
    subject_version: Option<i64>,
    substitution_id: Option<Uuid>,
    held_on: Option<NaiveDate>,
    protocol_number: Option<String>,
    present: Option<i32>,
    votes_for: Option<i32>,
    votes_against: Option<i32>,
    votes_abstained: Option<i32>,
}

impl RequestRow {
    pub(super) const fn version(&self) -> i64 {
        self.version
    }
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

fn small(number: i32) -> Result<u16> {
    u16::try_from(number).map_err(Error::internal)
}

fn position(number: i32) -> Result<Position> {
    small(number).map(Position)
}

fn role(name: Option<&str>) -> Result<Option<Role>> {
    name.map(|name| Role::parse(name).ok_or_else(|| unknown("role"))).transpose()
}

impl TryFrom<RequestRow> for RequestHead {
    type Error = Error;

    fn try_from(row: RequestRow) -> Result<Self> {
        let round = small(row.round)?;
        let missing = || Error::internal("a state without its columns");
        let state = match row.state.as_str() {
            "in_review" => State::InReview { step: position(row.step.ok_or_else(missing)?)?, round },
            "returned" => State::Returned {
                round,
                reason: row.return_reason.ok_or_else(missing)?,
                due_on: row.return_due_on.ok_or_else(missing)?,
            },
            "approved" => State::Approved,
            "rejected" => State::Rejected,
            "withdrawn" => State::Withdrawn,
            "lapsed" => State::Lapsed,
            _ => return Err(unknown("state")),
        };
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            learner: row.person_id,
            subject_kind: ApprovalSubjectKind::parse(&row.subject_kind).ok_or_else(|| unknown("subject"))?,
            subject_id: row.subject_id,
            title: row.title,
            regulation_id: row.regulation_id,
            state,
            round,
            step_due_on: row.step_due_on,
            submitter: row.submitted_by_person_id.unwrap_or(row.submitted_by),
            submitted_by_person_id: row.submitted_by_person_id,
            submitted_at: row.submitted_at,
            closed_at: row.closed_at,
            version: row.version,
        })
    }
}

impl TryFrom<StepRow> for FrozenStep {
    type Error = Error;

    fn try_from(row: StepRow) -> Result<Self> {
        let deadline = match (row.deadline_days, row.deadline_unit) {
            (Some(days), Some(unit)) => Some(Deadline { days: small(days)?, working: unit == "working" }),
            _ => None,
        };
        Ok(Self {
            key: row.key,
            step: Step {
                position: position(row.position)?,
                kind: StepKind::parse(&row.kind).ok_or_else(|| unknown("kind of step"))?,
                seat: role(row.role.as_deref())?.map_or(Seat::Learner, Seat::Role),
                organization: row.association_id.or(row.organization_id),
                blocking: row.blocking,
                act_required: row.act_required,
                text_required: row.text_required,
                may_return: row.may_return,
                taken_by_submission: row.taken_by_submission,
                deadline,
                on_deadline: OnDeadline::parse(&row.at_deadline).ok_or_else(|| unknown("deadline"))?,
                group: row.council_ru.is_some(),
                protocol_required: row.protocol_required,
            },
            in_association: row.association_id.is_some(),
            skipped: row.skipped,
            paragraph: row.paragraph,
            council: row.council_ru.zip(row.council_en).map(|(ru, en)| Council { ru, en }),
            inserted: match row.inserted_before.zip(row.inserted_version) {
                Some((before, version)) => Some(Inserted { before: position(before)?, version }),
                None => None,
            },
        })
    }
}

/// A line of history; where it put a step in, with that step.
pub(super) fn line(row: DecisionRow, steps: &[FrozenStep]) -> Result<Line> {
    let event = event(&row, steps)?;
    let taken = row.taken.into_iter().flatten().map(position).collect::<Result<_>>()?;
    let record = Record {
        round: small(row.round)?,
        step: row.step.map(position).transpose()?,
        event,
        actor: row.person_id.or(row.decided_by),
        acting_for: row.acting_for,
        on: row.decided_on,
        taken,
    };
    Ok(Line {
        id: row.id,
        record,
        account_id: row.decided_by,
        role: role(row.role.as_deref())?,
        substitution_id: row.substitution_id,
        decided_at: row.decided_at,
    })
}

fn event(row: &DecisionRow, steps: &[FrozenStep]) -> Result<Event> {
    let note = || row.note.clone().unwrap_or_default();
    let act = row.act_number.clone().zip(row.act_date).map(|(number, date)| Act { number, date });
    Ok(match (row.decision.as_str(), row.step.map(position).transpose()?) {
        ("submit", _) => Event::Submit { subject_version: row.subject_version },
        ("withdraw", _) => Event::Withdraw { reason: row.note.clone() },
        ("deadline", _) => Event::Deadline,
        ("learner_left", _) => Event::LearnerLeft,
        ("subject_ended", _) => Event::SubjectEnded { reason: note() },
        ("return", _) => Event::Return {
            reason: note(),
            due_on: row.due_on.ok_or_else(|| Error::internal("a return without its date"))?,
        },
        ("reject", _) => Event::Reject { reason: note() },
        ("insert", Some(at)) => {
            let new = steps.iter().find(|frozen| frozen.step.position == at);
            let (new, place) = new
                .and_then(|frozen| Some((frozen, frozen.inserted?)))
                .ok_or_else(|| Error::internal("an insertion without its step"))?;
            Event::Insert(Insertion { before: place.before, step: Box::new(new.clone()), reason: note() })
        }
        ("remove", Some(step)) => Event::Remove { step, reason: note() },
        (name, Some(step)) => Event::Decide(Decision {
            step,
            kind: DecisionKind::parse(name).ok_or_else(|| unknown("decision"))?,
            act,
            text: row.note.clone(),
            meeting: meeting(row)?,
        }),
        _ => return Err(unknown("decision")),
    })
}

fn meeting(row: &DecisionRow) -> Result<Option<Meeting>> {
    let Some(held_on) = row.held_on else { return Ok(None) };
    let number = |number: Option<i32>| number.map(small).transpose();
    Ok(Some(Meeting {
        held_on,
        protocol: row.protocol_number.clone(),
        present: number(row.present)?,
        votes_for: number(row.votes_for)?,
        against: number(row.votes_against)?,
        abstained: number(row.votes_abstained)?,
    }))
}
