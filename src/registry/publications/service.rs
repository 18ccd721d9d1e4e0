//! Use cases of publications.

mod revisions;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::model::{Publication, RegistryYear, Revision, changes, due_day, year_problem};
use super::{policy, store};
use crate::authz::{Rule, Target, authorize, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::entries::service::active_programs;
use crate::registry::programs::model::Snapshot;
use crate::registry::programs::service as programs;
use crate::registry::{FIRST_YEAR, LAST_YEAR};
use crate::regulations::profile::RegistryPublicationRule;

pub use revisions::{compare_registry_revisions, list_published_programs, published_registry};

/// A year of the registry, the day it is looked at, and what the actor may do.
#[derive(Debug)]
pub struct ShownYear {
    /// The year.
    pub year: RegistryYear,
    /// Today in the region.
    pub today: NaiveDate,
    /// operationIds.
    pub allowed_actions: Vec<String>,
    /// How many programs of the registry differ from the newest revision; known of a year that is read alone.
    pub unpublished_changes: Option<i64>,
}

/// The rule of the region's regulation on a day, with the regulation's id.
type Binding = Option<(Uuid, RegistryPublicationRule)>;

/// Publishes the registry of a year: everything that stands in it now (P4-15).
pub async fn create_registry_publication(ctx: &Ctx<'_>, year: i32) -> Result<ShownYear> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::CREATE_REGISTRY_PUBLICATION, &Target::region(region_id))?;
    let today = programs::today(ctx, region_id).await?;
    let rule = binding(ctx, region_id, today).await?;
    if !publishes(ctx, region_id, today, &rule).await? {
        return Err(somebody_else(&rule));
    }
    if let Some(problem) = year_problem(year, today) {
        return Err(vec![problem].into());
    }
    if store::find(ctx.conn, region_id, year).await?.is_some() {
        return Err(Error::new(Code::AlreadyExists)
            .detail("Реестр этого года уже опубликован", "The registry of that year has been published"));
    }
    let due_on = due(ctx, region_id, year, today, &rule).await?;
    let publication = Publication {
        id: new_id(),
        region_id,
        year,
        revision: 1,
        published_at: ctx.now,
        published_on: today,
        due_on,
        version: 1,
    };
    store::insert(ctx, &permit, &publication, rule.as_ref().map(|(id, _)| *id)).await?;
    let now = current(ctx, region_id).await?;
    let count = now.len();
    store::insert_revision(ctx, &permit, &publication, None, count, &changes(Vec::new(), now)).await?;
    let change = Change::none().field("year", (), year).field("programs", (), count);
    ctx.audit(&permit, Subject { kind: "registry_publication", id: publication.id }, change).await?;
    Ok(ShownYear { unpublished_changes: Some(0), ..shown(RegistryYear::published(publication), today, true) })
}

/// Publishes what changed since the newest revision, as the next one (P4-16).
pub async fn create_registry_revision(ctx: &Ctx<'_>, year: i32, note: Option<&str>) -> Result<ShownYear> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::CREATE_REGISTRY_REVISION, &Target::region(region_id))?;
    let mut publication = store::lock(ctx.conn, region_id, year).await?;
    let today = programs::today(ctx, region_id).await?;
    let rule = binding(ctx, region_id, today).await?;
    if !publishes(ctx, region_id, today, &rule).await? {
        return Err(somebody_else(&rule));
    }
    if rule.as_ref().is_some_and(|(_, rule)| !rule.revised_during_year) {
        return Err(Error::new(Code::StateConflict).detail(
            "Положение не предусматривает актуализацию реестра в течение года",
            "The regulation does not provide for changes of the registry during the year",
        ));
    }
    let published =
        store::programs(ctx.conn, publication.id, publication.revision, false, None, None, None).await?;
    let published = published.into_iter().map(|program| program.snapshot).collect();
    let now = current(ctx, region_id).await?;
    let count = now.len();
    let changes = changes(published, now);
    if changes.is_empty() {
        return Err(Error::new(Code::NothingChanged));
    }
    publication.revision += 1;
    publication.version += 1;
    store::update(ctx, &permit, &publication).await?;
    store::insert_revision(ctx, &permit, &publication, note, count, &changes).await?;
    let change = Change::none().field("revision", publication.revision - 1, publication.revision).field(
        "changes",
        (),
        changes.len(),
    );
    ctx.audit(&permit, Subject { kind: "registry_publication", id: publication.id }, change).await?;
    Ok(ShownYear { unpublished_changes: Some(0), ..shown(RegistryYear::published(publication), today, true) })
}

/// A year of the registry; one that nobody published is shown as well, if the regulation demands it.
pub async fn get_registry_publication(ctx: &Ctx<'_>, year: i32) -> Result<ShownYear> {
    // No registry is published for another year, so there is none to wait for either.
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(Error::not_found());
    }
    let region_id = visible_region(ctx, &policy::GET_REGISTRY_PUBLICATION)?;
    let today = programs::today(ctx, region_id).await?;
    let rule = binding(ctx, region_id, today).await?;
    let publisher = publishes(ctx, region_id, today, &rule).await?;
    let found = match store::find(ctx.conn, region_id, year).await? {
        Some(publication) => Some(RegistryYear::published(publication)),
        None => unpublished(ctx, region_id, year, today, &rule).await?,
    };
    let found = found.ok_or(Error::not_found())?;
    let unpublished_changes = match &found.publication {
        Some(publication) => Some(store::unpublished_changes(ctx.conn, publication).await?),
        None => None,
    };
    Ok(ShownYear { unpublished_changes, ..shown(found, today, publisher) })
}

/// The years from … to, newest first: published ones, and those that the regulation demands.
pub async fn list_registry_publications(
    ctx: &Ctx<'_>,
    from: Option<i32>,
    to: Option<i32>,
) -> Result<Vec<ShownYear>> {
    let region_id = visible_region(ctx, &policy::LIST_REGISTRY_PUBLICATIONS)?;
    let today = programs::today(ctx, region_id).await?;
    let to = to.unwrap_or_else(|| from.map_or(today.year(), |from| today.year().max(from)));
    let from = from.unwrap_or(to - 4);
    if from > to || to - from >= MOST_YEARS {
        let (ru, en) = ("Допустимо от 1 до 20 лет", "From 1 to 20 years are allowed");
        return Err(Error::field("from", "range", ru, en));
    }
    let rule = binding(ctx, region_id, today).await?;
    let publisher = publishes(ctx, region_id, today, &rule).await?;
    let mut published = store::years(ctx.conn, region_id, from, to).await?.into_iter().peekable();
    let mut years = Vec::new();
    for year in (from..=to).rev() {
        let found = match published.next_if(|publication| publication.year == year) {
            Some(publication) => Some(RegistryYear::published(publication)),
            None => unpublished(ctx, region_id, year, today, &rule).await?,
        };
        if let Some(year) = found {
            years.push(shown(year, today, publisher));
        }
    }
    Ok(years)
}

/// Years of one list at most.
const MOST_YEARS: i32 = 20;

/// One page of the revisions of a year, newest first, with the publication.
pub async fn list_registry_revisions(
    ctx: &Ctx<'_>,
    year: i32,
    page: &PageQuery<'_>,
    before: Option<i32>,
) -> Result<(Publication, Vec<Revision>)> {
    let region_id = visible_region(ctx, &policy::LIST_REGISTRY_REVISIONS)?;
    let publication = store::find(ctx.conn, region_id, year).await?.ok_or(Error::not_found())?;
    let revisions = store::revisions(ctx.conn, publication.id, page.fetch(), before).await?;
    Ok((publication, revisions))
}

/// The registry as it is now.
async fn current(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Vec<Snapshot>> {
    let active = active_programs(ctx, region_id).await?;
    let found = programs::programs_with_modules(ctx, &active).await?;
    Ok(found.into_iter().map(|(program, modules)| Snapshot::new(program, modules)).collect())
}

/// The caller's region, if he may read there.
fn visible_region(ctx: &Ctx<'_>, rule: &'static Rule) -> Result<Uuid> {
    let region_id = ctx.region_id()?;
    authorize(ctx.actor, rule, &Target::region(region_id))?;
    Ok(region_id)
}

/// The publication rule of the region's regulation on a day.
async fn binding(ctx: &Ctx<'_>, region_id: Uuid, day: NaiveDate) -> Result<Binding> {
    let regulation = programs::regional_regulation(ctx, region_id, day).await?;
    Ok(regulation.and_then(|found| Some((found.id, found.profile.registry.publication.clone()?))))
}

/// The day the registry of a year is due: the rule in force on that day decides, not the one of today.
async fn due(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    year: i32,
    today: NaiveDate,
    rule: &Binding,
) -> Result<Option<NaiveDate>> {
    let Some(expected) = rule.as_ref().and_then(|(_, rule)| due_day(rule.due_on, year)) else {
        return Ok(None);
    };
    if expected >= today {
        return Ok(Some(expected));
    }
    let then = binding(ctx, region_id, expected).await?;
    Ok(then.and_then(|(_, rule)| due_day(rule.due_on, year)))
}

/// A year that nobody published, if a regulation demands it.
async fn unpublished(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    year: i32,
    today: NaiveDate,
    rule: &Binding,
) -> Result<Option<RegistryYear>> {
    let due_on = due(ctx, region_id, year, today, rule).await?;
    Ok(due_on.map(|due_on| RegistryYear { year, due_on: Some(due_on), publication: None }))
}

/// Whether the actor publishes the registry by policy and by regulation: where it names no publisher, the keeper.
async fn publishes(ctx: &Ctx<'_>, region_id: Uuid, today: NaiveDate, rule: &Binding) -> Result<bool> {
    if !may(ctx.actor, &policy::CREATE_REGISTRY_PUBLICATION, &Target::region(region_id)) {
        return Ok(false);
    }
    match rule {
        Some((_, rule)) => Ok(rule.published_by.iter().any(|role| ctx.actor.has_role(*role))),
        None => programs::is_keeper(ctx, region_id, today).await,
    }
}

fn somebody_else(rule: &Binding) -> Error {
    let paragraph = rule.as_ref().and_then(|(_, rule)| rule.paragraph.clone()).unwrap_or_default();
    Error::new(Code::Forbidden).detail(
        format!("По положению реестр публикует другая сторона (пункт {paragraph})"),
        format!("The regulation gives the publication to somebody else (paragraph {paragraph})"),
    )
}

fn shown(year: RegistryYear, today: NaiveDate, publisher: bool) -> ShownYear {
    let (rule, open) = match &year.publication {
        Some(_) => (&policy::CREATE_REGISTRY_REVISION, true),
        None => (&policy::CREATE_REGISTRY_PUBLICATION, year_problem(year.year, today).is_none()),
    };
    let allowed_actions = (publisher && open).then(|| rule.operation.to_owned()).into_iter().collect();
    ShownYear { year, today, allowed_actions, unpublished_changes: None }
}
