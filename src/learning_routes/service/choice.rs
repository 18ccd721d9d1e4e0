//! What an activity refers to: stage, program or module, offering, provider, deficits, needs, problems, findings,
//! recommendations. Every wrong reference at once.

use uuid::Uuid;

use super::super::model::{NewActivity, Problem, Stage};
use super::case::Case;
use super::create::dates_problem;
use super::references::References;
use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::ProgramState;
use crate::regulations::profile::{ActivityKind, EventForm};
use crate::training::vocabulary::OfferingState;

/// What an activity stands in.
pub(super) struct Surroundings<'a> {
    pub(super) case: &'a Case,
    pub(super) references: &'a References,
    pub(super) stages: &'a [Stage],
    pub(super) problems: &'a [Problem],
    /// The offering it names already, if any: that stays nameable when it is over.
    pub(super) named_offering: Option<Uuid>,
}

/// Completes the activity by what follows from the program, module or offering chosen; returns what is wrong with it.
pub(super) fn check(surroundings: &Surroundings<'_>, data: &mut NewActivity) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = dates_problem(data.starts_on, data.ends_on).into_iter().collect();
    problems.extend(place(surroundings, data));
    problems.extend(offering(surroundings, data));
    problems.extend(form(data));
    problems.extend(choice(surroundings, data));
    problems.extend(provider(surroundings, data));
    problems.extend(links(surroundings, data));
    problems
}

/// Stage and part.
fn place(surroundings: &Surroundings<'_>, data: &NewActivity) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if data.stage_id.is_some_and(|id| !surroundings.stages.iter().any(|stage| stage.id == id)) {
        problems.push(wrong(
            "/stage_id",
            "unknown",
            "Такого этапа у маршрута нет",
            "The route has no such stage",
        ));
    }
    let parts = &surroundings.case.rules().content.parts;
    if data.part.is_some_and(|part| !parts.iter().any(|rule| rule.part == part)) {
        problems.push(wrong(
            "/part",
            "part_not_allowed",
            "Положение не знает такой части",
            "The regulation does not know this part",
        ));
    } else if data.part.is_some_and(|part| parts.iter().any(|rule| rule.within == Some(part))) {
        // A part that consists of others holds no lines of its own: each obeys the rules of one of them (P0-10, P0-11).
        problems.push(wrong(
            "/part",
            "part_not_allowed",
            "Эта часть состоит из других: выберите одну из них",
            "This part consists of others: choose one of them",
        ));
    }
    problems
}

/// The offering chosen (P3-20); program and module follow from it.
fn offering(surroundings: &Surroundings<'_>, data: &mut NewActivity) -> Option<FieldProblem> {
    let id = data.offering_id?;
    let unknown = || wrong("/offering_id", "unknown", "Такого обучения нет", "There is no such offering");
    let found = surroundings
        .references
        .offerings
        .get(&id)
        .filter(|offering| offering.region_id == surroundings.case.route.region_id);
    let Some(found) = found else { return Some(unknown()) };
    if surroundings.named_offering != Some(id) {
        match found.state {
            OfferingState::Open | OfferingState::Running => {}
            // A plan that was never announced is not known to anybody else.
            _ if found.opened_at.is_none() => return Some(unknown()),
            _ => {
                return Some(wrong(
                    "/offering_id",
                    "offering_is_over",
                    "Это обучение завершено или отменено",
                    "The offering is over or cancelled",
                ));
            }
        }
    }
    match data.kind {
        ActivityKind::Program => data.program_id = data.program_id.or(found.data.program_id),
        ActivityKind::Module => data.module_id = data.module_id.or(found.data.module_id),
        _ => {}
    }
    let other = |named: Option<Uuid>, offered: Option<Uuid>| named.is_some() && named != offered;
    let differs = match data.kind {
        ActivityKind::Module => other(data.module_id, found.data.module_id),
        _ => other(data.program_id, found.data.program_id),
    };
    differs.then(|| {
        wrong(
            "/offering_id",
            "offering_of_other_program",
            "Это обучение по другой программе или модулю",
            "The offering teaches another program or module",
        )
    })
}

/// Which fields the kind of activity has.
fn form(data: &NewActivity) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let is_module = data.kind == ActivityKind::Module;
    if is_module && data.module_id.is_none() {
        problems.push(wrong("/module_id", "required", "Укажите модуль", "Name the module"));
    }
    if !is_module && data.module_id.is_some() {
        problems.push(wrong(
            "/module_id",
            "not_allowed",
            "Модуль бывает только у вида module",
            "Only the kind `module` has a module",
        ));
    }
    if !is_module && data.kind != ActivityKind::Program && data.program_id.is_some() {
        problems.push(wrong(
            "/program_id",
            "not_allowed",
            "У этого вида нет программы",
            "This kind has no program",
        ));
    }
    if data.event_form == Some(EventForm::Other) && data.form_note.is_none() {
        problems.push(wrong(
            "/form_note",
            "required",
            "Назовите форму мероприятия словами",
            "Name the form of the event in words",
        ));
    }
    problems
}

/// The program or single module; hours and provider follow from it unless they are given.
fn choice(surroundings: &Surroundings<'_>, data: &mut NewActivity) -> Option<FieldProblem> {
    let (references, region_id) = (surroundings.references, surroundings.case.route.region_id);
    if let Some(module_id) = data.module_id {
        let found = references.modules.get(&module_id).filter(|module| module.program.region_id == region_id);
        let Some(module) = found else {
            return Some(wrong("/module_id", "unknown", "Такого модуля нет", "There is no such module"));
        };
        if data.program_id.is_some_and(|id| id != module.program.id) {
            return Some(wrong(
                "/program_id",
                "module_of_other_program",
                "Модуль другой программы",
                "The module belongs to another program",
            ));
        }
        if module.program.state != ProgramState::Accepted {
            return Some(not_accepted("/module_id"));
        }
        data.program_id = Some(module.program.id);
        data.provider_id = data.provider_id.or(Some(module.module.data.provider_id));
        data.hours = data.hours.or(Some(module.module.data.hours));
        return None;
    }
    let program_id = data.program_id?;
    let found = references.programs.get(&program_id).filter(|program| program.region_id == region_id);
    let Some(program) = found else {
        return Some(wrong("/program_id", "unknown", "Такой программы нет", "There is no such program"));
    };
    if program.state != ProgramState::Accepted {
        return Some(not_accepted("/program_id"));
    }
    data.provider_id = data.provider_id.or(Some(program.provider_id));
    data.hours = data.hours.or(Some(program.hours));
    None
}

/// Whether the provider is an organization of the region that may provide training (P0-28: the learner chooses it).
fn provider(surroundings: &Surroundings<'_>, data: &NewActivity) -> Option<FieldProblem> {
    let id = data.provider_id?;
    // The provider of a program or module that was found is one.
    let follows = surroundings.references.programs.values().any(|program| program.provider_id == id)
        || surroundings.references.modules.values().any(|module| module.module.data.provider_id == id);
    let teaches = surroundings.references.providers.get(&id).is_some_and(|found| {
        let kind_fits = match data.program_id {
            Some(_) => found.kind.may_own_programs(),
            None => found.kind.may_provide(),
        };
        found.region_id == surroundings.case.route.region_id && kind_fits
    });
    (!follows && !teaches).then(|| {
        wrong("/provider_id", "unknown", "Такой обучающей организации нет", "There is no such provider")
    })
}

/// What it answers and rests on.
fn links(surroundings: &Surroundings<'_>, data: &mut NewActivity) -> Vec<FieldProblem> {
    let references = surroundings.references;
    let mut problems = Vec::new();
    let mut check = |pointer: &str, ids: &mut Vec<Uuid>, known: &dyn Fn(&Uuid) -> bool, words: Text| {
        ids.sort_unstable();
        ids.dedup();
        let unknown = ids.iter().enumerate().filter(|(_, id)| !known(id));
        problems.extend(
            unknown
                .map(|(index, _)| FieldProblem::new(format!("{pointer}/{index}"), "unknown", words.clone())),
        );
    };
    check(
        "/deficit_ids",
        &mut data.deficit_ids,
        &|id| references.deficits.contains(id),
        Text::new("У педагога нет такого открытого дефицита", "The learner has no such open deficit"),
    );
    check(
        "/need_ids",
        &mut data.need_ids,
        &|id| references.needs.contains(id),
        Text::new("У педагога нет такой открытой потребности", "The learner has no such open need"),
    );
    check(
        "/problem_ids",
        &mut data.problem_ids,
        &|id| surroundings.problems.iter().any(|problem| problem.id == *id),
        Text::new("У маршрута нет такой проблемы", "The route has no such problem"),
    );
    check(
        "/finding_ids",
        &mut data.finding_ids,
        &|id| references.findings.contains(id),
        Text::new("Такого вывода нет", "There is no such finding"),
    );
    check(
        "/recommendation_ids",
        &mut data.recommendation_ids,
        &|id| references.recommendations.contains(id),
        Text::new("Такой рекомендации педагогу нет", "The learner was given no such recommendation"),
    );
    problems
}

pub(super) fn wrong(pointer: &str, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(pointer, code, Text::new(ru, en))
}

fn not_accepted(pointer: &str) -> FieldProblem {
    wrong(pointer, "program_not_accepted", "Программа не принята", "The program is not accepted")
}
