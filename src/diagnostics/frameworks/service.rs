//! Use cases of frameworks.

mod functions;

use uuid::Uuid;

use super::associations::{Association, AssociationItem, Destination, join};
use super::model::{
    Competency, CompetencyItem, Framework, FrameworkData, FrameworkKind, PublicationState, tree,
};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, keeps_for, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::draft::{self, Drafted};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

pub(in crate::diagnostics) use functions::{competencies_of_job_function, job_functions_of};

/// A framework with its rows and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct FrameworkTree {
    /// The framework.
    pub framework: Framework,
    /// Its rows in their order.
    pub competencies: Vec<Competency>,
    /// Associations of its rows.
    pub associations: Vec<Association>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

impl Drafted for Framework {
    const READ: &'static Rule = &policy::GET_FRAMEWORK;
    const UPDATE: &'static Rule = &policy::UPDATE_FRAMEWORK;
    const PUBLISH: &'static Rule = &policy::PUBLISH_FRAMEWORK;

    fn state(&self) -> PublicationState {
        self.state
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn kept(&self) -> Target {
        Target::region(self.region_id).organization(self.owner_id, None)
    }

    /// A framework is reference data of the whole region.
    fn served(&self) -> Target {
        Target::region(self.region_id)
    }

    fn unchangeable() -> Error {
        Error::new(Code::StateConflict).detail(
            "Опубликованная модель компетенций не меняется: создайте следующую редакцию",
            "A published framework never changes: make the next edition",
        )
    }
}

/// A framework as submitted, with its whole tree.
#[derive(Debug, Clone)]
pub struct FrameworkDraft {
    /// What is said of it.
    pub data: FrameworkData,
    /// Its rows.
    pub items: Vec<CompetencyItem>,
    /// Associations of its rows.
    pub associations: Vec<AssociationItem>,
}

/// Loads a draft from a CASE package.
pub async fn import_framework(ctx: &Ctx<'_>, owner_id: Uuid, draft: FrameworkDraft) -> Result<FrameworkTree> {
    add(ctx, &policy::IMPORT_FRAMEWORK, owner_id, draft).await
}

/// Adds a draft with its whole tree.
pub async fn create_framework(ctx: &Ctx<'_>, owner_id: Uuid, draft: FrameworkDraft) -> Result<FrameworkTree> {
    add(ctx, &policy::CREATE_FRAMEWORK, owner_id, draft).await
}

async fn add(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    owner_id: Uuid,
    submitted: FrameworkDraft,
) -> Result<FrameworkTree> {
    let (owner, permit) = draft::keeper(ctx, rule, owner_id).await?;
    let FrameworkDraft { data, items, associations } = submitted;
    let before = predecessor(ctx, owner_id, &data).await?;
    let framework = Framework {
        id: new_id(),
        region_id: owner.region_id,
        owner_id,
        data,
        state: PublicationState::Draft,
        version: 1,
        changed_at: ctx.now,
    };
    let competencies = tree(framework.data.kind, &known_by_code(items, &before))?;
    let associations = joined(ctx, framework.region_id, &associations, &competencies).await?;
    store::insert(ctx, &permit, &framework, &competencies).await?;
    store::associations::insert(ctx, &permit, framework.id, &associations).await?;
    let change = Change::none().field("code", (), framework.data.code.as_str());
    ctx.audit(&permit, Subject { kind: "framework", id: framework.id }, change).await?;
    Ok(with_actions(ctx.actor, framework, competencies, associations))
}

/// One page of the frameworks of the actor's region, by title.
pub async fn list_frameworks(
    ctx: &Ctx<'_>,
    state: Option<PublicationState>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Framework>> {
    let scope = scope(ctx.actor, &policy::LIST_FRAMEWORKS)?;
    let drafts_of = keeps_for(ctx.actor, &policy::UPDATE_FRAMEWORK);
    store::list(ctx.conn, &scope, &drafts_of, state, page.fetch(), after).await
}

/// One framework with its tree.
pub async fn get_framework(ctx: &Ctx<'_>, id: Uuid) -> Result<FrameworkTree> {
    let (framework, competencies, associations) = tokio::try_join!(
        store::find(ctx.conn, id),
        store::competencies_of(ctx.conn, id),
        store::associations::of_framework(ctx.conn, id)
    )?;
    let framework = framework.ok_or(Error::not_found())?;
    draft::see(ctx.actor, &framework)?;
    Ok(with_actions(ctx.actor, framework, competencies, associations))
}

/// Writes a draft anew.
pub async fn update_framework(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    submitted: FrameworkDraft,
) -> Result<FrameworkTree> {
    let (permit, current) = locked(ctx, &policy::UPDATE_FRAMEWORK, id, if_match).await?;
    let FrameworkDraft { data, items, associations } = submitted;
    let mut before = predecessor(ctx, current.owner_id, &data).await?;
    before.extend(store::competencies_of(ctx.conn, id).await?);
    // What the document is called elsewhere stays.
    let data = FrameworkData {
        identifier: data.identifier.or(current.data.identifier),
        uri: data.uri.or(current.data.uri),
        creator: data.creator.or(current.data.creator),
        ..data
    };
    let framework = Framework {
        id,
        region_id: current.region_id,
        owner_id: current.owner_id,
        state: current.state,
        data,
        version: current.version + 1,
        changed_at: ctx.now,
    };
    let competencies = tree(framework.data.kind, &known_by_code(items, &before))?;
    let associations = joined(ctx, framework.region_id, &associations, &competencies).await?;
    store::update(ctx, &permit, &framework).await?;
    store::associations::clear(ctx, &permit, id).await?;
    store::replace_competencies(ctx, &permit, id, &competencies).await?;
    store::associations::insert(ctx, &permit, id, &associations).await?;
    ctx.audit(&permit, Subject { kind: "framework", id }, Change::none()).await?;
    Ok(with_actions(ctx.actor, framework, competencies, associations))
}

/// Publishes a draft: from now on it never changes.
pub async fn publish_framework(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<FrameworkTree> {
    let (permit, current) = locked(ctx, &policy::PUBLISH_FRAMEWORK, id, if_match).await?;
    let change = Change::none().field("state", current.state.as_str(), PublicationState::Published.as_str());
    let framework = Framework {
        state: PublicationState::Published,
        version: current.version + 1,
        changed_at: ctx.now,
        ..current
    };
    store::update(ctx, &permit, &framework).await?;
    ctx.audit(&permit, Subject { kind: "framework", id }, change).await?;
    let (competencies, associations) = tokio::try_join!(
        store::competencies_of(ctx.conn, id),
        store::associations::of_framework(ctx.conn, id)
    )?;
    Ok(with_actions(ctx.actor, framework, competencies, associations))
}

/// The rows of the published edition that a framework replaces: of the same owner and code, with a lower edition.
async fn predecessor(ctx: &Ctx<'_>, owner_id: Uuid, data: &FrameworkData) -> Result<Vec<Competency>> {
    let Some(id) = data.supersedes_id else { return Ok(Vec::new()) };
    let earlier = |old: &Framework| {
        old.owner_id == owner_id
            && old.data.code == data.code
            && old.data.edition < data.edition
            && old.state == PublicationState::Published
    };
    match store::find(ctx.conn, id).await?.filter(earlier) {
        Some(_) => store::competencies_of(ctx.conn, id).await,
        None => Err(Error::field(
            "/supersedes_id",
            "unknown",
            "У этого владельца нет такой опубликованной более ранней редакции с этим кодом",
            "This owner has no such published earlier edition with this code",
        )),
    }
}

/// A row without an identifier keeps that of the row with the same code before it.
fn known_by_code(mut items: Vec<CompetencyItem>, before: &[Competency]) -> Vec<CompetencyItem> {
    for item in &mut items {
        let known = before.iter().rev().find(|row| row.item.code == item.code);
        item.identifier = item.identifier.or_else(|| known.and_then(|row| row.item.identifier));
    }
    items
}

async fn joined(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    items: &[AssociationItem],
    rows: &[Competency],
) -> Result<Vec<Association>> {
    let (mut ids, mut identifiers) = (Vec::new(), Vec::new());
    for item in items {
        match &item.destination {
            Destination::Id(id) => ids.push(*id),
            Destination::Identifier { identifier, .. } => identifiers.push(*identifier),
            Destination::Code(_) => {}
        }
    }
    let known = store::published(ctx.conn, region_id, &ids, &identifiers).await?;
    Ok(join(items, rows, &known)?)
}

/// The competency, if a published framework of the region has it.
pub async fn published_competency(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    id: Uuid,
) -> Result<Option<CompetencyFacts>> {
    Ok(published_competencies(ctx, region_id, &[id]).await?.pop())
}

/// Those of the competencies that published frameworks of the region have.
pub async fn published_competencies(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    ids: &[Uuid],
) -> Result<Vec<CompetencyFacts>> {
    let found = store::published(ctx.conn, region_id, ids, &[]).await?;
    Ok(found.into_iter().map(CompetencyFacts::from).collect())
}

/// Whether the region has published that framework.
pub(in crate::diagnostics) async fn is_framework(ctx: &Ctx<'_>, region_id: Uuid, id: Uuid) -> Result<bool> {
    let found = store::find(ctx.conn, id).await?;
    Ok(found.is_some_and(|it| it.region_id == region_id && it.state == PublicationState::Published))
}

/// A framework that instruments may measure: published, of that region; with its rows.
pub(in crate::diagnostics) async fn measurable(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    id: Uuid,
) -> Result<Option<Vec<Competency>>> {
    let (framework, competencies) =
        tokio::try_join!(store::find(ctx.conn, id), store::competencies_of(ctx.conn, id))?;
    let usable = |framework: &Framework| {
        framework.region_id == region_id
            && framework.state == PublicationState::Published
            && framework.data.kind == FrameworkKind::CompetencyModel
    };
    Ok(framework.filter(usable).map(|_| competencies))
}

/// A competency as other resources meet it.
#[derive(Debug, Clone)]
pub struct CompetencyFacts {
    /// The id.
    pub id: Uuid,
    /// Code within its framework.
    pub code: String,
    /// Title.
    pub title: String,
    /// Job function of the occupational standard.
    pub job_function: Option<String>,
}

impl From<Competency> for CompetencyFacts {
    fn from(row: Competency) -> Self {
        Self { id: row.id, code: row.item.code, title: row.item.title, job_function: row.item.job_function }
    }
}

/// Locks a draft that the actor keeps and that is still the version he saw.
async fn locked(ctx: &Ctx<'_>, rule: &'static Rule, id: Uuid, if_match: i64) -> Result<(Permit, Framework)> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    Ok((draft::permit(ctx.actor, rule, &current, if_match)?, current))
}

fn with_actions(
    actor: &Actor,
    framework: Framework,
    competencies: Vec<Competency>,
    associations: Vec<Association>,
) -> FrameworkTree {
    let allowed_actions = draft::allowed_actions(actor, &framework);
    FrameworkTree { framework, competencies, associations, allowed_actions }
}
