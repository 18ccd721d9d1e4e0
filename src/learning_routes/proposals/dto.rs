//! Proposals as they travel.

mod asked;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::explain::Uncovered;
use super::model::Criterion;
use super::service::{Proposal, ProposalChoice, ProposalDeficit};
use crate::learning_routes::dto::RouteContentBody;
use crate::values::Hours;

pub use asked::{RouteProposalCreate, RouteProposalPreferences};

/// Why something was chosen (причина выбора).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteProposalReason {
    /// It had to be taken.
    Asked,
    /// It answers deficits.
    Covers,
    /// It gives hours that the norm lacks.
    Norm,
}

/// Why a deficit is left uncovered (почему дефицит не закрыт). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteProposalGap {
    /// No program on offer develops the competency.
    NoProgram,
    /// Those that do are not in the active registry.
    NotInRegistry,
    /// Their providers may not teach teachers then.
    ProviderNotEligible,
    /// They have no dates within the term.
    NoDatesInTerm,
    /// They cost more than there is left.
    OverBudget,
    /// They take more hours than there are left.
    OverHours,
    /// They overlap with what is chosen.
    DatesOverlap,
    /// They were excluded.
    Excluded,
    /// There are more deficits than one proposal takes.
    TooMany,
}

impl From<Uncovered> for RouteProposalGap {
    fn from(why: Uncovered) -> Self {
        match why {
            Uncovered::NoProgram => Self::NoProgram,
            Uncovered::NotInRegistry => Self::NotInRegistry,
            Uncovered::ProviderNotEligible => Self::ProviderNotEligible,
            Uncovered::NoDatesInTerm => Self::NoDatesInTerm,
            Uncovered::OverBudget => Self::OverBudget,
            Uncovered::OverHours => Self::OverHours,
            Uncovered::DatesOverlap => Self::DatesOverlap,
            Uncovered::Excluded => Self::Excluded,
            Uncovered::TooMany => Self::TooMany,
        }
    }
}

/// By what one choice is better than another, the weightiest first.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteProposalCriterion {
    /// The weight of the deficits answered.
    Coverage,
    /// The hours that the norm still lacks.
    Norm,
    /// Wishes that are not met.
    Wishes,
    /// Price, in hundreds of roubles.
    Price,
    /// Academic hours.
    Hours,
}

impl From<Criterion> for RouteProposalCriterion {
    fn from(criterion: Criterion) -> Self {
        match criterion {
            Criterion::Coverage => Self::Coverage,
            Criterion::Norm => Self::Norm,
            Criterion::Wishes => Self::Wishes,
            Criterion::Price => Self::Price,
            Criterion::Hours => Self::Hours,
        }
    }
}

/// Something chosen, and why (выбранное мероприятие).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProposalChoice)]
pub struct RouteProposalChoiceView {
    /// Its activity in the content.
    pub activity_id: Uuid,
    /// The program, or the program of the module.
    pub program_id: Uuid,
    /// The single module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The offering; absent: the program names no dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<Uuid>,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Why it was chosen.
    pub because: RouteProposalReason,
    /// The deficits it answers.
    #[schema(max_items = 1000)]
    pub deficit_ids: Vec<Uuid>,
    /// Academic hours.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub hours: Hours,
    /// Those of them that count for the norm at the end of the term.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub norm_hours: Hours,
    /// Price in roubles; of a single module its share by hours.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub price_rubles: i32,
    /// Whether the program stands in the registry now.
    pub in_active_registry: bool,
    /// How many wishes it does not meet.
    #[schema(minimum = 0, maximum = 10)]
    pub unmet_wishes: i32,
    /// How many other programs answer as much.
    #[schema(value_type = u32, minimum = 0, maximum = 1_000_000)]
    pub alternatives: usize,
}

impl From<ProposalChoice> for RouteProposalChoiceView {
    fn from(choice: ProposalChoice) -> Self {
        let candidate = choice.candidate;
        Self {
            activity_id: choice.activity_id,
            program_id: candidate.program_id,
            module_id: candidate.module_id,
            offering_id: candidate.offering_id,
            title: choice.title,
            because: if choice.asked {
                RouteProposalReason::Asked
            } else if choice.deficit_ids.is_empty() {
                RouteProposalReason::Norm
            } else {
                RouteProposalReason::Covers
            },
            deficit_ids: choice.deficit_ids,
            hours: Hours::from_halves(candidate.hours),
            norm_hours: Hours::from_halves(candidate.counted),
            price_rubles: candidate.price,
            in_active_registry: choice.in_active_registry,
            unmet_wishes: candidate.penalty,
            alternatives: choice.alternatives,
        }
    }
}

/// An open deficit and what becomes of it (дефицит в предложении).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProposalDeficit)]
pub struct RouteProposalDeficitView {
    /// The deficit.
    pub deficit_id: Uuid,
    /// Its competency.
    pub competency_id: Uuid,
    /// Its weight: hundredths of the weight of the competency, times the severity.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub weight: i32,
    /// Activities of the content that answer it.
    #[schema(max_items = 200)]
    pub covered_by: Vec<Uuid>,
    /// Why none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncovered: Option<RouteProposalGap>,
    /// The program nearest to answering it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest_program_id: Option<Uuid>,
}

impl From<ProposalDeficit> for RouteProposalDeficitView {
    fn from(deficit: ProposalDeficit) -> Self {
        Self {
            deficit_id: deficit.deficit_id,
            competency_id: deficit.competency_id,
            weight: deficit.weight,
            covered_by: deficit.covered_by,
            uncovered: deficit.uncovered.map(|(why, _)| why.into()),
            nearest_program_id: deficit.uncovered.and_then(|(_, program)| program),
        }
    }
}

/// The norm of hours at the end of the term (норма часов на конец срока).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct RouteProposalNorm {
    /// The norm.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub required: Hours,
    /// What lacks without the route.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub missing_before: Hours,
    /// What lacks with it.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub missing_after: Hours,
}

/// A route proposed (предложение маршрута): a content that can be put into a draft as it is, and why it is so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProposal)]
pub struct RouteProposalView {
    /// The learner.
    pub person_id: Uuid,
    /// The school the route would belong to.
    pub organization_id: Uuid,
    /// The regulation it would live under.
    pub regulation_id: Uuid,
    /// The day it was computed, by the region's clock.
    pub as_of: NaiveDate,
    /// The content: what `PUT /routes/{id}/contents` takes.
    pub content: RouteContentBody,
    /// What is chosen, in the order of the content.
    #[schema(max_items = 200)]
    pub choices: Vec<RouteProposalChoiceView>,
    /// Every open deficit, the heaviest first.
    #[schema(max_items = 1000)]
    pub deficits: Vec<RouteProposalDeficitView>,
    /// The norm of hours; absent where the regulation sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm: Option<RouteProposalNorm>,
    /// Academic hours together.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub hours: Hours,
    /// Roubles together.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub price_rubles: i32,
    /// How many wishes are not met.
    #[schema(minimum = 0, maximum = 1000)]
    pub unmet_wishes: i32,
    /// No better choice exists. `false`: the search ended before that was excluded, see `unproven`.
    pub optimal: bool,
    /// The first criterion by which a better choice may exist; by the weightier ones there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unproven: Option<RouteProposalCriterion>,
    /// How many programs and modules with their dates were looked at.
    #[schema(value_type = u32, minimum = 0, maximum = 1_000_000)]
    pub considered: usize,
}

impl From<Proposal> for RouteProposalView {
    fn from(proposal: Proposal) -> Self {
        Self {
            person_id: proposal.person_id,
            organization_id: proposal.organization_id,
            regulation_id: proposal.regulation_id,
            as_of: proposal.as_of,
            content: proposal.content.into(),
            choices: proposal.choices.into_iter().map(Into::into).collect(),
            deficits: proposal.deficits.into_iter().map(Into::into).collect(),
            norm: proposal.norm.map(|norm| RouteProposalNorm {
                required: norm.required,
                missing_before: norm.missing_before,
                missing_after: norm.missing_after,
            }),
            hours: proposal.hours,
            price_rubles: proposal.price,
            unmet_wishes: proposal.unmet_wishes,
            optimal: proposal.unproven.is_none(),
            unproven: proposal.unproven.map(Into::into),
            considered: proposal.considered,
        }
    }
}
