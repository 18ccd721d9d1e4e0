//! Use cases of instruments.

use uuid::Uuid;

use super::model::{Instrument, InstrumentOwner, Procedure, Scale};
use super::scales::{ScaleItem, procedures, scales, weights};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, keeps_for, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::draft::{self, Drafted};
use crate::diagnostics::{PublicationState, Score, frameworks};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::regions::service::region;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;

/// What is said of an instrument, as submitted.
#[derive(Debug, Clone)]
pub struct InstrumentDraft {
    /// The framework it measures.
    pub framework_id: Uuid,
    /// Short code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Edition, from 1.
    pub edition: i32,
    /// Its procedures.
    pub procedures: Vec<Procedure>,
    /// What it measures.
    pub scales: Vec<ScaleItem>,
    /// Weights of the procedures, in their order.
    pub procedure_weights: Vec<(Procedure, Score)>,
    /// The version it replaces.
    pub supersedes_id: Option<Uuid>,
}

/// An instrument with its scales and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct InstrumentDetail {
    /// The instrument.
    pub instrument: Instrument,
    /// What it measures.
    pub scales: Vec<Scale>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

impl Drafted for Instrument {
    const READ: &'static Rule = &policy::GET_INSTRUMENT;
    const UPDATE: &'static Rule = &policy::UPDATE_INSTRUMENT;
    const PUBLISH: &'static Rule = &policy::PUBLISH_INSTRUMENT;

    fn state(&self) -> PublicationState {
        self.state
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn kept(&self) -> Target {
        Target::region(self.region_id).organization(self.owner.id, self.owner.municipality_id)
    }

    /// A school's serve the school alone (P4-21), a municipality's all of it, the others the whole region.
    fn served(&self) -> Target {
        let region = Target::region(self.region_id);
        match (self.owner.kind, self.owner.municipality_id) {
            (OrganizationKind::School, municipality_id) => {
                region.organization(self.owner.id, municipality_id)
            }
            (_, Some(municipality_id)) => region.municipality(municipality_id),
            (_, None) => region,
        }
    }

    fn unchangeable() -> Error {
        Error::new(Code::StateConflict).detail(
            "Опубликованный инструмент не меняется: создайте следующую редакцию",
            "A published instrument never changes: make the next edition",
        )
    }
}

/// Adds a draft with its scales.
pub async fn create_instrument(
    ctx: &Ctx<'_>,
    owner_id: Uuid,
    asked: InstrumentDraft,
) -> Result<InstrumentDetail> {
    let (owner, _) = draft::keeper(ctx, &policy::CREATE_INSTRUMENT, owner_id).await?;
    let instrument = instrument(new_id(), owner.region_id, InstrumentOwner::from(&owner), &asked, 1);
    let permit = regulation_lets_own(ctx, &instrument).await?;
    let in_data = |refusal: Error| refusal.under("/data");
    replaces(ctx, &instrument).await.map_err(in_data)?;
    let scales = checked(ctx, owner.region_id, &asked).await.map_err(in_data)?;
    store::insert(ctx, &permit, &instrument, &scales).await?;
    let change = Change::none().field("code", (), instrument.code.as_str());
    ctx.audit(&permit, Subject { kind: "instrument", id: instrument.id }, change).await?;
    Ok(with_actions(ctx.actor, instrument, scales))
}

/// One page of the instruments that serve the actor's place or are kept below it, by title.
pub async fn list_instruments(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Instrument>> {
    let scope = scope(ctx.actor, &policy::LIST_INSTRUMENTS)?;
    let drafts_of = keeps_for(ctx.actor, &policy::UPDATE_INSTRUMENT);
    store::list(ctx.conn, &scope, &drafts_of, filter, page.fetch(), after).await
}

/// One instrument with its scales.
pub async fn get_instrument(ctx: &Ctx<'_>, id: Uuid) -> Result<InstrumentDetail> {
    let (instrument, scales) = tokio::try_join!(store::find(ctx.conn, id), store::scales_of(ctx.conn, id))?;
    let instrument = instrument.ok_or(Error::not_found())?;
    draft::see(ctx.actor, &instrument)?;
    Ok(with_actions(ctx.actor, instrument, scales))
}

/// Writes a draft anew.
pub async fn update_instrument(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    draft: InstrumentDraft,
) -> Result<InstrumentDetail> {
    let (permit, current) = locked(ctx, &policy::UPDATE_INSTRUMENT, id, if_match).await?;
    let scales = checked(ctx, current.region_id, &draft).await?;
    let changed = instrument(id, current.region_id, current.owner, &draft, current.version + 1);
    replaces(ctx, &changed).await?;
    store::update(ctx, &permit, &changed).await?;
    store::replace_scales(ctx, &permit, id, &scales).await?;
    ctx.audit(&permit, Subject { kind: "instrument", id }, Change::none()).await?;
    Ok(with_actions(ctx.actor, changed, scales))
}

/// Publishes a draft: from now on it never changes and results may be recorded.
pub async fn publish_instrument(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<InstrumentDetail> {
    let (permit, current) = locked(ctx, &policy::PUBLISH_INSTRUMENT, id, if_match).await?;
    let change = Change::none().field("state", current.state.as_str(), PublicationState::Published.as_str());
    let published =
        Instrument { state: PublicationState::Published, version: current.version + 1, ..current };
    store::update(ctx, &permit, &published).await?;
    ctx.audit(&permit, Subject { kind: "instrument", id }, change).await?;
    let scales = store::scales_of(ctx.conn, id).await?;
    Ok(with_actions(ctx.actor, published, scales))
}

/// A version names the published one it replaces: of the same owner and code, with a lower edition.
async fn replaces(ctx: &Ctx<'_>, new: &Instrument) -> Result<()> {
    let Some(id) = new.supersedes_id else { return Ok(()) };
    let earlier = |old: &Instrument| {
        old.owner.id == new.owner.id
            && old.code == new.code
            && old.edition < new.edition
            && old.state == PublicationState::Published
    };
    match store::find(ctx.conn, id).await?.filter(earlier) {
        Some(_) => Ok(()),
        None => Err(Error::field(
            "/supersedes_id",
            "unknown",
            "У этого владельца нет такой опубликованной более ранней версии с этим кодом",
            "This owner has no such published earlier version with this code",
        )),
    }
}

/// The published instruments of a region with that code, newest edition first: for files, which know no ids.
pub(in crate::diagnostics) async fn instruments_by_code(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    code: &str,
) -> Result<Vec<Instrument>> {
    store::by_code(ctx.conn, region_id, code).await
}

/// An instrument with its scales, for results.
pub(in crate::diagnostics) async fn measuring(
    ctx: &Ctx<'_>,
    id: Uuid,
) -> Result<Option<(Instrument, Vec<Scale>)>> {
    let (instrument, scales) = tokio::try_join!(store::find(ctx.conn, id), store::scales_of(ctx.conn, id))?;
    Ok(instrument.map(|instrument| (instrument, scales)))
}

/// Whoever the regulation names as owners of instruments, when it names any (P4-21).
async fn regulation_lets_own(ctx: &Ctx<'_>, instrument: &Instrument) -> Result<Permit> {
    let today = ctx.today(region(ctx, instrument.region_id).await?.time_zone);
    let regulation = binding_regulation(ctx, instrument.owner.id, today).await?;
    let owners = regulation.as_ref().and_then(|found| found.profile.diagnostics.instrument_owners.as_ref());
    let owner = owners.map_or_else(|| ctx.actor.clone(), |rule| ctx.actor.in_roles(&rule.roles));
    if may(&owner, &policy::CREATE_INSTRUMENT, &instrument.kept()) {
        return authorize(&owner, &policy::CREATE_INSTRUMENT, &instrument.kept());
    }
    Err(Error::new(Code::Forbidden).detail(
        "По положению диагностические инструменты разрабатывают другие",
        "By the regulation, others develop diagnostic instruments",
    ))
}

async fn checked(ctx: &Ctx<'_>, region_id: Uuid, draft: &InstrumentDraft) -> Result<Vec<Scale>> {
    let mut problems = procedures(&draft.procedures);
    problems.extend(weights(&draft.procedures, &draft.procedure_weights));
    let found = match frameworks::service::measurable(ctx, region_id, draft.framework_id).await? {
        Some(competencies) => scales(&draft.scales, &competencies),
        None => {
            let words = Text::new(
                "Такой опубликованной модели компетенций нет",
                "There is no such published framework",
            );
            Err(vec![FieldProblem::new("/framework_id", "unknown", words)])
        }
    };
    match found {
        Ok(scales) if problems.is_empty() => Ok(scales),
        Ok(_) => Err(Error::invalid(problems)),
        Err(more) => {
            problems.extend(more);
            Err(Error::invalid(problems))
        }
    }
}

/// Locks a draft that the actor keeps and that is still the version he saw.
async fn locked(ctx: &Ctx<'_>, rule: &'static Rule, id: Uuid, if_match: i64) -> Result<(Permit, Instrument)> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    Ok((draft::permit(ctx.actor, rule, &current, if_match)?, current))
}

fn instrument(
    id: Uuid,
    region_id: Uuid,
    owner: InstrumentOwner,
    draft: &InstrumentDraft,
    version: i64,
) -> Instrument {
    Instrument {
        id,
        region_id,
        owner,
        framework_id: draft.framework_id,
        code: draft.code.clone(),
        title: draft.title.clone(),
        edition: draft.edition,
        procedures: draft.procedures.clone(),
        procedure_weights: draft.procedures.iter().map(|procedure| weight(draft, *procedure)).collect(),
        supersedes_id: draft.supersedes_id,
        state: PublicationState::Draft,
        version,
    }
}

fn weight(draft: &InstrumentDraft, procedure: Procedure) -> Score {
    let given = draft.procedure_weights.iter().find(|(known, _)| *known == procedure);
    given.map_or(Score::ONE, |(_, weight)| *weight)
}

fn with_actions(actor: &Actor, instrument: Instrument, scales: Vec<Scale>) -> InstrumentDetail {
    let allowed_actions = draft::allowed_actions(actor, &instrument);
    InstrumentDetail { instrument, scales, allowed_actions }
}
