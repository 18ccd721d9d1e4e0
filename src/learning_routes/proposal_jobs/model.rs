//! A job, its people, and what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::{RouteProposalJobPersonState as PersonState, RouteProposalJobState as State};
use crate::error::{Error, FieldProblem, Language, Text};

/// Whose people a job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circle {
    /// Of one organization.
    Organization(Uuid),
    /// Of a whole municipality.
    Municipality(Uuid),
    /// Of a whole region.
    Region(Uuid),
}

/// The term that everybody's route is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// How many of the people stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not taken yet.
    pub waiting: i64,
    /// With a proposal.
    pub proposed: i64,
    /// With a draft.
    pub drafted: i64,
    /// With nothing to do.
    pub nothing_to_do: i64,
    /// Refused.
    pub refused: i64,
}

impl Counts {
    /// Adds so many of that state.
    pub const fn add(&mut self, state: PersonState, number: i64) {
        let place = match state {
            PersonState::Waiting => &mut self.waiting,
            PersonState::Proposed => &mut self.proposed,
            PersonState::Drafted => &mut self.drafted,
            PersonState::NothingToDo => &mut self.nothing_to_do,
            PersonState::Refused => &mut self.refused,
        };
        *place += number;
    }
}

/// A job; `A` is the stored form of what is asked.
#[derive(Debug, Clone)]
pub struct Job<A> {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the place.
    pub municipality_id: Option<Uuid>,
    /// Whose people.
    pub organization_id: Uuid,
    /// Term and wishes.
    pub asked: A,
    /// Whether drafts are created.
    pub create_drafts: bool,
    /// How many people.
    pub people: i32,
    /// Where it stands.
    pub state: State,
    /// The account that asked.
    pub requested_by: Uuid,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many stand where.
    pub counts: Counts,
    /// Row version.
    pub version: i64,
}

/// Why somebody was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field of a route that is wrong; empty when it is no field.
    pub pointer: String,
    /// Stable machine name.
    pub code: String,
    /// In words.
    pub message: Text,
}

/// Why, out of a refusal: every wrong field, else the refusal itself.
pub fn problems(refusal: &Error) -> Vec<Problem> {
    let of_field = |field: &FieldProblem| Problem {
        pointer: field.pointer.clone(),
        code: field.code.clone().into_owned(),
        message: field.message.clone(),
    };
    if refusal.fields.is_empty() {
        let message = refusal.detail.clone().unwrap_or_else(|| refusal.code.title());
        return vec![Problem { pointer: String::new(), code: refusal.code.name().to_owned(), message }];
    }
    refusal.fields.iter().map(of_field).collect()
}

impl Problem {
    /// The words in both languages: Russian, English.
    pub fn words(&self) -> (&str, &str) {
        (self.message.in_language(Language::Ru), self.message.in_language(Language::En))
    }
}

/// One of the people of a job; `D` is the stored form of documents.
#[derive(Debug, Clone)]
pub struct JobPerson<D> {
    /// Who.
    pub person_id: Uuid,
    /// The school the route would belong to.
    pub organization_id: Uuid,
    /// The order in which they are taken.
    pub position: i32,
    /// What became of it.
    pub state: PersonState,
    /// The draft.
    pub route_id: Option<Uuid>,
    /// What was proposed; not read for lists.
    pub proposal: Option<D>,
    /// Why it was refused.
    pub problems: D,
    /// When.
    pub done_at: Option<DateTime<Utc>>,
}

/// Whose turn it is; `A` is the stored form of what is asked.
#[derive(Debug, Clone)]
pub struct Turn<A> {
    /// The job.
    pub job_id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In whose name.
    pub requested_by: Uuid,
    /// Term and wishes.
    pub asked: A,
    /// Whether a draft is created.
    pub create_drafts: bool,
    /// Who.
    pub person_id: Uuid,
    /// The school the route would belong to.
    pub organization_id: Uuid,
}

/// What became of somebody; `D` is the stored form of a proposal.
#[derive(Debug, Clone)]
pub struct Outcome<D> {
    /// What.
    pub state: PersonState,
    /// The draft.
    pub route_id: Option<Uuid>,
    /// What was proposed.
    pub proposal: Option<D>,
    /// Why it was refused.
    pub problems: Vec<Problem>,
}

impl<D> Outcome<D> {
    /// It was refused.
    pub fn refused(refusal: &Error) -> Self {
        Self { state: PersonState::Refused, route_id: None, proposal: None, problems: problems(refusal) }
    }
}
