//! What a caller gets.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::model::{Case, FrozenStep, RequestHead, State};
use super::super::service::{Allowed, OpenDecision};
use super::{
    ApprovalDecisionKindDto, ApprovalDecisionView, ApprovalStateDto, ApprovalStepKindDto,
    ApprovalStepStateDto, AtDeadlineDto, DeadlineUnitDto,
};
use crate::authz::Role;
use crate::http::page_view;
use crate::regulations::profile::ApprovalSubjectKind;

/// A request for approval with its frozen chain and its decisions (согласование, утверждение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalRequest)]
pub struct ApprovalRequestView {
    /// What is known of it.
    #[serde(flatten)]
    #[schema(inline = false)]
    pub summary: ApprovalRequestItem,
    /// The chain as it was frozen at submission, with what was put in since: in its order, whatever the positions.
    #[schema(max_items = 1000)]
    pub steps: Vec<ApprovalStepView>,
    /// Everything that happened, oldest first; never changed, never removed.
    #[schema(max_items = 10_000)]
    pub decisions: Vec<ApprovalDecisionView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
    /// What `decide_approval` would take from the caller now.
    #[schema(max_items = 100)]
    pub allowed_decisions: Vec<OpenDecisionView>,
}

impl ApprovalRequestView {
    /// The representation on that day for a caller who may do what is `allowed`.
    pub fn new(case: &Case, allowed: &Allowed, today: NaiveDate) -> Self {
        Self {
            summary: ApprovalRequestItem::new(&case.head, today),
            steps: case.steps.iter().map(|frozen| ApprovalStepView::new(case, frozen)).collect(),
            decisions: case.lines.iter().map(ApprovalDecisionView::new).collect(),
            allowed_actions: allowed.operations.iter().map(|name| (*name).to_owned()).collect(),
            allowed_decisions: allowed.decisions.iter().copied().map(Into::into).collect(),
        }
    }
}

/// A request in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalRequestSummary)]
pub struct ApprovalRequestItem {
    /// The request's id.
    pub id: Uuid,
    /// What is to be approved.
    pub subject_kind: ApprovalSubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// Its title.
    #[schema(max_length = 500)]
    pub title: String,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// The municipality of the organization, if it lies in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The organization the subject belongs to.
    pub organization_id: Uuid,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The regulation whose chain it passes.
    pub regulation_id: Uuid,
    /// Where it stands.
    pub state: ApprovalStateDto,
    /// How often it has been submitted, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub round: u16,
    /// Position of the step it waits at; only in review.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub open_step: Option<u16>,
    /// What to rework (P0-42); only when returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub return_reason: Option<String>,
    /// The last day of the open step, or of the rework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// `true` when that day has passed by the region's clock.
    pub overdue: bool,
    /// The person who submitted it; absent for a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_by_person_id: Option<Uuid>,
    /// When it was first submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it came to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<DateTime<Utc>>,
}

impl ApprovalRequestItem {
    /// The representation on that day.
    pub fn new(head: &RequestHead, today: NaiveDate) -> Self {
        let return_reason = match &head.state {
            State::Returned { reason, .. } => Some(reason.clone()),
            _ => None,
        };
        Self {
            id: head.id,
            subject_kind: head.subject_kind,
            subject_id: head.subject_id,
            title: head.title.clone(),
            region_id: head.region_id,
            municipality_id: head.municipality_id,
            organization_id: head.organization_id,
            person_id: head.learner,
            regulation_id: head.regulation_id,
            state: (&head.state).into(),
            round: head.round,
            open_step: head.open_step().map(|at| at.0),
            return_reason,
            due_on: head.due_on(),
            overdue: head.overdue(today),
            submitted_by_person_id: head.submitted_by_person_id,
            submitted_at: head.submitted_at,
            closed_at: head.closed_at,
        }
    }
}

/// A step of a frozen chain (шаг).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalStep)]
pub struct ApprovalStepView {
    /// Its number; the order of the steps is that of the list, and a step that was put in has the next free number.
    #[schema(minimum = 1, maximum = 1000)]
    pub position: u16,
    /// Stable name of the step in the regulation.
    #[schema(max_length = 64)]
    pub key: String,
    /// What is asked for.
    pub kind: ApprovalStepKindDto,
    /// Where it stands in the current round.
    pub state: ApprovalStepStateDto,
    /// The role that is asked; absent when it is the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The organization at which the role must be held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The association whose head is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<Uuid>,
    /// `true`: the next step waits for this one.
    pub blocking: bool,
    /// `true`: the decision names an act with number and date (P1-29).
    pub act_required: bool,
    /// `true`: the decision needs a note, also when positive.
    pub note_required: bool,
    /// `true`: the step may return the subject for rework.
    pub may_return: bool,
    /// The time given, in days from the opening of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 366)]
    pub deadline_days: Option<u16>,
    /// The body that decides and whose decision the seat records, in Russian (коллегиальный орган).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Методический совет")]
    pub council_ru: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Methodical council")]
    pub council_en: Option<String>,
    /// `true`: the record of the meeting names the protocol.
    pub protocol_required: bool,
    /// The person who put the step in, when it is no step of the regulation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inserted_by_person_id: Option<Uuid>,
    /// How these days are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_unit: Option<DeadlineUnitDto>,
    /// What happens when the time has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_deadline: Option<AtDeadlineDto>,
    /// Paragraph of the regulation (пункт).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub paragraph: Option<String>,
}

impl ApprovalStepView {
    fn new(case: &Case, frozen: &FrozenStep) -> Self {
        let (step, seat) = (&frozen.step, frozen.seat_columns());
        let unit = |working| if working { DeadlineUnitDto::Working } else { DeadlineUnitDto::Calendar };
        Self {
            position: step.position.0,
            key: frozen.key.clone(),
            kind: step.kind.into(),
            state: case.step_state(frozen).into(),
            role: seat.role,
            organization_id: seat.organization_id,
            association_id: seat.association_id,
            blocking: step.blocking,
            act_required: step.act_required,
            note_required: step.text_required,
            may_return: step.may_return,
            deadline_days: step.deadline.map(|deadline| deadline.days),
            council_ru: frozen.council.as_ref().map(|council| council.ru.clone()),
            council_en: frozen.council.as_ref().map(|council| council.en.clone()),
            protocol_required: step.protocol_required,
            inserted_by_person_id: case.inserted_by(frozen),
            deadline_unit: step.deadline.map(|deadline| unit(deadline.working)),
            at_deadline: step.deadline.map(|_| step.on_deadline.into()),
            paragraph: frozen.paragraph.clone(),
        }
    }
}

/// A decision that is open to the caller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenDecision)]
pub struct OpenDecisionView {
    /// The step.
    #[schema(minimum = 1, maximum = 1000)]
    pub step: u16,
    /// What may be decided on it.
    pub decision: ApprovalDecisionKindDto,
    /// The absent person in whose name; absent for the own name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for_person_id: Option<Uuid>,
}

impl From<OpenDecision> for OpenDecisionView {
    fn from(open: OpenDecision) -> Self {
        Self { step: open.step.0, decision: open.verdict.into(), acting_for_person_id: open.acting_for }
    }
}

page_view! {
    /// One page of requests, newest first.
    ApprovalRequestPage of ApprovalRequestItem
}
