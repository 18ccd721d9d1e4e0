//! What waits for a caller.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

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
}

impl ApprovalInboxItem {
    /// The representation on that day.
    pub fn new(waiting: &Waiting, today: NaiveDate) -> Self {
        let request = &waiting.request;
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
        }
    }
}

page_view! {
    /// One page of what waits for the caller, the longest waiting first.
    ApprovalInboxPage of ApprovalInboxItem
}
