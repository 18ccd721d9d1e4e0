//! Finding programs.

use chrono::NaiveDate;
use uuid::Uuid;

use super::rules;
use crate::authz::{may_ever, scope};
use crate::db::Ctx;
use crate::diagnostics::service::may_know_deficits;
use crate::directory::persons::service::person_facts;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::registry::programs::model::{FacetCount, FoundProgram, ProgramFilter, ProgramOrder, SearchKey};
use crate::registry::programs::policy;
use crate::registry::programs::store::{self, Sight};

/// One page of the programs the actor may see.
pub async fn list_programs(
    ctx: &Ctx<'_>,
    filter: &ProgramFilter,
    page: &PageQuery<'_>,
    after: Option<SearchKey>,
) -> Result<Vec<FoundProgram>> {
    let (sight, mut filter) = prepared(ctx, filter).await?;
    if let Some(day) = after.as_ref().and_then(|key| key.3) {
        filter.today = Some(day);
    }
    store::search(ctx.conn, &sight, &filter, page.fetch(), after).await
}

/// How many of the programs found have which value.
pub async fn list_program_facets(ctx: &Ctx<'_>, filter: &ProgramFilter) -> Result<Vec<FacetCount>> {
    let (sight, filter) = prepared(ctx, filter).await?;
    store::facets(ctx.conn, &sight, &filter).await
}

/// What the actor may see, and what the search asks for under the regulation.
async fn prepared(ctx: &Ctx<'_>, filter: &ProgramFilter) -> Result<(Sight, ProgramFilter)> {
    let sight = Sight {
        region: scope(ctx.actor, &policy::LIST_PROGRAMS)?,
        own: scope(ctx.actor, &policy::UPDATE_PROGRAM).ok(),
        keeper: may_ever(ctx.actor, &policy::DECIDE_PROGRAM),
    };
    let mut filter = filter.clone();
    if filter.order == ProgramOrder::Start || filter.asks_for_offerings() {
        filter.today = Some(rules::today(ctx, ctx.region_id()?).await?);
    }
    let learner = match learner(ctx, &filter).await? {
        Some(person_id) => Some(learner_school(ctx, person_id).await?),
        None if sight.own.is_none() && !sight.keeper => Some(ctx.actor.home_organization()),
        None => None,
    };
    if filter.in_registry.is_none()
        && let Some(Some(organization_id)) = learner
    {
        let today = rules::today(ctx, ctx.region_id()?).await?;
        filter.in_registry = rules::chooses_from_registry(ctx, organization_id, today).await?.then_some(true);
    }
    Ok((sight, filter))
}

/// For whom programs are looked for: the person named, else the one person whose deficits are named.
async fn learner(ctx: &Ctx<'_>, filter: &ProgramFilter) -> Result<Option<Uuid>> {
    if filter.answers_deficits_of.is_some() || filter.deficit_ids.is_empty() {
        return Ok(filter.answers_deficits_of);
    }
    let found = store::people_of_deficits(ctx.conn, &filter.deficit_ids).await?;
    let person_id = found.first().map(|(_, person_id)| *person_id);
    let all_known = filter.deficit_ids.iter().all(|id| found.iter().any(|(known, _)| known == id));
    let hidden = match person_id {
        Some(person_id) => match learner_school(ctx, person_id).await {
            Err(refusal) if refusal.code == Code::Invalid => true,
            answer => answer.map(|_| false)?,
        },
        None => true,
    };
    if hidden || !all_known || found.iter().any(|(_, other)| Some(*other) != person_id) {
        return Err(Error::field(
            "deficit_ids",
            "unknown",
            "Таких дефицитов одного педагога нет",
            "There are no such deficits of one person",
        ));
    }
    Ok(person_id)
}

/// Where the person learns, if the actor may see the person's deficits. Whoever may not gets the same answer as
/// for a person who does not exist.
async fn learner_school(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Option<Uuid>> {
    let today = rules::today(ctx, ctx.region_id()?).await?;
    let unknown =
        || Error::field("answers_deficits_of", "unknown", "Такого человека нет", "There is no such person");
    let hidden = |refusal: Error| match refusal.code {
        Code::NotFound | Code::Forbidden => unknown(),
        _ => refusal,
    };
    let facts = person_facts(ctx, person_id, today).await.map_err(hidden)?;
    if !may_know_deficits(ctx.actor, &facts.target_on(today)) {
        return Err(unknown());
    }
    Ok(school(&facts, today))
}

fn school(facts: &crate::directory::persons::model::PersonFacts, today: NaiveDate) -> Option<Uuid> {
    facts.employed_on(today).map(|employment| employment.organization_id).next()
}
