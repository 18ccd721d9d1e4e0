//! What routes, hours and others ask of programs, without asking who may see them.

use std::collections::HashMap;

use uuid::Uuid;

use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::registry::programs::model::{Module, ModuleFacts, Program, ProgramFacts};
use crate::registry::programs::store::{self, Which};

/// What rules of other resources need to know of a program; 404 when there is none.
pub async fn program_facts(ctx: &Ctx<'_>, program_id: Uuid) -> Result<ProgramFacts> {
    programs_facts(ctx, &[program_id]).await?.remove(&program_id).ok_or(Error::not_found())
}

/// The same for a single module, with the program it belongs to (P0-5); 404 when there is none.
pub async fn module_facts(ctx: &Ctx<'_>, module_id: Uuid) -> Result<ModuleFacts> {
    modules_facts(ctx, &[module_id]).await?.remove(&module_id).ok_or(Error::not_found())
}

/// Facts of many programs at once, by id; those that do not exist are missing from the answer.
pub async fn programs_facts(ctx: &Ctx<'_>, program_ids: &[Uuid]) -> Result<HashMap<Uuid, ProgramFacts>> {
    if program_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = store::load(ctx.conn, Which::Programs(program_ids)).await?;
    Ok(found.into_iter().map(facts).map(|program| (program.id, program)).collect())
}

/// Facts of many modules at once, by id; those that do not exist are missing from the answer.
pub async fn modules_facts(ctx: &Ctx<'_>, module_ids: &[Uuid]) -> Result<HashMap<Uuid, ModuleFacts>> {
    if module_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let programs: Vec<ProgramFacts> =
        store::load(ctx.conn, Which::Modules(module_ids)).await?.into_iter().map(facts).collect();
    let found = module_ids.iter().filter_map(|id| {
        let (program, module) = programs.iter().find_map(|program| Some((program, program.module(*id)?)))?;
        Some((*id, ModuleFacts { module: module.clone(), program: program.clone() }))
    });
    Ok(found.collect())
}

fn facts((program, modules): (Program, Vec<Module>)) -> ProgramFacts {
    ProgramFacts::new(program, modules)
}
