//! Use cases of regulations.

use std::sync::LazyLock;

use chrono::NaiveDate;
use uuid::Uuid;

use super::documents::DocumentColumns;
use super::model::{
    BindingRegulation, Regulation, RegulationOwner, RegulationState, RouteDuty, obligation, owner_kind,
    succession,
};
use super::presets::Preset;
use super::profile::{RegulationDocument, RegulationLevel, RegulationObligation};
use super::{cache, policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_kept, keeps_for, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::directory::regions::memory::{RegionMemory, RegionStamp};
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A new regulation as asked for.
#[derive(Debug, Clone)]
pub struct NewRegulation {
    /// The organization whose subtree it is to bind.
    pub owner_id: Uuid,
    /// The preset it is made from.
    pub preset: Option<Preset>,
    /// Its document; large, so it travels on the heap.
    pub document: Box<RegulationDocument>,
}

/// A regulation with its document, where it stands, and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct RegulationDetail {
    /// The regulation.
    pub regulation: Regulation,
    /// Its document; large, so it travels on the heap.
    pub document: Box<RegulationDocument>,
    /// Where it stands today.
    pub state: RegulationState,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Drafts a regulation.
pub async fn create_regulation(ctx: &Ctx<'_>, new: NewRegulation) -> Result<RegulationDetail> {
    let owner = match organizations::organization(ctx, new.owner_id).await {
        Ok(owner) if Some(owner.region_id) == ctx.actor.region_id => owner,
        Err(refusal) if refusal.code != Code::NotFound => return Err(refusal),
        _ => {
            return Err(Error::field(
                "/owner_id",
                "unknown",
                "Такой организации нет",
                "There is no such organization",
            ));
        }
    };
    let regulation = Regulation {
        id: new_id(),
        region_id: owner.region_id,
        owner: RegulationOwner { id: owner.id, municipality_id: owner.municipality_id },
        level: new.document.level,
        code: new.document.code.clone(),
        title: new.document.title_ru.clone(),
        preset: new.preset.map(|preset| preset.code().to_owned()),
        effective_from: None,
        effective_until: None,
        supersedes_id: None,
        published_at: None,
        version: 1,
    };
    let permit = organizations::authorize_at(ctx.actor, &policy::CREATE_REGULATION, &owner)?;
    let columns = DocumentColumns::new(&new.document)?;
    if owner.kind != owner_kind(new.document.level) {
        let pointer = if new.preset.is_some() { "/preset_code" } else { "/document/level" };
        return Err(wrong_level(pointer));
    }
    store::insert(ctx, &permit, &regulation, &columns).await?;
    let change = Change::none().field("code", (), regulation.code.as_str());
    ctx.audit(&permit, Subject { kind: "regulation", id: regulation.id }, change).await?;
    detail(ctx, regulation, new.document).await
}

/// One page of the regulations that bind the actor's place or places below it, by title; with today's states.
pub async fn list_regulations(
    ctx: &Ctx<'_>,
    owner_id: Option<Uuid>,
    level: Option<RegulationLevel>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<(Regulation, RegulationState)>> {
    let scope = scope(ctx.actor, &policy::LIST_REGULATIONS)?;
    let drafts_of = keeps_for(ctx.actor, &policy::UPDATE_REGULATION);
    let filter = store::Filter { owner_id, level, drafts_of };
    let found = store::list(ctx.conn, &scope, &filter, page.fetch(), after).await?;
    let today = regions::today(ctx, ctx.region_id()?).await?;
    Ok(found
        .into_iter()
        .map(|regulation| (regulation.state_on(today), regulation))
        .map(|(s, r)| (r, s))
        .collect())
}

/// One regulation with its document.
pub async fn get_regulation(ctx: &Ctx<'_>, id: Uuid) -> Result<RegulationDetail> {
    let (regulation, document) = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_REGULATION, &read(&regulation))?;
    if regulation.is_draft() && !may(ctx.actor, &policy::UPDATE_REGULATION, &issued(&regulation)) {
        return Err(Error::not_found());
    }
    detail(ctx, regulation, document).await
}

/// Writes the document of a draft anew.
pub async fn update_regulation(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    document: Box<RegulationDocument>,
) -> Result<RegulationDetail> {
    let (permit, current, _) = draft(ctx, &policy::UPDATE_REGULATION, id, if_match).await?;
    let columns = DocumentColumns::new(&document)?;
    if document.level != current.level {
        return Err(wrong_level("/document/level"));
    }
    let regulation = Regulation {
        code: document.code.clone(),
        title: document.title_ru.clone(),
        version: current.version + 1,
        ..current
    };
    store::update(ctx, &permit, &regulation, &columns).await?;
    ctx.audit(&permit, Subject { kind: "regulation", id }, Change::none()).await?;
    detail(ctx, regulation, document).await
}

/// Publishes a draft: it never changes again, and the owner's regulation in force until then ends the day before.
pub async fn publish_regulation(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    effective_from: NaiveDate,
) -> Result<RegulationDetail> {
    let (permit, current, document) = draft(ctx, &policy::PUBLISH_REGULATION, id, if_match).await?;
    let published = store::lock_published(ctx.conn, current.owner.id).await?;
    let succession = succession(effective_from, &published)?;
    let regulation = Regulation {
        effective_from: Some(effective_from),
        supersedes_id: succession.as_ref().map(|found| found.id),
        published_at: Some(ctx.now),
        version: current.version + 1,
        ..current
    };
    store::publish(ctx, &permit, &regulation, succession.as_ref()).await?;
    let change = Change::none().field("effective_from", (), effective_from.to_string()).field(
        "supersedes_id",
        (),
        regulation.supersedes_id.map(|id| id.to_string()),
    );
    ctx.audit(&permit, Subject { kind: "regulation", id }, change).await?;
    detail(ctx, regulation, document).await
}

/// The regulation that binds an organization on a day (today when none is given), and whether it is mandatory there.
pub async fn get_binding_regulation(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    day: Option<NaiveDate>,
) -> Result<(RegulationDetail, Option<RegulationObligation>)> {
    let organization = organizations::organization(ctx, organization_id).await?;
    organizations::authorize_at(ctx.actor, &policy::GET_BINDING_REGULATION, &organization)?;
    let day = match day {
        Some(day) => day,
        None => regions::today(ctx, organization.region_id).await?,
    };
    let found = store::binding(ctx.conn, organization_id, day).await?.ok_or(Error::not_found())?;
    let (regulation, document) = store::find(ctx.conn, found.id).await?.ok_or(Error::not_found())?;
    let obligation = obligation(&document, organization.municipality_id);
    Ok((detail(ctx, regulation, document).await?, obligation))
}

/// The presets, for whoever may have a regulation at all.
pub fn list_regulation_presets(actor: &Actor) -> Result<&'static [Preset]> {
    scope(actor, &policy::LIST_REGULATION_PRESETS)?;
    Ok(Preset::all())
}

/// One preset.
pub fn get_regulation_preset(actor: &Actor, code: &str) -> Result<Preset> {
    scope(actor, &policy::GET_REGULATION_PRESET)?;
    Preset::find(code).ok_or(Error::not_found())
}

/// The regulation that binds an organization on a day: the nearest ancestor's that is in force (design §3).
pub async fn binding_regulation(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Option<BindingRegulation>> {
    match store::binding(ctx.conn, organization_id, day).await? {
        Some(found) => with_profile(ctx, found).await.map(Some),
        None => Ok(None),
    }
}

/// As [`binding_regulation`], for an organization of that region: remembered while its directory stands as it is.
pub async fn binding_regulation_under(
    ctx: &Ctx<'_>,
    stamp: RegionStamp,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Option<BindingRegulation>> {
    static BINDING: LazyLock<RegionMemory<(Uuid, NaiveDate), Option<BindingRegulation>>> =
        LazyLock::new(RegionMemory::default);
    let read = binding_regulation(ctx, organization_id, day);
    BINDING.recall(ctx, stamp, (organization_id, day), read).await
}

/// The first day after this one on which another regulation may bind somebody in the region; none when none is known.
pub async fn next_change_of_regulations(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    day: NaiveDate,
) -> Result<Option<NaiveDate>> {
    store::next_change(ctx.conn, region_id, day).await
}

/// The regulation a running case started under, whatever has been published since.
pub async fn regulation_of_case(ctx: &Ctx<'_>, id: Uuid) -> Result<BindingRegulation> {
    let found = store::published(ctx.conn, id).await?;
    with_profile(ctx, found).await
}

/// The regulations of a region under which routes have that duty, in force or not any more: routes stay under them.
pub async fn regulations_with(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    duty: RouteDuty,
) -> Result<Vec<BindingRegulation>> {
    let mut regulations = Vec::new();
    // Profiles are remembered: only what was published since the process started is read here.
    for found in store::with_duty(ctx.conn, region_id, duty).await? {
        regulations.push(with_profile(ctx, found).await?);
    }
    Ok(regulations)
}

/// The regulations that bind somewhere in a region on a day, each with the id of the place that it binds: a school, a
/// municipality or the region. The nearest one to an organization binds it.
pub async fn regulations_in_force(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<(Uuid, BindingRegulation)>> {
    let mut regulations = Vec::new();
    for (place_id, found) in store::in_force(ctx.conn, region_id, day).await? {
        regulations.push((place_id, with_profile(ctx, found).await?));
    }
    Ok(regulations)
}

async fn with_profile(ctx: &Ctx<'_>, found: store::Binding) -> Result<BindingRegulation> {
    let profile = match cache::remembered(found.id) {
        Some(profile) => profile,
        None => cache::remember(found.id, store::profile(ctx.conn, found.id).await?)?,
    };
    Ok(BindingRegulation { id: found.id, title: found.title, owner_id: found.owner_id, profile })
}

/// Locks a draft that the actor issues and that is still the version he saw.
async fn draft(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    if_match: i64,
) -> Result<(Permit, Regulation, Box<RegulationDocument>)> {
    let (current, document) = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = permit(ctx.actor, rule, &current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if !current.is_draft() {
        return Err(Error::new(Code::StateConflict).detail(
            "Опубликованное положение не меняется: опубликуйте следующее",
            "A published regulation never changes: publish the next one",
        ));
    }
    Ok((permit, current, document))
}

/// 404 for those who may not know of it, drafts above all; 403 for those who may read it.
fn permit(actor: &Actor, rule: &'static Rule, regulation: &Regulation) -> Result<Permit> {
    let read = (!regulation.is_draft()).then(|| read(regulation));
    authorize_kept(actor, rule, &issued(regulation), read.as_ref())
}

/// The regulation as a thing of its owner alone: who may change it.
fn issued(regulation: &Regulation) -> Target {
    Target::region(regulation.region_id).organization(regulation.owner.id, regulation.owner.municipality_id)
}

/// The regulation as a thing of those it binds: who may read it.
fn read(regulation: &Regulation) -> Target {
    let region = Target::region(regulation.region_id);
    match (regulation.level, regulation.owner.municipality_id) {
        (RegulationLevel::School, municipality_id) => {
            region.organization(regulation.owner.id, municipality_id)
        }
        (RegulationLevel::Municipality, Some(municipality_id)) => region.municipality(municipality_id),
        (RegulationLevel::Region | RegulationLevel::Municipality, _) => region,
    }
}

async fn detail(
    ctx: &Ctx<'_>,
    regulation: Regulation,
    document: Box<RegulationDocument>,
) -> Result<RegulationDetail> {
    let today = regions::today(ctx, regulation.region_id).await?;
    let target = issued(&regulation);
    let rules = [&policy::UPDATE_REGULATION, &policy::PUBLISH_REGULATION];
    let allowed_actions = rules
        .into_iter()
        .filter(|rule| regulation.is_draft() && may(ctx.actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect();
    Ok(RegulationDetail { state: regulation.state_on(today), regulation, document, allowed_actions })
}

fn wrong_level(pointer: &str) -> Error {
    Error::field(
        pointer,
        "wrong_level",
        "Уровень положения — это уровень его организации: министерства, муниципального органа или школы",
        "The level of a regulation is that of its organization: a ministry, a municipal authority or a school",
    )
}
