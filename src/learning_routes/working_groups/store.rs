//! Queries on working groups.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::array;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Group, GroupData, GroupRole, Member, MemberFacts};
use crate::authz::{Permit, Role, Scope, ScopePart};
use crate::db::schema::{
    associations, employments, role_assignments, routes, working_group_members, working_groups,
};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};
use crate::regulations::profile::WorkingGroupFunction;

#[derive(Queryable, Selectable)]
#[diesel(table_name = working_groups)]
struct GroupRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    title: String,
    act_id: Option<Uuid>,
    regulation_act_id: Option<Uuid>,
    dissolved_on: Option<NaiveDate>,
    version: i64,
}

type MemberRow = (Uuid, Uuid, String, String);

/// The groups with members and routes: two statements more, however many they are.
async fn whole(conn: &Conn, rows: Vec<GroupRow>) -> Result<Vec<Group>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut first, mut second) = (conn, conn);
    let (members, routes) = tokio::try_join!(
        working_group_members::table
            .filter(working_group_members::group_id.eq_any(&ids))
            .order((working_group_members::group_id, working_group_members::person_id))
            .load::<MemberRow>(&mut first),
        routes::table
            .filter(routes::working_group_id.assume_not_null().eq_any(&ids))
            .order(routes::id)
            .select((routes::working_group_id.assume_not_null(), routes::id))
            .load::<(Uuid, Uuid)>(&mut second),
    )?;
    rows.into_iter()
        .map(|row| {
            let own = members.iter().filter(|(group_id, ..)| *group_id == row.id);
            let data = GroupData {
                title: row.title,
                members: own.map(member).collect::<Result<_>>()?,
                route_ids: routes.iter().filter(|(id, _)| *id == row.id).map(|(_, route)| *route).collect(),
                act_id: row.act_id,
                regulation_act_id: row.regulation_act_id,
            };
            Ok(Group {
                id: row.id,
                region_id: row.region_id,
                municipality_id: row.municipality_id,
                organization_id: row.organization_id,
                data,
                dissolved_on: row.dissolved_on,
                version: row.version,
            })
        })
        .collect()
}

fn member((_, person_id, role, function): &MemberRow) -> Result<Member> {
    let unknown = || Error::internal("unknown member of a group in the database");
    Ok(Member {
        person_id: *person_id,
        role: GroupRole::parse(role).ok_or_else(unknown)?,
        function: WorkingGroupFunction::parse(function).ok_or_else(unknown)?,
    })
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Group> {
    let row = working_groups::table.find(id).select(GroupRow::as_select()).first(&mut &*conn).await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Group> {
    let row =
        working_groups::table.find(id).select(GroupRow::as_select()).for_update().first(&mut &*conn).await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    organization_id: Option<Uuid>,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Group>> {
    let mut query = working_groups::table
        .order((working_groups::title, working_groups::id))
        .select(GroupRow::as_select())
        .limit(fetch)
        .into_boxed();
    let person = scope.parts().iter().find_map(|part| match part {
        ScopePart::Assigned(person) => Some(*person),
        _ => None,
    });
    let in_scope = unit_filter!(working_groups, scope);
    query = match person {
        Some(person) => {
            let own = working_group_members::table
                .filter(working_group_members::person_id.eq(person))
                .select(working_group_members::group_id);
            // As an array, which is looked up in the index; a set would be asked of every group of the region.
            query.filter(in_scope.or(working_groups::id.eq_any(array::<SqlUuid, _>(own))))
        }
        None => query.filter(in_scope),
    };
    if let Some(id) = organization_id {
        query = query.filter(working_groups::organization_id.eq(id));
    }
    if let Some((title, id)) = after {
        let same = working_groups::title.eq(title.clone()).and(working_groups::id.gt(id));
        query = query.filter(working_groups::title.gt(title).or(same));
    }
    let rows = query.load(&mut &*conn).await?;
    whole(conn, rows).await
}

/// Those of the routes that another group develops: one that is dissolved develops nothing any more. All of them are
/// held, so that two groups do not take one at once.
pub(super) async fn routes_of_others(conn: &Conn, group_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let held: Vec<(Uuid, Option<Uuid>)> = routes::table
        .filter(routes::id.eq_any(ids))
        .order(routes::id)
        .select((routes::id, routes::working_group_id))
        .for_update()
        .load(&mut &*conn)
        .await?;
    let others: Vec<Uuid> =
        held.iter().filter_map(|(_, group)| *group).filter(|group| *group != group_id).collect();
    let at_work: Vec<Uuid> = working_groups::table
        .filter(working_groups::id.eq_any(others))
        .filter(working_groups::dissolved_on.is_null())
        .select(working_groups::id)
        .load(&mut &*conn)
        .await?;
    let taken = |group: Option<Uuid>| group.is_some_and(|group| at_work.contains(&group));
    Ok(held.into_iter().filter(|(_, group)| taken(*group)).map(|(id, _)| id).collect())
}

/// What is known of those people at the school on that day: three statements that travel together.
pub(super) async fn facts(
    conn: &Conn,
    organization_id: Uuid,
    people: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, MemberFacts>> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let (posts, roles, heads) = tokio::try_join!(
        employments::table
            .filter(employments::organization_id.eq(organization_id))
            .filter(employments::person_id.eq_any(people))
            .filter(employments::started_on.le(day))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
            .select((employments::person_id, employments::position))
            .load::<(Uuid, String)>(&mut first),
        role_assignments::table
            .filter(role_assignments::organization_id.assume_not_null().eq(organization_id))
            .filter(role_assignments::person_id.assume_not_null().eq_any(people))
            .filter(role_assignments::valid_from.le(day))
            .filter(
                role_assignments::valid_until
                    .is_null()
                    .or(role_assignments::valid_until.assume_not_null().ge(day))
            )
            .select((role_assignments::person_id.assume_not_null(), role_assignments::role))
            .load::<(Uuid, String)>(&mut second),
        associations::table
            .filter(associations::organization_id.eq(organization_id))
            .filter(associations::head_person_id.assume_not_null().eq_any(people))
            .select(associations::head_person_id.assume_not_null())
            .load::<Uuid>(&mut third),
    )?;
    let mut facts: HashMap<Uuid, MemberFacts> = HashMap::new();
    for (person_id, post) in posts {
        facts.entry(person_id).or_default().posts.push(post);
    }
    for (person_id, role) in roles {
        let role = Role::parse(&role).ok_or_else(|| Error::internal("unknown role in the database"))?;
        facts.entry(person_id).or_default().roles.push(role);
    }
    for person_id in heads {
        facts.entry(person_id).or_default().heads_association = true;
    }
    Ok(facts)
}

pub(super) async fn insert(ctx: &Ctx<'_>, permit: &Permit, group: &Group) -> Result<()> {
    diesel::insert_into(working_groups::table)
        .values((
            working_groups::id.eq(group.id),
            working_groups::region_id.eq(group.region_id),
            working_groups::municipality_id.eq(group.municipality_id),
            working_groups::organization_id.eq(group.organization_id),
            working_groups::title.eq(&group.data.title),
            working_groups::act_id.eq(group.data.act_id),
            working_groups::regulation_act_id.eq(group.data.regulation_act_id),
            working_groups::created_at.eq(ctx.now),
            working_groups::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    fill(ctx, permit, group).await
}

pub(super) async fn update(ctx: &Ctx<'_>, permit: &Permit, group: &Group) -> Result<()> {
    diesel::update(working_groups::table.find(group.id))
        .set((
            working_groups::title.eq(&group.data.title),
            working_groups::act_id.eq(group.data.act_id),
            working_groups::regulation_act_id.eq(group.data.regulation_act_id),
            working_groups::version.eq(group.version),
            working_groups::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(working_group_members::table.filter(working_group_members::group_id.eq(group.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    fill(ctx, permit, group).await
}

pub(super) async fn dissolve(ctx: &Ctx<'_>, _permit: &Permit, group: &Group) -> Result<()> {
    diesel::update(working_groups::table.find(group.id))
        .set((
            working_groups::dissolved_on.eq(group.dissolved_on),
            working_groups::version.eq(group.version),
            working_groups::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Members, and the routes that name the group: each of these becomes a new version of itself.
async fn fill(ctx: &Ctx<'_>, _permit: &Permit, group: &Group) -> Result<()> {
    let members: Vec<_> = group
        .data
        .members
        .iter()
        .map(|member| {
            (
                working_group_members::group_id.eq(group.id),
                working_group_members::person_id.eq(member.person_id),
                working_group_members::role.eq(member.role.as_str()),
                working_group_members::function.eq(member.function.as_str()),
            )
        })
        .collect();
    diesel::insert_into(working_group_members::table).values(members).execute(&mut &*ctx.conn).await?;
    let ids = &group.data.route_ids;
    diesel::update(
        routes::table
            .filter(routes::working_group_id.assume_not_null().eq(group.id))
            .filter(routes::id.ne_all(ids)),
    )
    .set((
        routes::working_group_id.eq(None::<Uuid>),
        routes::version.eq(routes::version + 1),
        routes::updated_at.eq(ctx.now),
    ))
    .execute(&mut &*ctx.conn)
    .await?;
    diesel::update(
        routes::table
            .filter(routes::id.eq_any(ids))
            .filter(routes::working_group_id.is_distinct_from(group.id)),
    )
    .set((
        routes::working_group_id.eq(group.id),
        routes::version.eq(routes::version + 1),
        routes::updated_at.eq(ctx.now),
    ))
    .execute(&mut &*ctx.conn)
    .await?;
    Ok(())
}
