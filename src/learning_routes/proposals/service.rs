//! Proposing a route: facts, choice, explanation.

mod explained;
mod facts;
mod wishes;

use chrono::NaiveDate;
use uuid::Uuid;

use super::explain::Uncovered;
use super::gather::{Bounds, Wishes, gather};
use super::model::{Candidate, Criterion, Demand};
use super::policy;
use super::solve::{Failure, choose};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::service::{Beginning, begin, dates_problem};
use crate::regulations::profile::OutsideRegistryPolicy;
use crate::values::Hours;
use explained::explained;
use facts::Facts;
use wishes::check_must;

pub(in crate::learning_routes) use wishes::unknown_wishes;

/// What is asked of a proposal.
#[derive(Debug, Clone)]
pub struct ProposalAsked {
    /// The learner.
    pub person_id: Uuid,
    /// The school, when the learner works at several.
    pub organization_id: Option<Uuid>,
    /// Title of the route; absent: the regulation's name of it and the years.
    pub title: Option<String>,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// At most so many hours.
    pub max_hours: Option<Hours>,
    /// At most so many roubles.
    pub max_price: Option<i32>,
    /// At most so many at a time.
    pub max_parallel: usize,
    /// Whether hours that the norm lacks are to be made up for.
    pub cover_norm: bool,
    /// Wishes.
    pub wishes: Wishes,
}

/// A route proposed, with reasons.
#[derive(Debug)]
pub struct Proposal {
    /// The learner.
    pub person_id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// The regulation.
    pub regulation_id: Uuid,
    /// The day it was computed.
    pub as_of: NaiveDate,
    /// The content.
    pub content: RouteContent,
    /// What is chosen.
    pub choices: Vec<ProposalChoice>,
    /// Every open deficit.
    pub deficits: Vec<ProposalDeficit>,
    /// The norm, where there is one.
    pub norm: Option<ProposalNorm>,
    /// Hours of all that is chosen.
    pub hours: Hours,
    /// Roubles of all that is chosen.
    pub price: i32,
    /// Wishes not met.
    pub unmet_wishes: i32,
    /// The first criterion by which a better choice may exist.
    pub unproven: Option<Criterion>,
    /// How many candidates were looked at.
    pub considered: usize,
}

/// Something chosen.
#[derive(Debug)]
pub struct ProposalChoice {
    /// Its activity in the content.
    pub activity_id: Uuid,
    /// Title.
    pub title: String,
    /// What it is.
    pub candidate: Candidate,
    /// Whether it had to be taken.
    pub asked: bool,
    /// Whether its program stands in the registry.
    pub in_active_registry: bool,
    /// The deficits it answers.
    pub deficit_ids: Vec<Uuid>,
    /// How many other programs answer as much.
    pub alternatives: usize,
}

/// An open deficit.
#[derive(Debug)]
pub struct ProposalDeficit {
    /// The deficit.
    pub deficit_id: Uuid,
    /// Its competency.
    pub competency_id: Uuid,
    /// Its weight: hundredths of the competency's weight times the severity.
    pub weight: i32,
    /// Activities of the content that answer it.
    pub covered_by: Vec<Uuid>,
    /// Why none does, and the program nearest to it.
    pub uncovered: Option<(Uncovered, Option<Uuid>)>,
}

/// The norm at the end of the term.
#[derive(Debug)]
pub struct ProposalNorm {
    /// The norm.
    pub required: Hours,
    /// What lacks without the route.
    pub missing_before: Hours,
    /// What lacks with it.
    pub missing_after: Hours,
}

/// Computes a route for that person. Nothing is stored of it.
pub async fn propose_route(ctx: &Ctx<'_>, asked: ProposalAsked) -> Result<Proposal> {
    let begun = begin(ctx, &policy::PROPOSE_ROUTE, asked.person_id, asked.organization_id).await?;
    let mut problems = term_problems(asked.starts_on, asked.ends_on, begun.today);
    problems.extend(unknown_wishes(ctx, begun.person.region_id, &asked.wishes).await?);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    proposed(ctx, &begun, &asked).await
}

/// The same by wishes that were found right when they were written: a program that has left the registry since, or a
/// provider, stands in nobody's way.
pub(in crate::learning_routes) async fn propose_later(
    ctx: &Ctx<'_>,
    asked: ProposalAsked,
) -> Result<Proposal> {
    let begun = begin(ctx, &policy::PROPOSE_ROUTE, asked.person_id, asked.organization_id).await?;
    let problems = term_problems(asked.starts_on, asked.ends_on, begun.today);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    proposed(ctx, &begun, &asked).await
}

async fn proposed(ctx: &Ctx<'_>, begun: &Beginning, asked: &ProposalAsked) -> Result<Proposal> {
    let proposal = compute(ctx, begun, asked).await?;
    let change = Change::none().field("proposed_activities", (), proposal.choices.len());
    ctx.audit(&begun.permit, Subject { kind: "person", id: asked.person_id }, change).await?;
    Ok(proposal)
}

/// The proposal for whom the route would begin.
async fn compute(ctx: &Ctx<'_>, begun: &Beginning, asked: &ProposalAsked) -> Result<Proposal> {
    let facts = Facts::read(ctx, begun, asked).await?;
    let rules = &begun.regulation.profile.route;
    let choice_rule = rules.activities.program_choice.as_ref();
    let bounds = Bounds {
        from: asked.starts_on.max(begun.today),
        until: asked.ends_on,
        single_modules: choice_rule.is_none_or(|rule| rule.single_modules),
        only_registry: facts.only_registry,
        strictly: choice_rule.is_some_and(|rule| rule.outside_registry == OutsideRegistryPolicy::Forbid),
        hours: &facts.norm.rule,
        wishes: &asked.wishes,
        topics: &facts.topics,
        recommended: &facts.recommended(),
    };
    let gathered = gather(&bounds, &facts.programs, |provider, first, last| {
        facts.providers.of(Some(provider)).eligibility_during(first, last)
    });
    check_must(&asked.wishes.must_program_ids, &gathered)?;
    let demand = Demand {
        weights: facts.weights.clone(),
        missing: facts.lacking.halves(),
        max_hours: asked.max_hours.map(Hours::halves),
        max_price: asked.max_price,
        max_parallel: asked.max_parallel,
        asked: asked.wishes.must_program_ids.clone(),
    };
    // Arithmetic alone: it must not hold up the other requests of this worker.
    let (demand, gathered, choice) = tokio::task::spawn_blocking(move || {
        let choice = choose(&demand, &gathered.candidates);
        (demand, gathered, choice)
    })
    .await
    .map_err(Error::internal)?;
    let choice = choice.map_err(failed)?;
    let role = begun.permit.role()?;
    Ok(explained(begun, asked, &facts, &demand, &gathered, choice, role))
}

/// What is wrong with the term of a route to be proposed.
pub(in crate::learning_routes) fn term_problems(
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    today: NaiveDate,
) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = dates_problem(starts_on, ends_on).into_iter().collect();
    if ends_on < today {
        let words = Text::new("Срок уже прошёл", "The term is over");
        problems.push(FieldProblem::new("/ends_on", "in_the_past", words));
    }
    problems
}

fn failed(failure: Failure) -> Error {
    match failure {
        Failure::Asked => Error::field(
            "/must_program_ids",
            "do_not_fit",
            "Эти программы вместе не помещаются в срок, часы и бюджет",
            "These programs do not fit together into term, hours and budget",
        ),
        Failure::Solver(why) => Error::new(Code::Unavailable).cause(why),
    }
}
