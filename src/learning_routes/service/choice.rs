//! What an activity refers to: stage, program or module, provider, deficits, needs. Every wrong reference at once.

use uuid::Uuid;

use super::super::model::{NewActivity, RouteDraft};
use super::case::Case;
use super::create::dates_problem;
use crate::db::Ctx;
use crate::diagnostics;
use crate::diagnostics::needs::service::needs_of;
use crate::directory::organizations;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::registry::programs::model::{ModuleFacts, ProgramFacts, ProgramState};
use crate::registry::programs::service::{modules_facts, programs_facts};
use crate::regulations::profile::ActivityKind;

/// The activity with what follows from the program or module chosen; `linked` deficits may stay, closed or not.
pub(super) async fn checked(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
    mut data: NewActivity,
    linked: &[Uuid],
) -> Result<NewActivity> {
    let mut problems: Vec<FieldProblem> = dates_problem(data.starts_on, data.ends_on).into_iter().collect();
    let mut wrong = |pointer: &str, code: &'static str, ru: &'static str, en: &'static str| {
        problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
    };
    if data.stage_id.is_some_and(|id| !draft.stages.iter().any(|stage| stage.id == id)) {
        wrong("/stage_id", "unknown", "Такого этапа у маршрута нет", "The route has no such stage");
    }
    let parts = &case.rules().content.parts;
    if data.part.is_some_and(|part| !parts.iter().any(|rule| rule.part == part)) {
        wrong(
            "/part",
            "part_not_allowed",
            "Положение не знает такой части",
            "The regulation does not know this part",
        );
    } else if data.part.is_some_and(|part| parts.iter().any(|rule| rule.within == Some(part))) {
        // A part that consists of others holds no lines of its own: each obeys the rules of one of them (P0-10, P0-11).
        wrong(
            "/part",
            "part_not_allowed",
            "Эта часть состоит из других: выберите одну из них",
            "This part consists of others: choose one of them",
        );
    }
    let is_module = data.kind == ActivityKind::Module;
    if is_module && data.module_id.is_none() {
        wrong("/module_id", "required", "Укажите модуль", "Name the module");
    }
    if !is_module && data.module_id.is_some() {
        wrong(
            "/module_id",
            "not_allowed",
            "Модуль бывает только у вида module",
            "Only the kind `module` has a module",
        );
    }
    if !is_module && data.kind != ActivityKind::Program && data.program_id.is_some() {
        wrong("/program_id", "not_allowed", "У этого вида нет программы", "This kind has no program");
    }
    let chosen = Chosen::find(ctx, &data).await?;
    if let Some(module_id) = data.module_id {
        match chosen.module.as_ref().filter(|module| module.program.region_id == case.route.region_id) {
            None => wrong("/module_id", "unknown", "Такого модуля нет", "There is no such module"),
            Some(module) if data.program_id.is_some_and(|id| id != module.program.id) => {
                wrong(
                    "/program_id",
                    "module_of_other_program",
                    "Модуль другой программы",
                    "The module belongs to another program",
                );
            }
            Some(module) if module.program.state != ProgramState::Accepted => {
                wrong(
                    "/module_id",
                    "program_not_accepted",
                    "Программа не принята",
                    "The program is not accepted",
                );
            }
            Some(module) => {
                debug_assert_eq!(module.module.id, module_id);
                data.program_id = Some(module.program.id);
                data.provider_id = data.provider_id.or(Some(module.module.data.provider_id));
                data.hours = data.hours.or(Some(module.module.data.hours));
            }
        }
    } else if data.program_id.is_some() {
        match chosen.program.as_ref().filter(|program| program.region_id == case.route.region_id) {
            None => wrong("/program_id", "unknown", "Такой программы нет", "There is no such program"),
            Some(program) if program.state != ProgramState::Accepted => {
                wrong(
                    "/program_id",
                    "program_not_accepted",
                    "Программа не принята",
                    "The program is not accepted",
                );
            }
            Some(program) => {
                data.provider_id = data.provider_id.or(Some(program.provider_id));
                data.hours = data.hours.or(Some(program.hours));
            }
        }
    }
    if data.provider_id.is_some() && !provides(ctx, case, &data).await? {
        wrong("/provider_id", "unknown", "Такой обучающей организации нет", "There is no such provider");
    }
    data.deficit_ids.sort_unstable();
    data.deficit_ids.dedup();
    if !data.deficit_ids.is_empty() {
        let open = diagnostics::service::open_deficits_of(ctx, case.route.person_id).await?;
        let known = |id: &Uuid| linked.contains(id) || open.iter().any(|deficit| deficit.id == *id);
        for (index, _) in data.deficit_ids.iter().enumerate().filter(|(_, id)| !known(id)) {
            let words =
                Text::new("У педагога нет такого открытого дефицита", "The learner has no such open deficit");
            problems.push(FieldProblem::new(format!("/deficit_ids/{index}"), "unknown", words));
        }
    }
    unknown_needs(ctx, case, draft, &mut data, &mut problems).await?;
    if problems.is_empty() { Ok(data) } else { Err(Error::invalid(problems)) }
}

/// Open needs of the learner, or of a group of the learner's school or municipality; one that the route names already
/// may have been withdrawn since.
async fn unknown_needs(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
    data: &mut NewActivity,
    problems: &mut Vec<FieldProblem>,
) -> Result<()> {
    data.need_ids.sort_unstable();
    data.need_ids.dedup();
    let places: Vec<Uuid> =
        [Some(case.route.organization_id), case.route.municipality_id].into_iter().flatten().collect();
    let open = needs_of(ctx, &data.need_ids, case.route.person_id, &places).await?;
    let named = |id: &Uuid| draft.activities.iter().any(|activity| activity.data.need_ids.contains(id));
    for (index, _) in data.need_ids.iter().enumerate().filter(|(_, id)| !open.contains(id) && !named(id)) {
        let words =
            Text::new("У педагога нет такой открытой потребности", "The learner has no such open need");
        problems.push(FieldProblem::new(format!("/need_ids/{index}"), "unknown", words));
    }
    Ok(())
}

struct Chosen {
    program: Option<ProgramFacts>,
    module: Option<ModuleFacts>,
}

impl Chosen {
    async fn find(ctx: &Ctx<'_>, data: &NewActivity) -> Result<Self> {
        let module = match data.module_id {
            Some(id) => modules_facts(ctx, &[id]).await?.remove(&id),
            None => None,
        };
        let program = match (data.program_id, &module) {
            (Some(id), None) => programs_facts(ctx, &[id]).await?.remove(&id),
            _ => None,
        };
        Ok(Self { program, module })
    }
}

/// Whether the provider is an organization of the region that may provide training (P0-28: the learner chooses it).
async fn provides(ctx: &Ctx<'_>, case: &Case, data: &NewActivity) -> Result<bool> {
    let Some(id) = data.provider_id else { return Ok(false) };
    match organizations::service::organization(ctx, id).await {
        Ok(found) => {
            let teaches = match data.program_id {
                Some(_) => found.kind.may_own_programs(),
                None => found.kind.may_provide(),
            };
            Ok(found.region_id == case.route.region_id && teaches)
        }
        Err(refusal) if refusal.code == Code::NotFound => Ok(false),
        Err(refusal) => Err(refusal),
    }
}
