//! Queries on employments.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Employment, EmploymentData, EmploymentKind};
use crate::authz::Permit;
use crate::db::schema::employments::{self, table};
use crate::db::{Conn, Ctx, whole_person};
use crate::directory::persons::model::ExternalId;
use crate::error::{Error, Result};
use crate::values::EducationLevel;

#[derive(Queryable, Selectable)]
#[diesel(table_name = employments)]
struct EmploymentRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    kind: String,
    position: String,
    education_levels: Vec<Option<String>>,
    subjects: Vec<Option<String>>,
    started_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<EmploymentRow> for Employment {
    type Error = Error;

    fn try_from(row: EmploymentRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let levels = row.education_levels.into_iter().flatten();
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            data: EmploymentData {
                kind: EmploymentKind::parse(&row.kind).ok_or_else(|| unknown("kind of employment"))?,
                position: row.position,
                education_levels: levels
                    .map(|name| EducationLevel::parse(&name).ok_or_else(|| unknown("education level")))
                    .collect::<Result<_>>()?,
                subjects: row.subjects.into_iter().flatten().collect(),
                started_on: row.started_on,
                ended_on: row.ended_on,
            },
            version: row.version,
        })
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Employment> {
    table.find(id).select(EmploymentRow::as_select()).first(&mut &*conn).await?.try_into()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Employment> {
    table.find(id).select(EmploymentRow::as_select()).for_update().first(&mut &*conn).await?.try_into()
}

pub(super) async fn of_person(conn: &Conn, person_id: Uuid) -> Result<Vec<Employment>> {
    let rows = table
        .filter(whole_person("employments.person_id", person_id))
        .select(EmploymentRow::as_select())
        .order((employments::started_on.desc(), employments::id.desc()))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Employment::try_from).collect()
}

pub(super) async fn find_by_external(
    conn: &Conn,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Employment>> {
    let row = table
        .filter(employments::region_id.eq(region_id))
        .filter(employments::source.eq(&external.source))
        .filter(employments::external_id.eq(&external.id))
        .select(EmploymentRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Employment::try_from).transpose()
}

/// Writes what the employment is called elsewhere, unless it is called something already; says whether it was written.
pub(super) async fn name_external(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    external: &ExternalId,
) -> Result<bool> {
    let unnamed = table.filter(employments::id.eq(id)).filter(employments::source.is_null());
    let written = diesel::update(unnamed)
        .set((employments::source.eq(&external.source), employments::external_id.eq(&external.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(written > 0)
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    employment: &Employment,
    external: Option<&ExternalId>,
) -> Result<()> {
    let data = &employment.data;
    diesel::insert_into(table)
        .values((
            employments::id.eq(employment.id),
            employments::region_id.eq(employment.region_id),
            employments::municipality_id.eq(employment.municipality_id),
            employments::organization_id.eq(employment.organization_id),
            employments::person_id.eq(employment.person_id),
            employments::kind.eq(data.kind.as_str()),
            employments::position.eq(&data.position),
            employments::education_levels.eq(levels(data)),
            employments::subjects.eq(&data.subjects),
            employments::started_on.eq(data.started_on),
            employments::ended_on.eq(data.ended_on),
            employments::source.eq(external.map(|external| &external.source)),
            employments::external_id.eq(external.map(|external| &external.id)),
            employments::created_at.eq(ctx.now),
            employments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, employment: &Employment) -> Result<()> {
    let data = &employment.data;
    diesel::update(table.find(employment.id))
        .set((
            employments::kind.eq(data.kind.as_str()),
            employments::position.eq(&data.position),
            employments::education_levels.eq(levels(data)),
            employments::subjects.eq(&data.subjects),
            employments::started_on.eq(data.started_on),
            employments::ended_on.eq(data.ended_on),
            employments::version.eq(employment.version),
            employments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

fn levels(data: &EmploymentData) -> Vec<&'static str> {
    data.education_levels.iter().map(|level| level.as_str()).collect()
}
