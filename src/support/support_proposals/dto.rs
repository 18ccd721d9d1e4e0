//! What travels about proposals of support.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{ProposedPerson, SupportProposal};
use super::service::{Decided, Filter, NewProposal, ShownProposal};
use super::vocabulary::{SupportProposalDecision, SupportProposalState};
use crate::directory::checks;
use crate::http::page_view;

/// A proposal of support to be made (предложение методической службе).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportProposalCreate {
    /// The methodical service it is addressed to: a municipal centre, or a school.
    pub service_id: Uuid,
    /// The group: the offering whose learners are to be supported (группа).
    pub offering_id: Uuid,
    /// Some of the group, each of whom completed the training and is supported by the service; everybody when empty.
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(max_items = 500)]
    pub person_ids: Vec<Uuid>,
    /// What is proposed.
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Посетить уроки и разобрать критерии оценивания")]
    pub text: String,
}

impl From<SupportProposalCreate> for NewProposal {
    fn from(body: SupportProposalCreate) -> Self {
        Self {
            service_id: body.service_id,
            offering_id: body.offering_id,
            person_ids: body.person_ids,
            text: body.text,
        }
    }
}

/// The decision of the service (решение службы).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportProposalDecide {
    /// What it decided.
    pub decision: SupportProposalDecision,
    /// The plans that take it over: one of the service for each of the people, not completed; only to accept.
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(max_items = 500)]
    pub plan_ids: Vec<Uuid>,
    /// Why it is refused; required to refuse, and only then.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Поддержка уже идёт по плану школы")]
    pub reason: Option<String>,
}

impl From<SupportProposalDecide> for Decided {
    fn from(body: SupportProposalDecide) -> Self {
        Self { decision: body.decision, plan_ids: body.plan_ids, reason: body.reason }
    }
}

/// Somebody whom a proposal is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportProposalPerson {
    /// The person.
    pub person_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// The support plan that took the proposal over; absent until it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<Uuid>,
}

impl From<ProposedPerson> for SupportProposalPerson {
    fn from(person: ProposedPerson) -> Self {
        Self { person_id: person.person_id, enrollment_id: person.enrollment_id, plan_id: person.plan_id }
    }
}

/// A proposal of support (предложение методической службе).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupportProposal)]
pub struct SupportProposalView {
    /// The proposal's id.
    pub id: Uuid,
    /// The methodical service it is addressed to.
    pub service_id: Uuid,
    /// Who proposes.
    pub proposed_by_id: Uuid,
    /// The regulation it was made under.
    pub regulation_id: Uuid,
    /// The group: the offering.
    pub offering_id: Uuid,
    /// Whom it is for.
    #[schema(max_items = 500)]
    pub people: Vec<SupportProposalPerson>,
    /// What is proposed.
    #[schema(max_length = 4000)]
    pub text: String,
    /// Where it stands.
    pub state: SupportProposalState,
    /// Day the service decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 1)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownProposal> for SupportProposalView {
    fn from(shown: ShownProposal) -> Self {
        let proposal = shown.proposal;
        Self {
            id: proposal.id,
            service_id: proposal.organization_id,
            proposed_by_id: proposal.proposed_by_id,
            regulation_id: proposal.regulation_id,
            offering_id: proposal.offering_id,
            people: shown.people.into_iter().map(Into::into).collect(),
            text: proposal.text,
            state: proposal.state,
            decided_on: proposal.decided_on,
            reason: proposal.reason,
            created_at: proposal.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A proposal of support in a list (предложение методической службе).
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportProposalItem {
    /// The proposal's id.
    pub id: Uuid,
    /// The methodical service it is addressed to.
    pub service_id: Uuid,
    /// Who proposes.
    pub proposed_by_id: Uuid,
    /// The group: the offering.
    pub offering_id: Uuid,
    /// What is proposed.
    #[schema(max_length = 4000)]
    pub text: String,
    /// Where it stands.
    pub state: SupportProposalState,
    /// Day the service decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<SupportProposal> for SupportProposalItem {
    fn from(proposal: SupportProposal) -> Self {
        Self {
            id: proposal.id,
            service_id: proposal.organization_id,
            proposed_by_id: proposal.proposed_by_id,
            offering_id: proposal.offering_id,
            text: proposal.text,
            state: proposal.state,
            decided_on: proposal.decided_on,
            created_at: proposal.created_at,
        }
    }
}

page_view! {
    /// One page of proposals of support, those made last first.
    SupportProposalPage of SupportProposalItem
}

/// Which proposals of support to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportProposalQuery {
    /// Only to this methodical service.
    pub service_id: Option<Uuid>,
    /// Only about learners of this offering.
    pub offering_id: Option<Uuid>,
    /// Only taken into this support plan.
    pub plan_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<SupportProposalState>,
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

impl SupportProposalQuery {
    /// The proposals asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            service_id: self.service_id,
            offering_id: self.offering_id,
            plan_id: self.plan_id,
            state: self.state,
        }
    }
}
