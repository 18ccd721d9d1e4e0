//! What a caller sends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::super::model::{Meeting, Position};
use super::super::service::NewDecision;
use super::super::store::InboxFilter;
use super::{ApprovalDecisionKindDto, ApprovalOutboxOf, ApprovalStateDto, ApprovalStepKindDto};
use crate::regulations::profile::ApprovalSubjectKind;
use crate::values::day;

/// A decision on a step (решение по шагу). Which fields it needs, the step says.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalDecisionCreate {
    /// The position of the step that is decided. Naming it keeps a late second decision from hitting the next step.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, example = 3)]
    pub step: u16,
    /// What is decided.
    pub decision: ApprovalDecisionKindDto,
    /// Remark, opinion or reason (примечание, мнение, причина). Required to return, to reject, for an opinion, and
    /// where the step says `note_required`.
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000, example = "Нет ни одного мероприятия по дефициту «Оценивание»")]
    pub note: Option<String>,
    /// The day by which the rework is due (срок доработки); required to return, today or later.
    #[schema(example = "2026-03-20")]
    #[serde(default, deserialize_with = "day")]
    pub due_on: Option<NaiveDate>,
    /// Number of the administrative act (номер приказа); required where the step says `act_required`.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "14-о")]
    pub act_number: Option<String>,
    /// Date of the act (дата приказа), today or earlier; goes with the number.
    #[schema(example = "2026-03-02")]
    #[serde(default, deserialize_with = "day")]
    pub act_date: Option<NaiveDate>,
    /// The meeting of the body that decided (заседание); required for a positive decision where the step names a
    /// council, and nowhere else.
    #[validate(nested)]
    pub meeting: Option<MeetingRecord>,
    /// The absent person in whose name it is decided (за кого); a substitution must be in force today. Absent: in the
    /// caller's own name.
    pub acting_for_person_id: Option<Uuid>,
}

/// The meeting of a body that decided (протокол заседания). The three numbers of votes go together.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRecord {
    /// The day it was held (дата заседания), today or earlier; to endorse or to approve, no earlier than this round was
    /// handed in.
    #[schema(example = "2026-03-02")]
    #[serde(deserialize_with = "day")]
    pub held_on: NaiveDate,
    /// Number of the protocol (номер протокола); required where the step says `protocol_required`.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "4")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_number: Option<String>,
    /// How many were present (присутствовало): no fewer than voted.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, example = 9)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<u16>,
    /// Votes for (за): more than against, to endorse or to approve.
    #[validate(range(max = 1000))]
    #[schema(minimum = 0, maximum = 1000, example = 7)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes_for: Option<u16>,
    /// Votes against (против).
    #[validate(range(max = 1000))]
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes_against: Option<u16>,
    /// Abstentions (воздержались).
    #[validate(range(max = 1000))]
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes_abstained: Option<u16>,
}

impl From<MeetingRecord> for Meeting {
    fn from(record: MeetingRecord) -> Self {
        Self {
            held_on: record.held_on,
            protocol: record.protocol_number,
            present: record.present,
            votes_for: record.votes_for,
            against: record.votes_against,
            abstained: record.votes_abstained,
        }
    }
}

impl From<&Meeting> for MeetingRecord {
    fn from(meeting: &Meeting) -> Self {
        Self {
            held_on: meeting.held_on,
            protocol_number: meeting.protocol.clone(),
            present: meeting.present,
            votes_for: meeting.votes_for,
            votes_against: meeting.against,
            votes_abstained: meeting.abstained,
        }
    }
}

impl From<ApprovalDecisionCreate> for NewDecision {
    fn from(body: ApprovalDecisionCreate) -> Self {
        Self {
            step: Position(body.step),
            verdict: body.decision.into(),
            note: body.note,
            due_on: body.due_on,
            act_number: body.act_number,
            act_date: body.act_date,
            meeting: body.meeting.map(Into::into),
            acting_for: body.acting_for_person_id,
        }
    }
}

/// Which requests to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalRequestQuery {
    /// Only in this state.
    pub state: Option<ApprovalStateDto>,
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// Only about this subject.
    pub subject_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only about this person.
    pub person_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// Which part of the inbox to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalInboxQuery {
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// Only steps of this kind.
    pub kind: Option<ApprovalStepKindDto>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only about this person.
    pub person_id: Option<Uuid>,
    /// Only steps whose last day was before this day.
    #[serde(default, deserialize_with = "day")]
    pub due_before: Option<NaiveDate>,
    /// `true`: only what is late; `false`: only what is not.
    pub overdue: Option<bool>,
    /// `true`: only in the names of those whom the caller substitutes; `false`: only in the own name.
    pub substituting: Option<bool>,
    /// Only from this round on: 2 for what comes back from rework.
    #[validate(range(min = 2, max = 10_000))]
    #[param(minimum = 2, maximum = 10_000)]
    pub round_from: Option<u16>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl ApprovalInboxQuery {
    /// What is asked for.
    pub fn filter(&self) -> InboxFilter {
        InboxFilter {
            subject_kind: self.subject_kind,
            kind: self.kind.map(Into::into),
            organization_id: self.organization_id,
            person_id: self.person_id,
            due_before: self.due_before,
            overdue: self.overdue,
            substituting: self.substituting,
            round_from: self.round_from,
        }
    }
}

/// Which part of the outbox to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalOutboxQuery {
    /// Whose requests; those that the caller handed in when absent.
    #[param(inline)]
    pub of: Option<ApprovalOutboxOf>,
    /// Only in this state.
    pub state: Option<ApprovalStateDto>,
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// `true`: only what is late; `false`: only what is not.
    pub overdue: Option<bool>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
