//! Queries on support of routes.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Filter, Period, RouteCount, SupportData, SupportKind, SupportRecord};
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::{consultations, route_support_records};
use crate::db::{Conn, Ctx, scope_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_support_records)]
struct RecordRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    route_id: Uuid,
    supporter_id: Uuid,
    supporter_role: String,
    kind: String,
    held_on: NaiveDate,
    topic: String,
    text: String,
}

fn kind(name: &str) -> Result<SupportKind> {
    SupportKind::parse(name).ok_or_else(|| Error::internal("unknown kind of support in the database"))
}

impl TryFrom<RecordRow> for SupportRecord {
    type Error = Error;

    fn try_from(row: RecordRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            route_id: row.route_id,
            supporter_id: row.supporter_id,
            supporter_role: Role::parse(&row.supporter_role)
                .ok_or_else(|| Error::internal("unknown role in the database"))?,
            data: SupportData {
                kind: kind(&row.kind)?,
                held_on: row.held_on,
                topic: row.topic,
                text: row.text,
            },
        })
    }
}

type Boxed<'a> = route_support_records::BoxedQuery<'a, diesel::pg::Pg>;

fn narrowed<'a>(mut query: Boxed<'a>, filter: Filter, after: Option<(NaiveDate, Uuid)>) -> Boxed<'a> {
    if let Some(id) = filter.route_id {
        query = query.filter(route_support_records::route_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(route_support_records::organization_id.eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(route_support_records::person_id.eq(id));
    }
    if let Some(id) = filter.supporter_id {
        query = query.filter(route_support_records::supporter_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(route_support_records::kind.eq(kind.as_str()));
    }
    if let Some((day, id)) = after {
        let same = route_support_records::held_on.eq(day).and(route_support_records::id.lt(id));
        query = query.filter(route_support_records::held_on.lt(day).or(same));
    }
    query
}

async fn page(conn: &Conn, query: Boxed<'_>, fetch: i64) -> Result<Vec<SupportRecord>> {
    let rows: Vec<RecordRow> = query
        .order((route_support_records::held_on.desc(), route_support_records::id.desc()))
        .limit(fetch)
        .select(RecordRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(SupportRecord::try_from).collect()
}

/// Of the route in the filter, whose readers have been asked for already.
pub(super) async fn of_route(
    conn: &Conn,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportRecord>> {
    page(conn, narrowed(route_support_records::table.into_boxed(), filter, after), fetch).await
}

/// Of the people in scope, and what that person recorded.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    supporter_id: Option<Uuid>,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportRecord>> {
    let in_scope = scope_filter!(route_support_records, scope);
    let query = route_support_records::table.into_boxed();
    let query = match supporter_id {
        Some(id) => query.filter(in_scope.or(route_support_records::supporter_id.eq(id))),
        None => query.filter(in_scope),
    };
    page(conn, narrowed(query, filter, after), fetch).await
}

/// Records by supporter, route and kind, and consultations by consultant: two statements that travel together.
pub(super) async fn counts(
    conn: &Conn,
    organization_id: Uuid,
    period: Period,
) -> Result<(Vec<RouteCount>, Vec<(Uuid, i64)>)> {
    let (mut first, mut second) = (conn, conn);
    let (records, consultations) = tokio::try_join!(
        route_support_records::table
            .filter(route_support_records::organization_id.eq(organization_id))
            .filter(route_support_records::held_on.between(period.from, period.until))
            .group_by((
                route_support_records::supporter_id,
                route_support_records::route_id,
                route_support_records::kind,
            ))
            .select((
                route_support_records::supporter_id,
                route_support_records::route_id,
                route_support_records::kind,
                count_star(),
            ))
            .load::<(Uuid, Uuid, String, i64)>(&mut first),
        consultations::table
            .filter(consultations::organization_id.eq(organization_id))
            .filter(consultations::held_on.between(period.from, period.until))
            .filter(consultations::consultant_id.is_not_null())
            .group_by(consultations::consultant_id)
            .select((consultations::consultant_id.assume_not_null(), count_star()))
            .load::<(Uuid, i64)>(&mut second),
    )?;
    let counts = records
        .into_iter()
        .map(|(supporter_id, route_id, name, records)| {
            Ok(RouteCount { supporter_id, route_id, kind: kind(&name)?, records })
        })
        .collect::<Result<_>>()?;
    Ok((counts, consultations))
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, record: &SupportRecord) -> Result<()> {
    let data = &record.data;
    diesel::insert_into(route_support_records::table)
        .values((
            route_support_records::id.eq(record.id),
            route_support_records::region_id.eq(record.region_id),
            route_support_records::municipality_id.eq(record.municipality_id),
            route_support_records::organization_id.eq(record.organization_id),
            route_support_records::person_id.eq(record.person_id),
            route_support_records::route_id.eq(record.route_id),
            route_support_records::supporter_id.eq(record.supporter_id),
            route_support_records::supporter_role.eq(record.supporter_role.as_str()),
            route_support_records::kind.eq(data.kind.as_str()),
            route_support_records::held_on.eq(data.held_on),
            route_support_records::topic.eq(&data.topic),
            route_support_records::text.eq(&data.text),
            route_support_records::recorded_by.eq(ctx.actor.account_id),
            route_support_records::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
