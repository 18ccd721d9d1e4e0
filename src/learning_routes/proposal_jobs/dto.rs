//! What travels about jobs.

mod query;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Job, JobPerson, Term};
use super::service::{JobWhole, NewJob};
use super::vocabulary::{RouteProposalJobPersonState, RouteProposalJobState};
use crate::error::{Error, Language, Result};
use crate::http::page_view;
use crate::learning_routes::proposals::dto::{
    RouteProposalCreate, RouteProposalPreferences, RouteProposalView,
};
use crate::learning_routes::proposals::service::{Proposal, ProposalAsked};
use crate::values::day;

pub use query::{RouteProposalJobPeopleQuery, RouteProposalJobQuery};

/// For whom routes are to be proposed, and how (задание на подбор маршрутов).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteProposalJobCreate {
    /// Whose people: a school, a municipal authority (everybody of the municipality) or a ministry (of the region).
    pub organization_id: Uuid,
    /// Title of the routes; absent: the regulation's name of a route and its years.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Маршрут на 2026–2028 годы")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First day of the term; nothing begins before today.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day of the term.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Whether each proposal is put into a draft at once, where the regulation lets drafts be made for many people.
    #[serde(default)]
    #[schema(default = false)]
    pub create_drafts: bool,
    /// Bounds and wishes, the same for everybody.
    #[serde(default)]
    #[validate(nested)]
    pub preferences: RouteProposalPreferences,
}

impl RouteProposalJobCreate {
    /// As the use case takes it.
    pub fn to_new(&self) -> Result<NewJob> {
        Ok(NewJob {
            organization_id: self.organization_id,
            term: Term { starts_on: self.starts_on, ends_on: self.ends_on },
            create_drafts: self.create_drafts,
            wishes: self.preferences.to_wishes(&[]),
            asked: serde_json::to_value(self).map_err(Error::internal)?,
        })
    }

    fn stored(asked: &Value) -> Result<Self> {
        Self::deserialize(asked).map_err(Error::internal)
    }
}

/// What is asked for one of the people, out of what is kept of a job.
pub(super) fn asked_of(asked: &Value, person_id: Uuid, organization_id: Uuid) -> Result<ProposalAsked> {
    let kept = RouteProposalJobCreate::stored(asked)?;
    let one = RouteProposalCreate {
        organization_id: Some(organization_id),
        title: kept.title,
        starts_on: kept.starts_on,
        ends_on: kept.ends_on,
        must_program_ids: Vec::new(),
        preferences: kept.preferences,
    };
    Ok(one.to_asked(person_id))
}

/// A proposal as it is kept: as it would have been shown that day.
pub(super) fn document(proposal: Proposal) -> Result<Value> {
    serde_json::to_value(RouteProposalView::from(proposal)).map_err(Error::internal)
}

/// How many people of a job stand where (сколько человек в каком состоянии).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteProposalJobCounts {
    /// Not taken yet.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub waiting: i64,
    /// With a proposal.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub proposed: i64,
    /// With a draft.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub drafted: i64,
    /// With nothing to do.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub nothing_to_do: i64,
    /// Refused.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub refused: i64,
}

/// Proposals for many people at once (задание на подбор маршрутов).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProposalJob)]
pub struct RouteProposalJobView {
    /// The job's id.
    pub id: Uuid,
    /// What was asked for.
    pub asked: RouteProposalJobCreate,
    /// Where it stands.
    pub state: RouteProposalJobState,
    /// How many people it is about: those with an open deficit and no route under way when it was asked for.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people: i32,
    /// How many of them stand where.
    pub counts: RouteProposalJobCounts,
    /// The account in whose name it is done.
    pub requested_by: Uuid,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When everybody had been taken, or it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RouteProposalJobView {
    /// The representation of a job.
    pub fn new((job, allowed_actions): JobWhole) -> Result<Self> {
        let Job { id, state, people, counts, requested_by, created_at, finished_at, .. } = job;
        Ok(Self {
            id,
            asked: RouteProposalJobCreate::stored(&job.asked)?,
            state,
            people,
            counts: RouteProposalJobCounts {
                waiting: counts.waiting,
                proposed: counts.proposed,
                drafted: counts.drafted,
                nothing_to_do: counts.nothing_to_do,
                refused: counts.refused,
            },
            requested_by,
            created_at,
            finished_at,
            allowed_actions,
        })
    }
}

page_view! {
    /// One page of jobs, newest first.
    RouteProposalJobPage of RouteProposalJobView
}

/// Why somebody was refused (причина отказа).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteProposalJobProblem {
    /// The field of a route or of the job that is wrong; empty when it is no field.
    #[schema(max_length = 500, example = "/create_drafts")]
    pub pointer: String,
    /// Stable machine name. New names may come.
    #[schema(max_length = 100, example = "not_in_bulk")]
    pub code: String,
    /// In words, in the caller's language.
    #[schema(max_length = 2000)]
    pub message: String,
}

#[derive(Deserialize)]
struct StoredProblem {
    pointer: String,
    code: String,
    ru: String,
    en: String,
}

impl StoredProblem {
    fn in_language(self, language: Language) -> RouteProposalJobProblem {
        let message = match language {
            Language::Ru => self.ru,
            Language::En => self.en,
        };
        RouteProposalJobProblem { pointer: self.pointer, code: self.code, message }
    }
}

/// One of the people of a job (человек в задании).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProposalJobPerson)]
pub struct RouteProposalJobPersonView {
    /// Who.
    pub person_id: Uuid,
    /// The school the route would belong to.
    pub organization_id: Uuid,
    /// What became of it.
    pub state: RouteProposalJobPersonState,
    /// The draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
    /// Why it was refused.
    #[schema(max_items = 1000)]
    pub problems: Vec<RouteProposalJobProblem>,
    /// When the person was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_at: Option<DateTime<Utc>>,
    /// What was proposed that day; lists leave it out.
    #[schema(value_type = Option<RouteProposalView>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Value>,
}

impl RouteProposalJobPersonView {
    /// The representation for a caller of that language.
    pub fn new(person: JobPerson<Value>, language: Language) -> Result<Self> {
        let problems = Vec::<StoredProblem>::deserialize(&person.problems).map_err(Error::internal)?;
        Ok(Self {
            person_id: person.person_id,
            organization_id: person.organization_id,
            state: person.state,
            route_id: person.route_id,
            problems: problems.into_iter().map(|problem| problem.in_language(language)).collect(),
            done_at: person.done_at,
            proposal: person.proposal,
        })
    }
}

page_view! {
    /// One page of the people of a job, in the order in which they are taken.
    RouteProposalJobPersonPage of RouteProposalJobPersonView
}
