//! Use cases of frameworks.

use uuid::Uuid;

use super::model::{Competency, CompetencyItem, Framework, FrameworkData, PublicationState, tree};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, keeps_for, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::draft::{self, Drafted};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A framework with its rows and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct FrameworkTree {
    /// The framework.
    pub framework: Framework,
    /// Its rows in their order.
    pub competencies: Vec<Competency>,
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

/// Adds a draft with its whole tree.
pub async fn create_framework(
    ctx: &Ctx<'_>,
    owner_id: Uuid,
    data: FrameworkData,
    items: Vec<CompetencyItem>,
) -> Result<FrameworkTree> {
    let (owner, permit) = draft::keeper(ctx, &policy::CREATE_FRAMEWORK, owner_id).await?;
    let framework = Framework {
        id: new_id(),
        region_id: owner.region_id,
        owner_id,
        data,
        state: PublicationState::Draft,
        version: 1,
    };
    let competencies = tree(&items)?;
    store::insert(ctx, &permit, &framework, &competencies).await?;
    let change = Change::none().field("code", (), framework.data.code.as_str());
    ctx.audit(&permit, Subject { kind: "framework", id: framework.id }, change).await?;
    Ok(with_actions(ctx.actor, framework, competencies))
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
    let (framework, competencies) =
        tokio::try_join!(store::find(ctx.conn, id), store::competencies_of(ctx.conn, id))?;
    let framework = framework.ok_or(Error::not_found())?;
    draft::see(ctx.actor, &framework)?;
    Ok(with_actions(ctx.actor, framework, competencies))
}

/// Writes a draft anew.
pub async fn update_framework(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: FrameworkData,
    items: Vec<CompetencyItem>,
) -> Result<FrameworkTree> {
    let (permit, current) = locked(ctx, &policy::UPDATE_FRAMEWORK, id, if_match).await?;
    let competencies = tree(&items)?;
    let framework = Framework { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &framework).await?;
    store::replace_competencies(ctx, &permit, id, &competencies).await?;
    ctx.audit(&permit, Subject { kind: "framework", id }, Change::none()).await?;
    Ok(with_actions(ctx.actor, framework, competencies))
}

/// Publishes a draft: from now on it never changes.
pub async fn publish_framework(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<FrameworkTree> {
    let (permit, current) = locked(ctx, &policy::PUBLISH_FRAMEWORK, id, if_match).await?;
    let framework = Framework { state: PublicationState::Published, version: current.version + 1, ..current };
    store::update(ctx, &permit, &framework).await?;
    let change = Change::none().field("state", current.state.as_str(), framework.state.as_str());
    ctx.audit(&permit, Subject { kind: "framework", id }, change).await?;
    let competencies = store::competencies_of(ctx.conn, id).await?;
    Ok(with_actions(ctx.actor, framework, competencies))
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
    let found = store::published(ctx.conn, region_id, ids).await?;
    Ok(found.into_iter().map(CompetencyFacts::from).collect())
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
        framework.region_id == region_id && framework.state == PublicationState::Published
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

fn with_actions(actor: &Actor, framework: Framework, competencies: Vec<Competency>) -> FrameworkTree {
    let allowed_actions = draft::allowed_actions(actor, &framework);
    FrameworkTree { framework, competencies, allowed_actions }
}
