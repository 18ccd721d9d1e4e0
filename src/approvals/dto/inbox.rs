//! What waits for a caller.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::model::StepKind;
use super::super::store::Waiting;
use super::ApprovalStepKindDto;
use crate::authz::Role;
use crate::http::page_view;
use crate::regulations::profile::ApprovalSubjectKind;

/// A step that waits for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalInboxItem {
    /// The request.
    pub request_id: Uuid,
    /// What is to be approved.
    pub subject_kind: ApprovalSubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// Its title.
    #[schema(max_length = 500)]
    pub title: String,
    /// The organization the subject belongs to.
    pub organization_id: Uuid,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// Position of the step.
    #[schema(minimum = 1, maximum = 1000)]
    pub step: u16,
    /// What is asked for.
    pub kind: ApprovalStepKindDto,
    /// The role that is asked; absent when it is the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The round, from 1: above 1 the subject comes back from rework.
    #[schema(minimum = 1, maximum = 10_000)]
    pub round: u16,
    /// Since when the step waits.
    pub opened_at: DateTime<Utc>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// `true` when that day has passed by the region's clock.
    pub overdue: bool,
    /// The day on which the seat was reminded of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded_on: Option<NaiveDate>,
    /// The absent person in whose name the caller takes the step; absent for the own name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for_person_id: Option<Uuid>,
    /// The body whose decision is recorded, in Russian; a decision then names its meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Методический совет")]
    pub council_ru: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Methodical council")]
    pub council_en: Option<String>,
    /// `true`: the decision needs a note, also when positive.
    pub note_required: bool,
    /// `true`: the decision names an act with number and date.
    pub act_required: bool,
    /// The version of the request, for `decide_approvals` or as `If-Match` of `decide_approval`.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 3)]
    pub version: i64,
}

impl ApprovalInboxItem {
    /// The representation on that day.
    pub fn new(waiting: &Waiting, today: NaiveDate) -> Self {
        let (request, step) = (&waiting.request, &waiting.frozen.step);
        let council = waiting.frozen.council.as_ref();
        Self {
            request_id: request.id,
            subject_kind: request.subject_kind,
            subject_id: request.subject_id,
            title: request.title.clone(),
            organization_id: request.organization_id,
            person_id: request.learner,
            step: waiting.frozen.step.position.0,
            kind: waiting.frozen.step.kind.into(),
            role: waiting.frozen.seat_columns().role,
            round: request.round,
            opened_at: waiting.opened_at,
            due_on: waiting.due_on,
            overdue: waiting.due_on.is_some_and(|due_on| due_on < today),
            reminded_on: waiting.reminded_on,
            acting_for_person_id: waiting.acting_for,
            council_ru: council.map(|council| council.ru.clone()),
            council_en: council.map(|council| council.en.clone()),
            note_required: step.text_required || step.kind == StepKind::Discuss,
            act_required: step.act_required,
            version: request.version,
        }
    }
}

page_view! {
    /// One page of what waits for the caller, the longest waiting first.
    ApprovalInboxPage of ApprovalInboxItem
}
