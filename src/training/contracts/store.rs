//! Queries on contracts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Contract, ContractData, CoveringContract};
use super::service::ContractFilter;
use crate::authz::{Permit, Scope};
use crate::db::schema::{contracts, employments, enrollments, offerings, organizations};
use crate::db::{Conn, Ctx, scope_filter};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};
use crate::training::reading::OrganiserSide;
use crate::training::vocabulary::{ContractKind, ContractState};

#[derive(Queryable, Selectable)]
#[diesel(table_name = contracts)]
struct ContractRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    provider_id: Uuid,
    offering_id: Option<Uuid>,
    number: String,
    signed_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    sum_kopecks: i64,
    subject: Option<String>,
    state: String,
    terminated_on: Option<NaiveDate>,
    version: i64,
    kind: String,
}

impl TryFrom<ContractRow> for Contract {
    type Error = Error;

    fn try_from(row: ContractRow) -> Result<Self> {
        let state = ContractState::parse(&row.state)
            .ok_or_else(|| Error::internal("unknown state of contract in the database"))?;
        let kind = ContractKind::parse(&row.kind)
            .ok_or_else(|| Error::internal("unknown kind of contract in the database"))?;
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            provider_id: row.provider_id,
            offering_id: row.offering_id,
            person_id: row.person_id,
            kind,
            data: ContractData {
                number: row.number,
                signed_on: row.signed_on,
                valid_until: row.valid_until,
                sum_kopecks: row.sum_kopecks,
                subject: row.subject,
            },
            state,
            terminated_on: row.terminated_on,
            version: row.version,
        })
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Contract> {
    let query = contracts::table.find(id).select(ContractRow::as_select());
    query.first::<ContractRow>(&mut &*conn).await?.try_into()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Contract> {
    let query = contracts::table.find(id).select(ContractRow::as_select()).for_no_key_update();
    query.first::<ContractRow>(&mut &*conn).await?.try_into()
}

/// One page, the newest first: of schools and people in scope, and with the provider in scope.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &ContractFilter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Contract>> {
    let side = OrganiserSide::of(scope);
    let own = scope_filter!(contracts, scope);
    let mut query = contracts::table
        .select(ContractRow::as_select())
        .filter(own.or(contracts::provider_id.eq_any(side.organizations)))
        .order((contracts::signed_on.desc(), contracts::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(contracts::organization_id.eq(id));
    }
    if let Some(id) = filter.provider_id {
        query = query.filter(contracts::provider_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(contracts::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(contracts::state.eq(state.as_str()));
    }
    if let Some((signed_on, id)) = after {
        let same_day = contracts::signed_on.eq(signed_on).and(contracts::id.lt(id));
        query = query.filter(contracts::signed_on.lt(signed_on).or(same_day));
    }
    let rows: Vec<ContractRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Contract::try_from).collect()
}

pub(super) async fn count_enrollments(conn: &Conn, id: Uuid) -> Result<i64> {
    let covered = enrollments::table.filter(enrollments::contract_id.assume_not_null().eq(id));
    Ok(covered.count().get_result(&mut &*conn).await?)
}

/// Contracts in force between a school and a provider that cover the offering; those for one person first.
pub(super) async fn covering(
    conn: &Conn,
    organization_id: Uuid,
    provider_id: Uuid,
    offering_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<CoveringContract>> {
    let for_it =
        contracts::offering_id.is_null().or(contracts::offering_id.assume_not_null().eq(offering_id));
    let lasts = contracts::valid_until.is_null().or(contracts::valid_until.assume_not_null().ge(day));
    let found: Vec<(Uuid, Option<Uuid>)> = contracts::table
        .filter(contracts::organization_id.eq(organization_id))
        .filter(contracts::provider_id.eq(provider_id))
        .filter(contracts::kind.eq(ContractKind::Contract.as_str()))
        .filter(contracts::state.eq(ContractState::Active.as_str()))
        .filter(contracts::signed_on.le(day))
        .filter(for_it.and(lasts))
        .order((contracts::person_id.is_null(), contracts::signed_on.desc(), contracts::id))
        .select((contracts::id, contracts::person_id))
        .load(&mut &*conn)
        .await?;
    Ok(found.into_iter().map(|(id, person_id)| CoveringContract { id, person_id }).collect())
}

/// What it is, if it is an organization of the region that teaches.
pub(super) async fn provider_of(conn: &Conn, region_id: Uuid, id: Uuid) -> Result<Option<OrganizationKind>> {
    let kind: Option<String> = organizations::table
        .find(id)
        .filter(organizations::region_id.eq(region_id))
        .select(organizations::kind)
        .first(&mut &*conn)
        .await
        .optional()?;
    let kind = kind.and_then(|kind| OrganizationKind::parse(&kind));
    Ok(kind.filter(|kind| kind.may_provide()))
}

/// Whether the offering is one of the provider's.
pub(super) async fn is_offering_of(conn: &Conn, provider_id: Uuid, id: Option<Uuid>) -> Result<bool> {
    let Some(id) = id else { return Ok(false) };
    let found = offerings::table.find(id).filter(offerings::organization_id.eq(provider_id));
    Ok(found.select(offerings::id).first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// Whether the person works at the school on the day.
pub(super) async fn works_at(
    conn: &Conn,
    school_id: Uuid,
    person_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<bool> {
    let Some(person_id) = person_id else { return Ok(false) };
    let found = employments::table
        .filter(employments::organization_id.eq(school_id))
        .filter(employments::person_id.eq(person_id))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .select(employments::id);
    Ok(found.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, contract: &Contract) -> Result<()> {
    let moment: DateTime<Utc> = ctx.now;
    diesel::insert_into(contracts::table)
        .values((
            contracts::id.eq(contract.id),
            contracts::region_id.eq(contract.region_id),
            contracts::municipality_id.eq(contract.municipality_id),
            contracts::organization_id.eq(contract.organization_id),
            contracts::person_id.eq(contract.person_id),
            contracts::provider_id.eq(contract.provider_id),
            contracts::offering_id.eq(contract.offering_id),
            contracts::number.eq(&contract.data.number),
            contracts::signed_on.eq(contract.data.signed_on),
            contracts::valid_until.eq(contract.data.valid_until),
            contracts::sum_kopecks.eq(contract.data.sum_kopecks),
            contracts::subject.eq(&contract.data.subject),
            contracts::kind.eq(contract.kind.as_str()),
            contracts::state.eq(contract.state.as_str()),
            contracts::created_at.eq(moment),
            contracts::updated_at.eq(moment),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Where it stands.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, contract: &Contract) -> Result<()> {
    diesel::update(contracts::table.find(contract.id))
        .set((
            contracts::state.eq(contract.state.as_str()),
            contracts::terminated_on.eq(contract.terminated_on),
            contracts::version.eq(contract.version),
            contracts::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
