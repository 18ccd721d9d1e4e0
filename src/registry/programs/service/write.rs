//! Writing programs.

use uuid::Uuid;

use super::decide::wrong_state;
use super::{ShownProgram, permit, shown, versions};
use crate::authz::{Target, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations;
use crate::directory::organizations::model::Organization;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::registry::programs::model::{
    self, Module, ModuleData, Program, ProgramData, ProgramState, Snapshot,
};
use crate::registry::programs::{policy, store};

/// Everything that is written of a program.
#[derive(Debug, Clone)]
pub struct ProgramContent {
    /// What is said of it.
    pub data: ProgramData,
    /// Its modules.
    pub modules: Vec<ModuleData>,
}

/// Writes a draft for an organization that may own programs.
///
/// `content` is asked with the provider: modules that name nobody else are taught by it.
pub async fn create_program(
    ctx: &Ctx<'_>,
    provider_id: Uuid,
    content: impl Fn(Uuid) -> ProgramContent,
) -> Result<ShownProgram> {
    let provider = provider(ctx, provider_id).await?;
    let target = Target::region(provider.region_id).organization(provider.id, provider.municipality_id);
    // Names of organizations are no secret in their region, so whoever may not write for this one gets 403.
    let permit = authorize_seen(ctx.actor, &policy::CREATE_PROGRAM, &target)?;
    if !provider.kind.may_own_programs() {
        let words = Text::new(
            "Дополнительные профессиональные программы реализует организация ДПО, а не эта",
            "Additional professional programs are given by organizations of additional professional education",
        );
        let problem = FieldProblem::new("/provider_id", "not_a_provider", words);
        return Err(Error::invalid(vec![problem.because("P1-10", None)]));
    }
    let new = content(provider_id);
    check(ctx, provider.region_id, &new).await?;
    let id = new_id();
    let program = Program {
        id,
        region_id: provider.region_id,
        provider_id: provider.id,
        provider_name: provider.data.name,
        municipality_id: provider.municipality_id,
        data: new.data,
        edition: 1,
        writers: vec![ctx.actor.account_id],
        state: ProgramState::Draft,
        submission: None,
        decision: None,
        entry_state: None,
        version: 1,
    };
    let modules = numbered(id, new.modules);
    store::insert(ctx, &permit, &program, &modules).await?;
    let change = Change::none().field("title", (), program.data.title.as_str());
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

/// Replaces what is said of a draft, or of a returned program, and all its modules (P4-28). Of an accepted program it
/// writes the next version, while the one in force stays (P2-8).
pub async fn update_program(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    content: impl Fn(Uuid) -> ProgramContent,
    note: Option<&str>,
) -> Result<ShownProgram> {
    let (mut program, old_modules) = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::UPDATE_PROGRAM, &program)?;
    if program.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let accepted = program.state == ProgramState::Accepted;
    if !accepted && !program.state.is_open() {
        return Err(wrong_state(program.state));
    }
    let new = content(program.provider_id);
    check(ctx, program.region_id, &new).await?;
    if accepted {
        let old = Snapshot::new(program.clone(), old_modules.clone());
        let new = Snapshot { data: new.data, modules: numbered(id, new.modules), ..old.clone() };
        let next = versions::propose(ctx, &permit, (old, new), program.region_id, note).await?;
        program.version += 1;
        store::update_state(ctx, &permit, &program).await?;
        let change = Change::none().field("next_edition", (), next.snapshot.edition);
        ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
        return shown(ctx, program, old_modules).await;
    }
    let hours = |hours: crate::values::Hours| hours.to_string();
    let change = Change::none()
        .field("title", program.data.title.as_str(), new.data.title.as_str())
        .field("hours", hours(program.data.hours), hours(new.data.hours))
        .field("modules", old_modules.len(), new.modules.len());
    program.data = new.data;
    if !program.writers.contains(&ctx.actor.account_id) {
        program.writers.push(ctx.actor.account_id);
    }
    program.version += 1;
    let modules = numbered(id, new.modules);
    store::replace(ctx, &permit, &program, &modules).await?;
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

fn numbered(program_id: Uuid, modules: Vec<ModuleData>) -> Vec<Module> {
    (1..).zip(modules).map(|(position, data)| Module { id: new_id(), program_id, position, data }).collect()
}

/// The organization the program is for; one of another region is as unknown as one that does not exist.
async fn provider(ctx: &Ctx<'_>, id: Uuid) -> Result<Organization> {
    let unknown =
        || Error::field("/provider_id", "unknown", "Такой организации нет", "There is no such organization");
    match organizations::service::get_organization(ctx, id).await {
        Err(refusal) if refusal.code == Code::NotFound => Err(unknown()),
        found => found,
    }
}

/// Every broken rule of the program itself and every unknown reference, at once.
async fn check(ctx: &Ctx<'_>, region_id: Uuid, new: &ProgramContent) -> Result<()> {
    let mut problems = model::check(&new.data, &new.modules, super::today(ctx, region_id).await?);
    let partners = &new.data.details.partner_ids;
    let providers: Vec<Uuid> =
        new.modules.iter().map(|module| module.provider_id).chain(partners.iter().copied()).collect();
    let competencies: Vec<Uuid> =
        new.modules.iter().flat_map(|module| module.competency_ids.clone()).collect();
    let (providers, competencies) =
        store::known_references(ctx.conn, region_id, &providers, &competencies).await?;
    // A partner may be a base school or a university as well as a provider: any organization of the region.
    let (providers, organizations): (Vec<_>, Vec<_>) = {
        let teaching = providers.iter().filter(|(_, teaches)| *teaches).map(|(id, _)| *id).collect();
        (teaching, providers.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    };
    for (index, _) in partners.iter().enumerate().filter(|(_, id)| !organizations.contains(id)) {
        let words = Text::new("Такой организации нет", "There is no such organization");
        problems.push(FieldProblem::new(format!("/data/partner_ids/{index}"), "unknown", words));
    }
    for (index, module) in new.modules.iter().enumerate() {
        if !providers.contains(&module.provider_id) {
            let words =
                Text::new("Такой организации, реализующей программы, нет", "There is no such provider");
            problems.push(FieldProblem::new(format!("/modules/{index}/provider_id"), "unknown", words));
        }
        for (place, _) in
            module.competency_ids.iter().enumerate().filter(|(_, id)| !competencies.contains(id))
        {
            let words = Text::new("Такой компетенции нет", "There is no such competency");
            problems.push(FieldProblem::new(
                format!("/modules/{index}/competency_ids/{place}"),
                "unknown",
                words,
            ));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}
