//! Use cases of programs, and what other resources ask of them.

mod decide;
mod facts;
mod loaded;
mod options;
mod reviewed;
mod rules;
mod search;
mod versions;
mod write;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Module, Program, ProgramState, ProgramVersion};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_seen, may};
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::registry::entries;

pub use decide::{decide_program, submit_program};
pub use facts::{module_facts, modules_facts, program_facts, programs_facts};
pub use loaded::{find_loaded, name_external};
pub use options::program_options;
pub use reviewed::{Waiting, authors_of, awaiting, begin_review, lock_for_review, teaching_organizations};
pub use rules::{chooses_from_registry, is_keeper, regional_regulation, today};
pub use search::{list_program_facets, list_programs};
pub use versions::{compare_program_versions, get_program_version, list_program_versions};
pub use write::{ProgramContent, create_program, update_program};

/// A program, its modules, and what the actor may do with it.
#[derive(Debug)]
pub struct ShownProgram {
    /// The program.
    pub program: Program,
    /// Its modules.
    pub modules: Vec<Module>,
    /// The next version on its way, if the actor may see it.
    pub next: Option<ProgramVersion>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One program with its modules.
pub async fn get_program(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownProgram> {
    let (program, modules) = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx.actor, &program)?;
    shown(ctx, program, modules).await
}

/// Many programs with their modules, without asking who may see them: for the publication.
pub async fn programs_with_modules(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<(Program, Vec<Module>)>> {
    store::load(ctx.conn, store::Which::Programs(ids)).await
}

/// A program the actor may see, locked until the end of the transaction: for the registry.
pub async fn lock_program(ctx: &Ctx<'_>, id: Uuid) -> Result<Program> {
    let (program, _) = store::lock(ctx.conn, id).await?;
    see(ctx.actor, &program)?;
    Ok(program)
}

async fn shown(ctx: &Ctx<'_>, program: Program, modules: Vec<Module>) -> Result<ShownProgram> {
    let next = versions::next_of(ctx, &program).await?;
    let allowed_actions = allowed_actions(ctx, &program, next.as_ref()).await?;
    Ok(ShownProgram { program, modules, next, allowed_actions })
}

/// What the actor may do with the program now: rights, state, and what the regulation says.
async fn allowed_actions(
    ctx: &Ctx<'_>,
    program: &Program,
    next: Option<&ProgramVersion>,
) -> Result<Vec<String>> {
    let target = target(program);
    let mut allowed: Vec<&Rule> = Vec::new();
    let rules_of_life = [&policy::UPDATE_PROGRAM, &policy::SUBMIT_PROGRAM, &policy::DECIDE_PROGRAM];
    if !rules_of_life.iter().any(|rule| may(ctx.actor, rule, &target)) {
        return Ok(Vec::new());
    }
    let day = today(ctx, program.region_id).await?;
    let (accepted, state) = (program.state == ProgramState::Accepted, next.map(|next| next.state));
    let writable = program.state.is_open() || (accepted && next.is_none_or(ProgramVersion::may_be_rewritten));
    if writable && may(ctx.actor, &policy::UPDATE_PROGRAM, &target) {
        allowed.push(&policy::UPDATE_PROGRAM);
    }
    let open = if accepted { state.is_some_and(ProgramState::is_open) } else { program.state.is_open() };
    if open
        && may(ctx.actor, &policy::SUBMIT_PROGRAM, &target)
        && rules::may_submit(ctx, program.provider_id, day).await?
    {
        allowed.push(&policy::SUBMIT_PROGRAM);
    }
    let waits = if accepted {
        state.is_some_and(ProgramState::awaits_decision)
    } else {
        program.state.awaits_decision()
    };
    if waits && may(ctx.actor, &policy::DECIDE_PROGRAM, &target) {
        let decides = rules::is_keeper(ctx, program.region_id, day).await?;
        if decides && !reviewed::is_author(ctx, program, next).await? {
            allowed.push(&policy::DECIDE_PROGRAM);
        }
    }
    if program.state == ProgramState::Accepted
        && program.entry_state.is_none()
        && may(ctx.actor, &entries::policy::CREATE_REGISTRY_ENTRY, &target)
        && rules::is_keeper(ctx, program.region_id, day).await?
    {
        allowed.push(&entries::policy::CREATE_REGISTRY_ENTRY);
    }
    Ok(allowed.into_iter().map(|rule| rule.operation.to_owned()).collect())
}

/// The program as a target of rights.
pub fn target(program: &Program) -> Target {
    Target::region(program.region_id).organization(program.provider_id, program.municipality_id)
}

/// 404 for whoever may not see the program in its state.
fn see(actor: &Actor, program: &Program) -> Result<()> {
    if program.state == ProgramState::UnderReview && may(actor, &policy::SEE_REVIEWED, &target(program)) {
        return Ok(());
    }
    let (rule, target) = match program.state {
        ProgramState::Accepted => (&policy::GET_PROGRAM, Target::region(program.region_id)),
        ProgramState::Draft => (&policy::SEE_DRAFT, target(program)),
        ProgramState::Submitted
        | ProgramState::UnderReview
        | ProgramState::Returned
        | ProgramState::Rejected => (&policy::SEE_SUBMITTED, target(program)),
    };
    authorize(actor, rule, &target).map(drop)
}

/// 404 for whoever may not see the program, 403 for whoever may see it and not do this.
fn permit(actor: &Actor, rule: &'static Rule, program: &Program) -> Result<Permit> {
    see(actor, program)?;
    authorize_seen(actor, rule, &target(program))
}

/// The keeper of the region's registry by policy and by regulation.
pub async fn require_keeper(ctx: &Ctx<'_>, region_id: Uuid, day: NaiveDate) -> Result<()> {
    if rules::is_keeper(ctx, region_id, day).await? { Ok(()) } else { Err(rules::not_by_regulation()) }
}
