//! The content of a route made of a choice, as it can be put into a draft. Pure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::gather::is_recommended;
use super::model::{Candidate, Topics};
use crate::learning_routes::model::{Activity, ActivityState, NewActivity, Note, RouteContent};
use crate::registry::programs::model::{OfferedProgram, OfferedStart};
use crate::registry::recommendations::model::RecommendedProgram;
use crate::regulations::profile::{ActivityBasis, ActivityKind, RoutePart};
use crate::values::Hours;

/// What a content is made of beside the choice.
pub struct Frame<'a> {
    /// Title of the route.
    pub title: String,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// The part that whoever asks may write into.
    pub part: Option<RoutePart>,
    /// The basis of what fills the norm.
    pub norm_basis: ActivityBasis,
    /// The programs on offer.
    pub programs: &'a HashMap<Uuid, &'a OfferedProgram>,
    /// The deficits of each topic.
    pub deficits: &'a [(Topics, Vec<Uuid>)],
    /// Recommendations to the learner.
    pub recommendations: &'a [(Uuid, RecommendedProgram)],
}

/// The name of a chosen thing within one answer: the offering, else the module, else the program.
pub fn name_of(candidate: &Candidate) -> Uuid {
    candidate.offering_id.or(candidate.module_id).unwrap_or(candidate.program_id)
}

/// The deficits that a chosen thing answers.
pub fn deficits_of(deficits: &[(Topics, Vec<Uuid>)], candidate: &Candidate) -> Vec<Uuid> {
    let answered = deficits.iter().filter(|(topic, _)| candidate.topics.hold(*topic));
    answered.flat_map(|(_, ids)| ids.iter().copied()).collect()
}

/// The content, its activities by their first day.
pub fn content(frame: &Frame<'_>, chosen: &[Candidate]) -> RouteContent {
    let mut chosen: Vec<&Candidate> = chosen.iter().collect();
    chosen.sort_by_cached_key(|it| (it.days.map_or(frame.starts_on, |(first, _)| first), it.place()));
    let activities: Vec<Activity> = (1_i32..)
        .zip(chosen)
        .filter_map(|(position, candidate)| {
            Some(Activity {
                id: name_of(candidate),
                position,
                data: activity(frame, frame.programs.get(&candidate.program_id)?, candidate),
                state: ActivityState::Planned,
                completed_by: None,
                author: None,
            })
        })
        .collect();
    let hours: Hours = activities.iter().filter_map(|activity| activity.data.hours).sum();
    let answers = activities.iter().any(|activity| !activity.data.deficit_ids.is_empty());
    let note = Note {
        goal: answers.then(|| "Восполнить выявленные профессиональные дефициты".to_owned()),
        total_hours: hours.is_positive().then_some(hours),
        ..Note::default()
    };
    RouteContent {
        title: frame.title.clone(),
        starts_on: frame.starts_on,
        ends_on: frame.ends_on,
        note,
        problems: Vec::new(),
        evidence: Vec::new(),
        stages: Vec::new(),
        activities,
        study_plan: Vec::new(),
        budget: Vec::new(),
    }
}

fn activity(frame: &Frame<'_>, program: &OfferedProgram, candidate: &Candidate) -> NewActivity {
    let module = candidate.module_id.and_then(|id| program.modules.iter().find(|module| module.id == id));
    let start: Option<&OfferedStart> =
        candidate.offering_id.and_then(|id| program.starts.iter().find(|start| start.offering_id == id));
    let deficit_ids = deficits_of(frame.deficits, candidate);
    let (starts_on, ends_on) = candidate.days.unwrap_or((frame.starts_on, frame.ends_on));
    let given: HashSet<RecommendedProgram> = frame.recommendations.iter().map(|(_, what)| *what).collect();
    let follows = is_recommended(&given, candidate);
    let same = |what: &RecommendedProgram| match what {
        RecommendedProgram::Module(id) => candidate.module_id == Some(*id),
        RecommendedProgram::Whole(id) => candidate.module_id.is_none() && candidate.program_id == *id,
    };
    let recommendations = frame.recommendations.iter().filter(|(_, what)| follows && same(what));
    let fills = deficit_ids.is_empty();
    NewActivity {
        stage_id: None,
        kind: if module.is_some() { ActivityKind::Module } else { ActivityKind::Program },
        part: frame.part,
        title: module.map_or(&program.title, |module| &module.title).clone(),
        content: None,
        program_id: Some(program.id),
        module_id: module.map(|module| module.id),
        provider_id: Some(module.map_or(program.provider_id, |module| module.provider_id)),
        hours: Some(Hours::from_halves(candidate.hours)),
        study_form: None,
        starts_on,
        ends_on,
        place: start.and_then(|start| start.place.clone()),
        offering_id: candidate.offering_id,
        event_form: None,
        form_note: None,
        event_level: None,
        participation: None,
        work_mode: None,
        group_title: None,
        reason: if fills { frame.norm_basis } else { ActivityBasis::Deficit },
        justification: fills.then(|| "Часы, которых недостаёт до нормы повышения квалификации".to_owned()),
        deficit_ids,
        need_ids: Vec::new(),
        problem_ids: Vec::new(),
        finding_ids: Vec::new(),
        recommendation_ids: recommendations.map(|(id, _)| *id).collect(),
    }
}
