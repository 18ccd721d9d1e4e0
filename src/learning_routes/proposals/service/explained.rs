//! A choice told with its reasons.

use std::collections::HashMap;

use chrono::Datelike;
use uuid::Uuid;

use super::facts::Facts;
use super::{Proposal, ProposalAsked, ProposalChoice, ProposalDeficit, ProposalNorm};
use crate::authz::Role;
use crate::learning_routes::proposals::content::{self, Frame, deficits_of, name_of};
use crate::learning_routes::proposals::explain::{Uncovered, alternatives, uncovered};
use crate::learning_routes::proposals::gather::Gathered;
use crate::learning_routes::proposals::model::Demand;
use crate::learning_routes::proposals::solve::Choice;
use crate::learning_routes::service::{Beginning, editors_of_part};
use crate::registry::programs::model::OfferedProgram;
use crate::regulations::profile::{ActivityBasis, RouteProfile};
use crate::values::Hours;

/// The proposal that the choice makes.
pub(super) fn explained(
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
