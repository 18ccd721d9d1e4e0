//! Queries on consultations.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Consultation, ConsultationData};
use super::vocabulary::ConsultationKind;
use crate::authz::{Permit, Scope};
use crate::db::schema::consultation_deficits;
use crate::db::schema::consultations::{self, table};
use crate::db::{Conn, Ctx, scope_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = consultations)]
struct ConsultationRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    given_by_id: Uuid,
    consultant_id: Option<Uuid>,
    kind: String,
    topic: String,
    text: String,
    held_on: NaiveDate,
    route_id: Option<Uuid>,
    version: i64,
}

impl ConsultationRow {
    fn with(self, deficits: &[(Uuid, Uuid)]) -> Result<Consultation> {
        let row = self;
        let about = deficits.iter().filter(|(consultation_id, _)| *consultation_id == row.id);
        let deficit_ids = about.map(|(_, deficit_id)| *deficit_id).collect();
        Ok(Consultation {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            given_by_id: row.given_by_id,
            consultant_id: row.consultant_id,
            data: ConsultationData {
                kind: ConsultationKind::parse(&row.kind)
                    .ok_or_else(|| Error::internal("unknown kind in the database"))?,
                topic: row.topic,
                text: row.text,
                held_on: row.held_on,
                deficit_ids,
                route_id: row.route_id,
            },
            version: row.version,
        })
    }
}

/// Which consultations a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<ConsultationKind>,
    /// Only given by this organization.
    pub given_by_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only about this route.
    pub route_id: Option<Uuid>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Consultation>> {
    let rows = table.find(id).select(ConsultationRow::as_select()).load(&mut &*conn).await?;
    Ok(whole(conn, rows).await?.pop())
}

/// The consultations with the difficulties they were about: one statement more, however many they are.
async fn whole(conn: &Conn, rows: Vec<ConsultationRow>) -> Result<Vec<Consultation>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let deficits: Vec<(Uuid, Uuid)> = consultation_deficits::table
        .filter(consultation_deficits::consultation_id.eq_any(ids))
        .order((consultation_deficits::consultation_id, consultation_deficits::deficit_id))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|row| row.with(&deficits)).collect()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Consultation>> {
    let mut query = table
        .select(ConsultationRow::as_select())
        .filter(scope_filter!(consultations, scope))
        .order((consultations::held_on.desc(), consultations::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(consultations::kind.eq(kind.as_str()));
    }
    if let Some(id) = filter.given_by_id {
        query = query.filter(consultations::given_by_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(consultations::organization_id.eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(consultations::person_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.route_id {
        query = query.filter(consultations::route_id.assume_not_null().eq(id));
    }
    if let Some((day, id)) = after {
        let same = consultations::held_on.eq(day).and(consultations::id.lt(id));
        query = query.filter(consultations::held_on.lt(day).or(same));
    }
    let rows: Vec<ConsultationRow> = query.load(&mut &*conn).await?;
    whole(conn, rows).await
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, held: &Consultation) -> Result<()> {
    diesel::insert_into(table)
        .values((
            consultations::id.eq(held.id),
            consultations::region_id.eq(held.region_id),
            consultations::municipality_id.eq(held.municipality_id),
            consultations::organization_id.eq(held.organization_id),
            consultations::person_id.eq(held.person_id),
            consultations::given_by_id.eq(held.given_by_id),
            consultations::consultant_id.eq(held.consultant_id),
            consultations::kind.eq(held.data.kind.as_str()),
            consultations::topic.eq(&held.data.topic),
            consultations::text.eq(&held.data.text),
            consultations::held_on.eq(held.data.held_on),
            consultations::route_id.eq(held.data.route_id),
            consultations::recorded_by.eq(ctx.actor.account_id),
            consultations::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let about: Vec<_> = held
        .data
        .deficit_ids
        .iter()
        .map(|id| {
            (consultation_deficits::consultation_id.eq(held.id), consultation_deficits::deficit_id.eq(*id))
        })
        .collect();
    if !about.is_empty() {
        diesel::insert_into(consultation_deficits::table).values(about).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
