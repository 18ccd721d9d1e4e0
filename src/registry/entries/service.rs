//! Use cases of registry entries.

use uuid::Uuid;

use super::model::{EntryDecision, EntryState, RegistryEntry, admission};
use super::{policy, store};
use crate::authz::{Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service as programs;
use crate::registry::reviews::service::require_positive;

/// An entry and what the actor may do with it.
#[derive(Debug)]
pub struct ShownEntry {
    /// The entry.
    pub entry: RegistryEntry,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Enters an accepted program into the registry, if the regulation of the region lets such programs in (P4-9).
pub async fn create_registry_entry(ctx: &Ctx<'_>, program_id: Uuid) -> Result<ShownEntry> {
    let unknown = |refusal: Error| refusal.in_body("/program_id");
    let program = programs::lock_program(ctx, program_id).await.map_err(unknown)?;
    let region = Target::region(program.region_id);
    let permit = authorize(ctx.actor, &policy::CREATE_REGISTRY_ENTRY, &region).map_err(unknown)?;
    let today = programs::today(ctx, program.region_id).await?;
    programs::require_keeper(ctx, program.region_id, today).await?;
    if program.state != ProgramState::Accepted {
        return Err(Error::new(Code::StateConflict)
            .detail("Программа ещё не принята", "The program has not been accepted"));
    }
    let regulation = programs::regional_regulation(ctx, program.region_id, today).await?;
    let problems =
        admission(program.data.kind, regulation.as_ref().map(|regulation| &regulation.profile.registry));
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let submitted_at = program.submission.map(|submission| submission.at);
    require_positive(ctx, &program, submitted_at, today).await?;
    let id = new_id();
    store::insert(ctx, &permit, id, (program.region_id, program_id), today).await?;
    let change = Change::none().field("program_id", (), program_id.to_string());
    ctx.audit(&permit, Subject { kind: "registry_entry", id }, change).await?;
    shown(ctx, store::find(ctx.conn, id).await?.ok_or(Error::not_found())?).await
}

/// One page of the registry.
pub async fn list_registry_entries(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<ShownEntry>> {
    let scope = scope(ctx.actor, &policy::LIST_REGISTRY_ENTRIES)?;
    let entries = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let keeper = match entries.first() {
        Some(entry) => keeps(ctx, entry).await?,
        None => false,
    };
    Ok(entries.into_iter().map(|entry| with_actions(entry, keeper)).collect())
}

/// One entry.
pub async fn get_registry_entry(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownEntry> {
    let entry = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_REGISTRY_ENTRY, &Target::region(entry.region_id))?;
    shown(ctx, entry).await
}

/// Suspends, resumes or removes an entry.
pub async fn decide_registry_entry(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    decision: EntryDecision,
    reason: &str,
) -> Result<ShownEntry> {
    let mut entry = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::DECIDE_REGISTRY_ENTRY, &Target::region(entry.region_id))?;
    if entry.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let today = programs::today(ctx, entry.region_id).await?;
    programs::require_keeper(ctx, entry.region_id, today).await?;
    let before = entry.state;
    entry.state = decision.next(before).ok_or_else(|| {
        let state = before.as_str();
        Error::new(Code::StateConflict)
            .detail(format!("Состояние записи: {state}"), format!("The entry's state is {state}"))
    })?;
    entry.reason = Some(reason.trim().to_owned());
    entry.version += 1;
    store::update(ctx, &permit, &entry).await?;
    let change = Change::none().field("state", before.as_str(), entry.state.as_str());
    ctx.audit(&permit, Subject { kind: "registry_entry", id }, change).await?;
    shown(ctx, entry).await
}

/// The programs that stand in the region's registry now, without asking who may see them: for the publication.
pub async fn active_programs(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Vec<Uuid>> {
    store::active_programs(ctx.conn, region_id).await
}

async fn shown(ctx: &Ctx<'_>, entry: RegistryEntry) -> Result<ShownEntry> {
    let keeper = keeps(ctx, &entry).await?;
    Ok(with_actions(entry, keeper))
}

/// Whether the actor keeps the registry the entry stands in. The regulation is asked only for those who might.
async fn keeps(ctx: &Ctx<'_>, entry: &RegistryEntry) -> Result<bool> {
    if !may(ctx.actor, &policy::DECIDE_REGISTRY_ENTRY, &Target::region(entry.region_id)) {
        return Ok(false);
    }
    let today = programs::today(ctx, entry.region_id).await?;
    match programs::require_keeper(ctx, entry.region_id, today).await {
        Err(refusal) if refusal.code == Code::Forbidden => Ok(false),
        answer => answer.map(|()| true),
    }
}

fn with_actions(entry: RegistryEntry, keeper: bool) -> ShownEntry {
    let decide = keeper && entry.state != EntryState::Removed;
    let allowed_actions =
        decide.then(|| policy::DECIDE_REGISTRY_ENTRY.operation.to_owned()).into_iter().collect();
    ShownEntry { entry, allowed_actions }
}
