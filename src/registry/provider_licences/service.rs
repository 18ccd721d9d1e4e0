//! Use cases of licences of providers.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{LicenceData, LicenceSuspension, ProviderLicence, ProviderStanding, verdict};
use super::providers::Providers;
use super::vocabulary::ProviderVerdict;
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, may, region_scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{organization, organization_at};
use crate::directory::regions::memory::RegionStamp;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::hours::model::{Eligibility, Suspension};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Whether a provider may train teachers.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    /// The day.
    pub on: NaiveDate,
    /// In words of the API.
    pub verdict: ProviderVerdict,
    /// Whether hours count.
    pub counts: bool,
}

/// Records a licence.
pub async fn record_provider_licence(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    data: LicenceData,
) -> Result<ProviderLicence> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::RECORD_PROVIDER_LICENCE, &Target::region(region_id))?;
    let provider = organization_at(ctx, organization_id, "/organization_id").await?;
    refuse_own(ctx.actor, provider.id)?;
    let problems = data.problems(today(ctx, region_id).await?);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let licence = ProviderLicence {
        id: new_id(),
        region_id,
        organization_id: provider.id,
        data,
        suspensions: Vec::new(),
        version: 1,
    };
    store::insert(ctx, &permit, &licence).await?;
    let change = Change::none().field("number", (), licence.data.number.as_str());
    ctx.audit(&permit, Subject { kind: "provider_licence", id: licence.id }, change).await?;
    Ok(licence)
}

/// One page of the licences of the actor's region.
pub async fn list_provider_licences(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ProviderLicence>> {
    let region = region_scope(ctx.actor, &policy::LIST_PROVIDER_LICENCES)?;
    store::list(ctx.conn, region, organization_id, page.fetch(), after).await
}

/// One licence.
pub async fn get_provider_licence(ctx: &Ctx<'_>, id: Uuid) -> Result<ProviderLicence> {
    let licence = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_PROVIDER_LICENCE, &Target::region(licence.region_id))?;
    Ok(licence)
}

/// Gives a licence its last day.
pub async fn end_provider_licence(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    valid_until: NaiveDate,
) -> Result<ProviderLicence> {
    let (permit, mut licence) = locked(ctx, &policy::END_PROVIDER_LICENCE, id, if_match).await?;
    if valid_until < licence.data.valid_from {
        return Err(reversed("/valid_until"));
    }
    let before = licence.data.valid_until.map(|day| day.to_string());
    licence.data.valid_until = Some(valid_until);
    store::update(ctx, &permit, &licence).await?;
    let change = Change::none().field("valid_until", before, valid_until.to_string());
    ctx.audit(&permit, Subject { kind: "provider_licence", id }, change).await?;
    Ok(licence)
}

/// Records that a licence is suspended.
pub async fn record_licence_suspension(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    from: NaiveDate,
    reason: String,
) -> Result<ProviderLicence> {
    let (permit, mut licence) = locked(ctx, &policy::RECORD_LICENCE_SUSPENSION, id, if_match).await?;
    if licence.running_suspension().is_some() {
        return Err(Error::new(Code::StateConflict)
            .detail("Лицензия уже приостановлена", "The licence is suspended already"));
    }
    if let Some(problem) = licence.suspension_problem(from) {
        return Err(Error::invalid(vec![problem]));
    }
    let suspension = LicenceSuspension { days: Suspension { from, until: None }, reason };
    store::suspend(ctx, &permit, id, &suspension).await?;
    store::update(ctx, &permit, &licence).await?;
    licence.suspensions.push(suspension);
    let change = Change::none().field("suspended_from", (), from.to_string());
    ctx.audit(&permit, Subject { kind: "provider_licence", id }, change).await?;
    Ok(licence)
}

/// Records that a suspended licence is resumed.
pub async fn end_licence_suspension(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    until: NaiveDate,
) -> Result<ProviderLicence> {
    let (permit, mut licence) = locked(ctx, &policy::END_LICENCE_SUSPENSION, id, if_match).await?;
    let running = licence.suspensions.iter_mut().find(|suspension| suspension.days.until.is_none());
    let suspension = running.ok_or_else(|| {
        Error::new(Code::StateConflict).detail("Лицензия не приостановлена", "The licence is not suspended")
    })?;
    let from = suspension.days.from;
    if until < from {
        return Err(reversed("/suspended_until"));
    }
    suspension.days.until = Some(until);
    store::resume(ctx, &permit, id, from, until).await?;
    store::update(ctx, &permit, &licence).await?;
    let change = Change::none().field("suspended_until", (), until.to_string());
    ctx.audit(&permit, Subject { kind: "provider_licence", id }, change).await?;
    Ok(licence)
}

/// Whether training that begins at the provider on that day counts (B1.8, B1.9).
pub async fn get_provider_eligibility(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    on: Option<NaiveDate>,
) -> Result<Verdict> {
    let provider = organization(ctx, organization_id).await?;
    authorize(ctx.actor, &policy::GET_PROVIDER_ELIGIBILITY, &Target::region(provider.region_id))?;
    let on = match on {
        Some(day) => day,
        None => today(ctx, provider.region_id).await?,
    };
    let stamp = RegionStamp::read(ctx, provider.region_id).await?;
    let eligibility = Providers::read(ctx, stamp).await?.of(Some(organization_id)).eligibility_during(on, on);
    let counts = matches!(eligibility, Eligibility::Eligible | Eligibility::NotRestricted);
    Ok(Verdict { on, verdict: verdict(eligibility), counts })
}

/// Whether training at the provider from the first to the last of these days counts, without asking who may know: for
/// what providers hold (B1.8, B1.9).
pub async fn provider_standing(
    ctx: &Ctx<'_>,
    provider: &Organization,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<ProviderStanding> {
    let stamp = RegionStamp::read(ctx, provider.region_id).await?;
    let facts = Providers::read(ctx, stamp).await?.of(Some(provider.id));
    let eligibility = facts.eligibility_during(first, last);
    let licences = match eligibility {
        Eligibility::Suspended { .. } => store::of_provider(ctx.conn, provider.id).await?,
        _ => Vec::new(),
    };
    Ok(ProviderStanding::new(eligibility, &licences))
}

/// What the actor may do with the licence.
pub fn allowed_actions(actor: &Actor, licence: &ProviderLicence) -> Vec<String> {
    let change = if licence.running_suspension().is_some() {
        &policy::END_LICENCE_SUSPENSION
    } else {
        &policy::RECORD_LICENCE_SUSPENSION
    };
    let target = Target::region(licence.region_id);
    [&policy::END_PROVIDER_LICENCE, change]
        .into_iter()
        .filter(|rule| may(actor, rule, &target) && !actor.acts_for(licence.organization_id))
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// Locks a licence for a change; its version is the next one already.
async fn locked(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    if_match: i64,
) -> Result<(Permit, ProviderLicence)> {
    let mut licence = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize(ctx.actor, rule, &Target::region(licence.region_id))?;
    refuse_own(ctx.actor, licence.organization_id)?;
    if licence.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    licence.version += 1;
    Ok((permit, licence))
}

/// Whether the hours of an organization count is decided by somebody else than that organization (B1.9).
pub fn refuse_own(actor: &Actor, organization_id: Uuid) -> Result<()> {
    if actor.acts_for(organization_id) { Err(Error::new(Code::SeparationOfDuties)) } else { Ok(()) }
}

fn reversed(pointer: &str) -> Error {
    Error::field(
        pointer,
        "dates_reversed",
        "Последний день раньше первого",
        "The last day comes before the first",
    )
}
