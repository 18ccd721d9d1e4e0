//! Use cases of founders of providers.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{FounderData, ProviderFounder};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, region_scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::organization_at;
use crate::error::{Code, Error, Result};
use crate::hours::model::FounderSpan;
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::provider_licences::service::refuse_own;

/// Records a founder.
pub async fn record_provider_founder(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    data: FounderData,
) -> Result<ProviderFounder> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::RECORD_PROVIDER_FOUNDER, &Target::region(region_id))?;
    let provider = organization_at(ctx, organization_id, "/organization_id").await?;
    refuse_own(ctx.actor, provider.id)?;
    let problems = data.problems();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let founder = ProviderFounder { id: new_id(), region_id, organization_id: provider.id, data, version: 1 };
    store::insert(ctx, &permit, &founder).await?;
    let change = Change::none().field("founder_type", (), founder.data.founder_type.as_str());
    ctx.audit(&permit, Subject { kind: "provider_founder", id: founder.id }, change).await?;
    Ok(founder)
}

/// One page of the founders of providers of the actor's region.
pub async fn list_provider_founders(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ProviderFounder>> {
    let region = region_scope(ctx.actor, &policy::LIST_PROVIDER_FOUNDERS)?;
    store::list(ctx.conn, region, organization_id, page.fetch(), after).await
}

/// One founder.
pub async fn get_provider_founder(ctx: &Ctx<'_>, id: Uuid) -> Result<ProviderFounder> {
    let founder = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_PROVIDER_FOUNDER, &Target::region(founder.region_id))?;
    Ok(founder)
}

/// Gives a founder its last day.
pub async fn end_provider_founder(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    valid_until: NaiveDate,
) -> Result<ProviderFounder> {
    let mut founder = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize(ctx.actor, &policy::END_PROVIDER_FOUNDER, &Target::region(founder.region_id))?;
    refuse_own(ctx.actor, founder.organization_id)?;
    if founder.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if valid_until < founder.data.valid_from {
        return Err(Error::field(
            "/valid_until",
            "dates_reversed",
            "Последний день раньше первого",
            "The last day comes before the first",
        ));
    }
    let before = founder.data.valid_until.map(|day| day.to_string());
    (founder.data.valid_until, founder.version) = (Some(valid_until), founder.version + 1);
    store::end(ctx, &permit, &founder).await?;
    let change = Change::none().field("valid_until", before, valid_until.to_string());
    ctx.audit(&permit, Subject { kind: "provider_founder", id }, change).await?;
    Ok(founder)
}

/// The founders of these providers with their days, without asking who may see them: for balances.
pub async fn founders_of_region(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Vec<(Uuid, FounderSpan)>> {
    let found = store::of_region(ctx.conn, region_id).await?;
    Ok(found.into_iter().map(|founder| (founder.organization_id, founder.data.span())).collect())
}

/// What the actor may do with the founder.
pub fn allowed_actions(actor: &Actor, founder: &ProviderFounder) -> Vec<String> {
    let rule = &policy::END_PROVIDER_FOUNDER;
    let may =
        may(actor, rule, &Target::region(founder.region_id)) && !actor.acts_for(founder.organization_id);
    may.then(|| rule.operation.to_owned()).into_iter().collect()
}
