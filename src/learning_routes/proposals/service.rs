//! Proposing a route: facts, choice, explanation.

mod facts;

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::content::{self, Frame, deficits_of, name_of};
use super::explain::{Uncovered, alternatives, uncovered};
use super::gather::{Bounds, Gathered, Wishes, gather};
use super::model::{Candidate, Criterion, Demand};
use super::policy;
use super::solve::{Choice, Failure, choose};
use crate::authz::Role;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::service::{Beginning, begin, dates_problem, editors_of_part};
use crate::registry::programs::model::OfferedProgram;
use crate::regulations::profile::{ActivityBasis, OutsideRegistryPolicy, RouteProfile};
use crate::values::Hours;
use facts::Facts;

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
    let proposal = compute(ctx, &begun, &asked).await?;
    let change = Change::none().field("proposed_activities", (), proposal.choices.len());
    ctx.audit(&begun.permit, Subject { kind: "person", id: asked.person_id }, change).await?;
    Ok(proposal)
}

/// The proposal for whom the route would begin.
pub(in crate::learning_routes) async fn compute(
    ctx: &Ctx<'_>,
    begun: &Beginning,
    asked: &ProposalAsked,
) -> Result<Proposal> {
    let problems = term_problems(asked.starts_on, asked.ends_on, begun.today);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
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
    check_asked(asked, &facts.programs, &gathered)?;
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

fn explained(
    begun: &Beginning,
    asked: &ProposalAsked,
    facts: &Facts,
    demand: &Demand,
    gathered: &Gathered,
    choice: Choice,
    role: Role,
) -> Proposal {
    let rules = &begun.regulation.profile.route;
    let programs: HashMap<Uuid, &OfferedProgram> =
        facts.programs.iter().map(|program| (program.id, program)).collect();
    let part = rules.content.parts.iter().map(|rule| rule.part).find(|part| {
        let holds_others = rules.content.parts.iter().any(|rule| rule.within == Some(*part));
        !holds_others && editors_of_part(rules, Some(*part)).contains(&role)
    });
    let frame = Frame {
        title: asked.title.clone().unwrap_or_else(|| title(rules, asked)),
        starts_on: asked.starts_on,
        ends_on: asked.ends_on,
        part,
        norm_basis: norm_basis(rules),
        programs: &programs,
        deficits: &facts.deficits_by_topic,
        recommendations: &facts.recommendations,
    };
    let content = content::content(&frame, &choice.chosen);
    let choices = content.activities.iter().filter_map(|activity| {
        let candidate = choice.chosen.iter().find(|it| name_of(it) == activity.id)?;
        Some(ProposalChoice {
            activity_id: activity.id,
            title: activity.data.title.clone(),
            asked: demand.asked.contains(&candidate.program_id),
            in_active_registry: programs
                .get(&candidate.program_id)
                .is_some_and(|program| program.in_active_registry),
            deficit_ids: deficits_of(&facts.deficits_by_topic, candidate),
            alternatives: alternatives(gathered, candidate),
            candidate: candidate.clone(),
        })
    });
    let choices: Vec<ProposalChoice> = choices.collect();
    let deficits = facts.deficits.iter().map(|deficit| {
        let covered_by: Vec<Uuid> = choices
            .iter()
            .filter(|choice| choice.deficit_ids.contains(&deficit.id))
            .map(|choice| choice.activity_id)
            .collect();
        let why = covered_by.is_empty().then(|| match deficit.topic {
            Some(topic) => uncovered(demand, gathered, &choice.chosen, topic),
            None => (Uncovered::TooMany, None),
        });
        ProposalDeficit {
            deficit_id: deficit.id,
            competency_id: deficit.competency_id,
            weight: deficit.weight,
            covered_by,
            uncovered: why,
        }
    });
    let counted: i32 = choice.chosen.iter().map(|it| it.counted).sum();
    Proposal {
        person_id: begun.person.id,
        organization_id: begun.work.organization_id,
        regulation_id: begun.regulation.id,
        as_of: begun.today,
        deficits: deficits.collect(),
        norm: facts.norm.required.map(|required| ProposalNorm {
            required,
            missing_before: facts.norm.missing,
            missing_after: facts.norm.missing.saturating_sub(Hours::from_halves(counted)),
        }),
        hours: choice.chosen.iter().map(|it| Hours::from_halves(it.hours)).sum(),
        price: choice.chosen.iter().map(|it| it.price).sum(),
        unmet_wishes: choice.worth.wishes,
        unproven: choice.unproven,
        considered: choice.considered,
        content,
        choices,
    }
}

/// The regulation's own name of a route, with its years.
fn title(rules: &RouteProfile, asked: &ProposalAsked) -> String {
    use chrono::Datelike;
    let name = rules.kinds.first().map_or("Индивидуальный образовательный маршрут", |kind| &kind.title_ru);
    let (first, last) = (asked.starts_on.year(), asked.ends_on.year());
    if first == last {
        format!("{name} на {first} год")
    } else {
        format!("{name} на {first}–{last} годы")
    }
}

/// What the regulation lets stand as the basis of hours that the norm lacks.
fn norm_basis(rules: &RouteProfile) -> ActivityBasis {
    let allowed = rules.activities.bases.as_ref().map(|rule| rule.bases.as_slice()).unwrap_or_default();
    let usual = ActivityBasis::SystemPriority;
    match allowed.first() {
        Some(first) if !allowed.contains(&usual) => *first,
        _ => usual,
    }
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

/// What must be taken exists and can be taken.
fn check_asked(asked: &ProposalAsked, programs: &[OfferedProgram], gathered: &Gathered) -> Result<()> {
    let problem = |(index, id): (usize, &Uuid)| {
        let pointer = format!("/must_program_ids/{index}");
        if !programs.iter().any(|program| program.id == *id) {
            let words = Text::new("Такой программы нет", "There is no such program");
            return Some(FieldProblem::new(pointer, "unknown", words));
        }
        let taken = gathered.candidates.iter().any(|candidate| candidate.program_id == *id);
        (!taken).then(|| {
            let words = Text::new(
                "Эту программу нельзя взять в этот срок",
                "The program cannot be taken in this term",
            );
            FieldProblem::new(pointer, "not_available", words)
        })
    };
    let problems: Vec<FieldProblem> =
        asked.wishes.must_program_ids.iter().enumerate().filter_map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
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
