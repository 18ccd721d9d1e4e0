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
use crate::registry::programs::model::{FoundProgram, ProgramFilter, SearchKey};
use crate::registry::programs::policy;
use crate::registry::programs::store::{self, Sight};

/// One page of the programs the actor may see.
pub async fn list_programs(
    ctx: &Ctx<'_>,
    filter: &ProgramFilter,
    page: &PageQuery<'_>,
    after: Option<SearchKey>,
) -> Result<Vec<FoundProgram>> {
    let sight = Sight {
        region: scope(ctx.actor, &policy::LIST_PROGRAMS)?,
        own: scope(ctx.actor, &policy::UPDATE_PROGRAM).ok(),
        keeper: may_ever(ctx.actor, &policy::DECIDE_PROGRAM),
    };
    let mut filter = filter.clone();
    let learner = match filter.answers_deficits_of {
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
    store::search(ctx.conn, &sight, &filter, page.fetch(), after).await
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
