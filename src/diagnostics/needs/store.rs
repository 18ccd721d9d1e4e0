//! Queries on needs.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{DuePerson, Need, NeedData};
use super::vocabulary::NeedState;
use crate::authz::{Permit, Role, Scope, ScopePart};
use crate::db::schema::needs::{self, table};
use crate::db::schema::{employments, persons};
use crate::db::{Conn, Ctx, people_filter, scope_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = needs)]
struct NeedRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    people: i32,
    ground: String,
    topic: String,
    note: Option<String>,
    competency_id: Option<Uuid>,
    direction_id: Option<Uuid>,
    finding_id: Option<Uuid>,
    campaign_id: Option<Uuid>,
    recorded_role: String,
    recorded_by: Uuid,
    recorded_on: NaiveDate,
    state: String,
    withdrawal_reason: Option<String>,
    version: i64,
}

impl TryFrom<NeedRow> for Need {
    type Error = Error;

    fn try_from(row: NeedRow) -> Result<Self> {
        let unknown = || Error::internal("unknown name in the database");
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            people: row.people,
            data: NeedData {
                ground: row.ground,
                topic: row.topic,
                note: row.note,
                competency_id: row.competency_id,
                direction_id: row.direction_id,
                finding_id: row.finding_id,
                campaign_id: row.campaign_id,
            },
            recorded_role: Role::parse(&row.recorded_role).ok_or_else(unknown)?,
            recorded_by: row.recorded_by,
            recorded_on: row.recorded_on,
            state: NeedState::parse(&row.state).ok_or_else(unknown)?,
            withdrawal_reason: row.withdrawal_reason,
            version: row.version,
        })
    }
}

/// Which needs a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only on this ground.
    pub ground: Option<String>,
    /// Only of this campaign.
    pub campaign_id: Option<Uuid>,
    /// Only of this direction.
    pub direction_id: Option<Uuid>,
    /// Only resting on this finding.
    pub finding_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<NeedState>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Need>> {
    let row = table.find(id).select(NeedRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(Need::try_from).transpose()
}

pub(super) async fn find_all(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Need>> {
    let rows =
        table.filter(needs::id.eq_any(ids)).select(NeedRow::as_select()).load::<NeedRow>(&mut &*conn).await?;
    rows.into_iter().map(Need::try_from).collect()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Need>> {
    let row = table.find(id).select(NeedRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    row.map(Need::try_from).transpose()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Need>> {
    let of_people = people_filter!(needs, scope, today);
    // A whole region holds its groups.
    let of_all = match scope.parts() {
        [ScopePart::Everything | ScopePart::Region(_)] => of_people,
        _ => Box::new(of_people.or(needs::person_id.is_null().and(scope_filter!(needs, scope)))),
    };
    let mut query = table
        .select(NeedRow::as_select())
        .filter(of_all)
        .order((needs::recorded_on.desc(), needs::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(needs::person_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(needs::organization_id.eq(id));
    }
    if let Some(id) = filter.municipality_id {
        query = query.filter(needs::municipality_id.assume_not_null().eq(id));
    }
    if let Some(ground) = &filter.ground {
        query = query.filter(needs::ground.eq(ground));
    }
    if let Some(id) = filter.campaign_id {
        query = query.filter(needs::campaign_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.direction_id {
        query = query.filter(needs::direction_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.finding_id {
        query = query.filter(needs::finding_id.assume_not_null().eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(needs::state.eq(state.as_str()));
    }
    if let Some((day, id)) = after {
        let same = needs::recorded_on.eq(day).and(needs::id.lt(id));
        query = query.filter(needs::recorded_on.lt(day).or(same));
    }
    let rows: Vec<NeedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Need::try_from).collect()
}

/// One page of the people of the scope who work on the day, by name.
pub(super) async fn people(
    conn: &Conn,
    scope: &Scope,
    organization_id: Option<Uuid>,
    day: NaiveDate,
    fetch: i64,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<DuePerson>> {
    let mut work = employments::table
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .select(employments::person_id)
        .into_boxed()
        .filter(scope_filter!(employments, scope));
    if let Some(id) = organization_id {
        work = work.filter(employments::organization_id.eq(id));
    }
    let mut query = persons::table
        .filter(persons::id.eq_any(work))
        .select((persons::id, persons::last_name, persons::first_name, persons::middle_name))
        .order((persons::last_name, persons::first_name, persons::id))
        .limit(fetch)
        .into_boxed();
    if let Some((last, first, id)) = after {
        let same_first = persons::first_name.eq(first.clone()).and(persons::id.gt(id));
        let same_last = persons::last_name.eq(last.clone()).and(persons::first_name.gt(first).or(same_first));
        query = query.filter(persons::last_name.gt(last).or(same_last));
    }
    let rows: Vec<(Uuid, String, String, Option<String>)> = query.load(&mut &*conn).await?;
    let person = |(person_id, last_name, first_name, middle_name)| DuePerson {
        person_id,
        last_name,
        first_name,
        middle_name,
    };
    Ok(rows.into_iter().map(person).collect())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, need: &Need) -> Result<()> {
    let data = &need.data;
    diesel::insert_into(table)
        .values((
            needs::id.eq(need.id),
            needs::region_id.eq(need.region_id),
            needs::municipality_id.eq(need.municipality_id),
            needs::organization_id.eq(need.organization_id),
            needs::person_id.eq(need.person_id),
            needs::people.eq(need.people),
            needs::ground.eq(&data.ground),
            needs::topic.eq(&data.topic),
            needs::note.eq(&data.note),
            needs::competency_id.eq(data.competency_id),
            needs::direction_id.eq(data.direction_id),
            needs::finding_id.eq(data.finding_id),
            needs::campaign_id.eq(data.campaign_id),
            needs::recorded_role.eq(need.recorded_role.as_str()),
            needs::recorded_by.eq(need.recorded_by),
            needs::recorded_on.eq(need.recorded_on),
            needs::state.eq(need.state.as_str()),
            needs::created_at.eq(ctx.now),
            needs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn set_state(ctx: &Ctx<'_>, _permit: &Permit, need: &Need) -> Result<()> {
    diesel::update(table.find(need.id))
        .set((
            needs::state.eq(need.state.as_str()),
            needs::withdrawal_reason.eq(&need.withdrawal_reason),
            needs::version.eq(need.version),
            needs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
