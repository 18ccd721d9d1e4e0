//! Who holds the roles that a chain asks for, and the seats that one caller holds.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Capacity, HeldSeat, Seats};
use crate::authz::{Level, Role};
use crate::db::schema::{
    approval_requests as requests, associations, employments, organizations, role_assignments,
};
use crate::db::{Ctx, statement};
use crate::error::{Error, Result};

#[derive(QueryableByName)]
struct SeatRow {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    absent: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    substitution: Option<Uuid>,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = SqlUuid)]
    place: Uuid,
}

/// The seats of the caller on that day, in one statement: the roles held by any of his cards or by his account, and the
/// associations that he heads while he works at their organization; then the same of those for whom he stands in while he
/// has something to do at the organization himself. Who stands in for him who stands in is not asked.
const SEATS: &str = "
    select null::uuid as absent, null::uuid as substitution, held.role, held.organization_id as place
      from role_assignments held
     where (held.person_id = any(array(select id from persons where kept_id = $1)) or held.account_id = $2) and held.organization_id is not null
       and held.valid_from <= $3 and (held.valid_until is null or held.valid_until >= $3)
    union all
    select null, null, 'association_head', headed.id
      from associations headed
     where headed.head_person_id = any(array(select id from persons where kept_id = $1))
       and exists (select from employments work
                    where work.person_id = any(array(select id from persons where kept_id = $1)) and work.organization_id = headed.organization_id
                      and work.started_on <= $3 and (work.ended_on is null or work.ended_on >= $3))
    union all
    select given.person_id, given.id, seat.role, seat.place
      from approval_substitutions given
     cross join lateral (
         select held.role, held.organization_id as place
           from role_assignments held
          where held.person_id = given.person_id and held.organization_id = given.organization_id
            and (given.role is null or given.role = held.role)
            and held.valid_from <= $3 and (held.valid_until is null or held.valid_until >= $3)
         union all
         select 'association_head', headed.id
           from associations headed
          where headed.head_person_id = given.person_id and headed.organization_id = given.organization_id
            and (given.role is null or given.role = 'association_head')
            and exists (select from employments work
                         where work.person_id = given.person_id and work.organization_id = given.organization_id
                           and work.started_on <= $3 and (work.ended_on is null or work.ended_on >= $3))) seat
     where given.substitute_person_id = any(array(select id from persons where kept_id = $1)) and given.ends_on >= $3 and given.starts_on <= $3
       and (given.revoked_on is null or $3 < given.revoked_on)
       and (exists (select from employments work
                     where work.person_id = any(array(select id from persons where kept_id = $1)) and work.organization_id = given.organization_id
                       and work.started_on <= $3 and (work.ended_on is null or work.ended_on >= $3))
            or exists (select from role_assignments held
                        where held.person_id = any(array(select id from persons where kept_id = $1)) and held.organization_id = given.organization_id
                          and held.valid_from <= $3 and (held.valid_until is null or held.valid_until >= $3)))
     order by substitution nulls first, place, role";

/// The seats of the caller on that day.
pub(in crate::approvals) async fn seats_of(ctx: &Ctx<'_>, day: NaiveDate) -> Result<Seats> {
    let (me, account) = (ctx.actor.person_id, ctx.actor.account_id);
    let rows: Vec<SeatRow> = statement(SEATS)
        .bind::<Nullable<SqlUuid>, _>(me)
        .bind::<SqlUuid, _>(account)
        .bind::<Date, _>(day)
        .load(&mut &*ctx.conn)
        .await?;
    // An account without a person submits in its own name and sits nowhere else.
    let mut seats = Seats { holder: me.unwrap_or(account), held: Vec::new(), substituting: Vec::new() };
    for row in rows {
        let role = Role::parse(&row.role).ok_or_else(|| Error::internal("unknown role"))?;
        let seat = HeldSeat { role, organization: row.place };
        match (row.absent.zip(row.substitution), seats.substituting.last_mut()) {
            (None, _) => seats.held.push(seat),
            (Some((_, substitution)), Some(last)) if last.substitution == substitution => {
                last.seats.push(seat);
            }
            (Some((absent, substitution)), _) => {
                seats.substituting.push(Capacity { absent, substitution, seats: vec![seat] });
            }
        }
    }
    Ok(seats)
}

/// Those of the associations whose head works at their organization on that day.
pub(in crate::approvals) async fn heads_at_work(
    ctx: &Ctx<'_>,
    association_ids: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<Uuid>> {
    let here = employments::organization_id
        .eq(associations::organization_id)
        .and(employments::person_id.nullable().eq(associations::head_person_id));
    Ok(associations::table
        .inner_join(employments::table.on(here))
        .filter(associations::id.eq_any(association_ids))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .select(associations::id)
        .distinct()
        .load(&mut &*ctx.conn)
        .await?)
}

/// Somebody who holds a role at a place.
#[derive(Debug, Clone, Copy)]
pub struct Holder {
    /// The role.
    pub role: Role,
    /// Where.
    pub organization_id: Uuid,
    /// Who.
    pub person_id: Uuid,
}

/// Who holds one of the roles on that day at the organization, in its municipality or in its region.
pub(in crate::approvals) async fn holders(
    ctx: &Ctx<'_>,
    roles: &[Role],
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<Holder>> {
    use role_assignments as held;
    let names = |level: Option<Level>| -> Vec<&'static str> {
        let fits = |role: &&Role| level.is_none_or(|level| role.level() == Some(level));
        roles.iter().filter(fits).map(|role| role.as_str()).collect()
    };
    let here =
        held::organization_id.assume_not_null().eq(organization_id).and(held::role.eq_any(names(None)));
    let in_municipality = held::municipality_id
        .assume_not_null()
        .eq(municipality_id.unwrap_or_default())
        .and(held::role.eq_any(names(Some(Level::Municipality))));
    let in_region =
        held::region_id.assume_not_null().eq(region_id).and(held::role.eq_any(names(Some(Level::Region))));
    let rows: Vec<(String, Option<Uuid>, Option<Uuid>)> = held::table
        .filter(here.or(in_municipality).or(in_region))
        .filter(held::person_id.is_not_null())
        .filter(held::valid_from.le(day))
        .filter(held::valid_until.is_null().or(held::valid_until.assume_not_null().ge(day)))
        .order((held::organization_id, held::person_id))
        .select((held::role, held::organization_id, held::person_id))
        .load(&mut &*ctx.conn)
        .await?;
    let holder = |(role, organization_id, person_id): (String, Option<Uuid>, Option<Uuid>)| {
        Some(Holder { role: Role::parse(&role)?, organization_id: organization_id?, person_id: person_id? })
    };
    Ok(rows.into_iter().filter_map(holder).collect())
}

/// Organizations of the region at which a role of the municipality or the region may be held: id, kind,
/// municipality.
pub(in crate::approvals) async fn natural_places(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    kinds: &[&str],
) -> Result<Vec<(Uuid, String, Option<Uuid>)>> {
    Ok(organizations::table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::kind.eq_any(kinds))
        .order(organizations::id)
        .select((organizations::id, organizations::kind, organizations::municipality_id))
        .load(&mut &*ctx.conn)
        .await?)
}

/// Whether that person works at the organization on that day.
pub(in crate::approvals) async fn works_at(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<bool> {
    let here = employments::table
        .filter(employments::person_id.eq(person_id))
        .filter(employments::organization_id.eq(organization_id))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)));
    Ok(diesel::select(exists(here)).get_result(&mut &*ctx.conn).await?)
}

/// Whether the person whom the request is about works at its organization no longer.
pub(in crate::approvals) async fn learner_has_left(
    ctx: &Ctx<'_>,
    request_id: Uuid,
    day: NaiveDate,
) -> Result<bool> {
    let at_work = employments::table
        .filter(employments::person_id.nullable().eq(requests::person_id))
        .filter(employments::organization_id.eq(requests::organization_id))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)));
    let left = requests::table
        .filter(requests::id.eq(request_id))
        .filter(requests::person_id.is_not_null())
        .filter(not(exists(at_work)));
    Ok(diesel::select(exists(left)).get_result(&mut &*ctx.conn).await?)
}

#[derive(QueryableByName)]
struct HolderRow {
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = SqlUuid)]
    place: Uuid,
    #[diesel(sql_type = SqlUuid)]
    person: Uuid,
}

/// Who sits at these very seats on that day: holders of roles, and heads of associations who work at their organization.
const HOLDERS: &str = "
    select held.role, held.organization_id as place, held.person_id as person
      from unnest($1, $2) as seat (organization_id, role)
      join role_assignments held on held.organization_id = seat.organization_id and held.role = seat.role
     where held.person_id is not null
       and held.valid_from <= $3 and (held.valid_until is null or held.valid_until >= $3)
    union
    select seat.role, headed.id, headed.head_person_id
      from unnest($1, $2) as seat (organization_id, role)
      join associations headed on headed.id = seat.organization_id and seat.role = 'association_head'
     where exists (select from employments work
                    where work.person_id = headed.head_person_id and work.organization_id = headed.organization_id
                      and work.started_on <= $3 and (work.ended_on is null or work.ended_on >= $3))";

/// Who sits at these very seats on that day.
pub(in crate::approvals) async fn holders_of(
    ctx: &Ctx<'_>,
    seats: &[HeldSeat],
    day: NaiveDate,
) -> Result<Vec<(HeldSeat, Uuid)>> {
    let (places, roles): (Vec<Uuid>, Vec<&str>) =
        seats.iter().map(|seat| (seat.organization, seat.role.as_str())).unzip();
    let rows: Vec<HolderRow> = statement(HOLDERS)
        .bind::<Array<SqlUuid>, _>(places)
        .bind::<Array<Text>, _>(roles)
        .bind::<Date, _>(day)
        .load(&mut &*ctx.conn)
        .await?;
    let holder = |row: HolderRow| {
        let role = Role::parse(&row.role).ok_or_else(|| Error::internal("unknown role"))?;
        Ok((HeldSeat { role, organization: row.place }, row.person))
    };
    rows.into_iter().map(holder).collect()
}

/// The region of an association; none where there is no such association.
pub(in crate::approvals) async fn region_of_association(
    ctx: &Ctx<'_>,
    association_id: Uuid,
) -> Result<Option<Uuid>> {
    let region = associations::table.find(association_id).select(associations::region_id);
    Ok(region.first(&mut &*ctx.conn).await.optional()?)
}
