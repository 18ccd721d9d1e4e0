//! A line of the history of a request.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::model::{Event, Line};
use super::{ApprovalEventKindDto, MeetingRecord};
use crate::authz::Role;

/// A line of a request's history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalDecision)]
pub struct ApprovalDecisionView {
    /// The decision's id.
    pub id: Uuid,
    /// The round it was taken in, from 1.
    #[schema(minimum = 0, maximum = 10_000)]
    pub round: u16,
    /// The step it was taken at; absent for submission and withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub step: Option<u16>,
    /// What happened.
    pub decision: ApprovalEventKindDto,
    /// The person who decided; absent for a service and for the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The role in which it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Remark, opinion or reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
    /// By when the rework was due; of a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// Number of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub act_number: Option<String>,
    /// Date of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
    /// The meeting of the body that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingRecord>,
    /// The absent person in whose name it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for_person_id: Option<Uuid>,
    /// The version of the subject that was handed in: what the round is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub subject_version: Option<i64>,
    /// Steps that a submission took, because its submitter sits at them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 64, minimum = 1, maximum = 1000)]
    pub steps_taken: Vec<u16>,
    /// When.
    pub decided_at: DateTime<Utc>,
}

impl ApprovalDecisionView {
    /// The representation of a line.
    pub fn new(line: &Line) -> Self {
        let record = &line.record;
        let (note, due_on) = match &record.event {
            Event::Decide(decision) => (decision.text.clone(), None),
            Event::Return { reason, due_on } => (Some(reason.clone()), Some(*due_on)),
            Event::Reject { reason } | Event::SubjectEnded { reason } => (Some(reason.clone()), None),
            Event::Insert(insertion) => (Some(insertion.reason.clone()), None),
            Event::Remove { reason, .. } => (Some(reason.clone()), None),
            Event::Withdraw { reason } => (reason.clone(), None),
            Event::Submit { .. } | Event::Deadline | Event::LearnerLeft => (None, None),
        };
        let (act, meeting) = match &record.event {
            Event::Decide(decision) => (decision.act.clone(), decision.meeting.as_ref()),
            _ => (None, None),
        };
        let subject_version = match &record.event {
            Event::Submit { subject_version } => *subject_version,
            _ => None,
        };
        let (act_number, act_date) = act.map(|act| (act.number, act.date)).unzip();
        Self {
            id: line.id,
            round: record.round,
            step: record.step.map(|at| at.0),
            decision: (&record.event).into(),
            person_id: record.actor.filter(|actor| line.account_id != Some(*actor)),
            role: line.role,
            note,
            due_on,
            act_number,
            act_date,
            meeting: meeting.map(Into::into),
            acting_for_person_id: record.acting_for,
            subject_version,
            steps_taken: record.taken.iter().map(|at| at.0).collect(),
            decided_at: line.decided_at,
        }
    }
}
