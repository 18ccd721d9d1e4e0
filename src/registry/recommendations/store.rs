//! Queries on recommendations.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Recommendation, RecommendationData, RecommendedProgram};
use super::vocabulary::{RecommendationBasisKind, RecommendationState};
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::recommendations::{self, table};
use crate::db::{Conn, Ctx, Place, among_people_at, people_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = recommendations)]
struct RecommendationRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    topic: Option<String>,
    basis: String,
    need_id: Option<Uuid>,
    deficit_id: Option<Uuid>,
    finding_id: Option<Uuid>,
    direction_id: Option<Uuid>,
    text: Option<String>,
    regulation_id: Option<Uuid>,
    author_role: String,
    author_person_id: Option<Uuid>,
    recorded_on: NaiveDate,
    state: String,
    withdrawal_reason: Option<String>,
    version: i64,
}

impl TryFrom<RecommendationRow> for Recommendation {
    type Error = Error;

    fn try_from(row: RecommendationRow) -> Result<Self> {
        let unknown = || Error::internal("unknown name in the database");
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            data: RecommendationData {
                program_id: row.program_id,
                module_id: row.module_id,
                topic: row.topic,
                basis: RecommendationBasisKind::parse(&row.basis).ok_or_else(unknown)?,
                need_id: row.need_id,
                deficit_id: row.deficit_id,
                finding_id: row.finding_id,
                direction_id: row.direction_id,
                text: row.text,
            },
            regulation_id: row.regulation_id,
            author_role: Role::parse(&row.author_role).ok_or_else(unknown)?,
            author_person_id: row.author_person_id,
            recorded_on: row.recorded_on,
            state: RecommendationState::parse(&row.state).ok_or_else(unknown)?,
            withdrawal_reason: row.withdrawal_reason,
            version: row.version,
        })
    }
}

/// Which recommendations a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only for this person.
    pub person_id: Option<Uuid>,
    /// Only for people who work at this organization today.
    pub organization_id: Option<Uuid>,
    /// Only of this program.
    pub program_id: Option<Uuid>,
    /// Only on this basis.
    pub basis: Option<RecommendationBasisKind>,
    /// Only in this state.
    pub state: Option<RecommendationState>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Recommendation>> {
    let row = table.find(id).select(RecommendationRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(Recommendation::try_from).transpose()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Recommendation>> {
    let row = table
        .find(id)
        .select(RecommendationRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Recommendation::try_from).transpose()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Recommendation>> {
    let mut query = table
        .select(RecommendationRow::as_select())
        .filter(people_filter!(recommendations, scope, today))
        .order((recommendations::recorded_on.desc(), recommendations::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(recommendations::person_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(among_people_at(recommendations::person_id, Place::Organization(id), today));
    }
    if let Some(id) = filter.program_id {
        query = query.filter(recommendations::program_id.assume_not_null().eq(id));
    }
    if let Some(basis) = filter.basis {
        query = query.filter(recommendations::basis.eq(basis.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(recommendations::state.eq(state.as_str()));
    }
    if let Some((day, id)) = after {
        let same = recommendations::recorded_on.eq(day).and(recommendations::id.lt(id));
        query = query.filter(recommendations::recorded_on.lt(day).or(same));
    }
    let rows: Vec<RecommendationRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Recommendation::try_from).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, new: &Recommendation) -> Result<()> {
    let data = &new.data;
    diesel::insert_into(table)
        .values((
            (
                recommendations::id.eq(new.id),
                recommendations::region_id.eq(new.region_id),
                recommendations::municipality_id.eq(new.municipality_id),
                recommendations::organization_id.eq(new.organization_id),
                recommendations::person_id.eq(new.person_id),
                recommendations::program_id.eq(data.program_id),
                recommendations::module_id.eq(data.module_id),
                recommendations::topic.eq(&data.topic),
                recommendations::basis.eq(data.basis.as_str()),
                recommendations::need_id.eq(data.need_id),
                recommendations::deficit_id.eq(data.deficit_id),
                recommendations::finding_id.eq(data.finding_id),
                recommendations::direction_id.eq(data.direction_id),
            ),
            recommendations::text.eq(&data.text),
            recommendations::regulation_id.eq(new.regulation_id),
            recommendations::author_role.eq(new.author_role.as_str()),
            recommendations::author_person_id.eq(new.author_person_id),
            recommendations::recorded_by.eq(ctx.actor.account_id),
            recommendations::recorded_on.eq(new.recorded_on),
            recommendations::state.eq(new.state.as_str()),
            recommendations::created_at.eq(ctx.now),
            recommendations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn set_state(ctx: &Ctx<'_>, _permit: &Permit, given: &Recommendation) -> Result<()> {
    diesel::update(table.find(given.id))
        .set((
            recommendations::state.eq(given.state.as_str()),
            recommendations::withdrawal_reason.eq(&given.withdrawal_reason),
            recommendations::version.eq(given.version),
            recommendations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Those of the recommendations that stand and were given to that person.
pub(super) async fn given_to(conn: &Conn, ids: &[Uuid], person_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(table
        .filter(recommendations::id.eq_any(ids))
        .filter(recommendations::person_id.eq(person_id))
        .filter(recommendations::state.eq(RecommendationState::Given.as_str()))
        .select(recommendations::id)
        .load(&mut &*conn)
        .await?)
}

/// The programs and modules of the recommendations that stand and were given to that person.
pub(super) async fn programs_given_to(
    conn: &Conn,
    person_id: Uuid,
) -> Result<Vec<(Uuid, RecommendedProgram)>> {
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>)> = table
        .filter(recommendations::person_id.eq(person_id))
        .filter(recommendations::state.eq(RecommendationState::Given.as_str()))
        .select((recommendations::id, recommendations::program_id, recommendations::module_id))
        .order(recommendations::id)
        .load(&mut &*conn)
        .await?;
    let recommended = |(id, program, module): (Uuid, Option<Uuid>, Option<Uuid>)| {
        let what = module.map(RecommendedProgram::Module).or(program.map(RecommendedProgram::Whole))?;
        Some((id, what))
    };
    Ok(rows.into_iter().filter_map(recommended).collect())
}
