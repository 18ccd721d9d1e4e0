//! What travels about those who take part.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::super::model::{Attendance, Participant, Participation, Reminder};
use super::super::service::people::AttendanceSheet;
use super::super::store::people::ParticipantFilter;
use crate::http::page_view;

/// Whether somebody came (явка).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticAttendance)]
pub enum AttendanceDto {
    /// Came.
    Attended,
    /// Did not come.
    Absent,
    /// Need not come, for a good reason.
    Excused,
}

crate::values::mirror!(AttendanceDto => Attendance { Attended, Absent, Excused });

/// People of a school to be enrolled.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticParticipantsEnroll {
    /// Their school.
    pub organization_id: Uuid,
    /// The people; each works there.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_items = 1, max_items = 500)]
    pub person_ids: Vec<Uuid>,
}

/// Who of a school came.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticAttendanceSheet {
    /// The school.
    pub organization_id: Uuid,
    /// Who came, who did not.
    #[validate(length(min = 1, max = 500), nested)]
    #[schema(min_items = 1, max_items = 500)]
    pub marks: Vec<DiagnosticAttendanceMark>,
}

/// Whether one participant came.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticAttendanceMark {
    /// The participant.
    pub person_id: Uuid,
    /// Whether the person came.
    pub attendance: AttendanceDto,
}

impl From<DiagnosticAttendanceSheet> for AttendanceSheet {
    fn from(body: DiagnosticAttendanceSheet) -> Self {
        Self {
            organization_id: body.organization_id,
            marks: body.marks.into_iter().map(|mark| (mark.person_id, mark.attendance.into())).collect(),
        }
    }
}

/// A reminder to those who have no result yet.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticRemindersCreate {
    /// Only of this school; of the whole campaign when absent, for whoever keeps it.
    pub organization_id: Option<Uuid>,
    /// What they read.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Пройдите диагностику до 30 сентября")]
    pub text: String,
}

/// How many people it concerned.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticPeopleCount {
    /// People newly enrolled, marked or reminded.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub people: i64,
}

impl DiagnosticPeopleCount {
    /// So many.
    pub fn new(people: usize) -> Self {
        Self { people: i64::try_from(people).unwrap_or(i64::MAX) }
    }
}

/// Somebody who takes part in a campaign (участник диагностики).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticParticipant {
    /// The person.
    pub person_id: Uuid,
    /// Surname, name, patronymic.
    #[schema(max_length = 400, example = "Иванова Анна Петровна")]
    pub name: String,
    /// The school.
    pub organization_id: Uuid,
    /// Whether the person came; absent while nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<AttendanceDto>,
    /// The result in this campaign; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_id: Option<Uuid>,
    /// When the person was reminded last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<DateTime<Utc>>,
}

impl From<Participant> for DiagnosticParticipant {
    fn from(participant: Participant) -> Self {
        Self {
            person_id: participant.person_id,
            name: participant.name,
            organization_id: participant.organization_id,
            attendance: participant.attendance.map(Into::into),
            result_id: participant.result_id,
            reminded_at: participant.reminded_at,
        }
    }
}

page_view! {
    /// One page of participants.
    DiagnosticParticipantPage of DiagnosticParticipant
}

/// Which participants to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticParticipantQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// `false`: only those who have not taken part yet; `true`: only those with a result.
    pub tested: Option<bool>,
    /// Only with this attendance.
    pub attendance: Option<AttendanceDto>,
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

impl From<&DiagnosticParticipantQuery> for ParticipantFilter {
    fn from(query: &DiagnosticParticipantQuery) -> Self {
        Self {
            organization_id: query.organization_id,
            tested: query.tested,
            attendance: query.attendance.map(Into::into),
        }
    }
}

/// How many people took part (доля участия).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticParticipation {
    /// The organization; absent in the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// Everybody who takes part.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub participants: i64,
    /// Who has a result.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub tested: i64,
    /// Who came.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub attended: i64,
    /// Who did not come.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub absent: i64,
    /// Who need not come.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub excused: i64,
    /// Those with a result in per cent of those who had to come, rounded down; absent when nobody had to.
    #[schema(minimum = 0, maximum = 1_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_percent: Option<i64>,
}

impl From<Participation> for DiagnosticParticipation {
    fn from(part: Participation) -> Self {
        Self {
            organization_id: part.organization_id,
            participants: part.participants,
            tested: part.tested,
            attended: part.attended,
            absent: part.absent,
            excused: part.excused,
            response_percent: part.response_percent(),
        }
    }
}

/// How many people of the caller's scope took part in a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticParticipationReport {
    /// All together.
    pub total: DiagnosticParticipation,
    /// By organization.
    #[schema(max_items = 20_000)]
    pub organizations: Vec<DiagnosticParticipation>,
}

impl From<Vec<Participation>> for DiagnosticParticipationReport {
    fn from(parts: Vec<Participation>) -> Self {
        Self {
            total: Participation::sum(&parts).into(),
            organizations: parts.into_iter().map(Into::into).collect(),
        }
    }
}

/// A reminder of a campaign, for a frontend to show (напоминание).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticReminder {
    /// The reminder's id.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    #[schema(max_length = 500)]
    pub campaign_title: String,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Who is reminded.
    pub person_id: Uuid,
    /// What the person reads.
    #[schema(max_length = 500)]
    pub text: String,
    /// When.
    pub reminded_at: DateTime<Utc>,
}

impl From<Reminder> for DiagnosticReminder {
    fn from(reminder: Reminder) -> Self {
        Self {
            id: reminder.id,
            campaign_id: reminder.campaign_id,
            campaign_title: reminder.campaign_title,
            ends_on: reminder.ends_on,
            person_id: reminder.person_id,
            text: reminder.text,
            reminded_at: reminder.reminded_at,
        }
    }
}

page_view! {
    /// One page of reminders, newest first.
    DiagnosticReminderPage of DiagnosticReminder
}

/// Which reminders to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticReminderQuery {
    /// Only of this person.
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
