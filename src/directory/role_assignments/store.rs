//! Queries on role assignments.

mod held;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub(super) use held::{
    held_on, holders_at, is_account_of, is_held_already, is_held_elsewhere, is_held_there,
};

use super::model::{Act, Filter, Holder, RoleAssignment};
use crate::authz::{Level, Permit, Role, Scope, ScopePart};
use crate::db::schema::{persons, role_assignments};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::values::PersonName;

type Condition =
    Box<dyn BoxableExpression<role_assignments::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

#[derive(Queryable, Selectable)]
#[diesel(table_name = role_assignments)]
struct RoleAssignmentRow {
    id: Uuid,
    region_id: Option<Uuid>,
    municipality_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    account_id: Option<Uuid>,
    person_id: Option<Uuid>,
    role: String,
    level: String,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    version: i64,
}

type NameRow = Option<(String, String, Option<String>)>;

fn assignment((row, name): (RoleAssignmentRow, NameRow)) -> Result<RoleAssignment> {
    let holder = match (row.person_id, row.account_id) {
        (Some(id), _) => Holder::Person(id),
        (None, Some(id)) => Holder::Account(id),
        (None, None) => return Err(Error::internal("a role without a holder")),
    };
    let name = name.map(|(last, first, middle)| PersonName::new(&last, &first, middle.as_deref()));
    Ok(RoleAssignment {
        id: row.id,
        region_id: row.region_id,
        municipality_id: row.municipality_id,
        organization_id: row.organization_id,
        holder,
        holder_name: name.transpose().map_err(Error::internal)?,
        role: parse_role(&row.role)?,
        level: parse_level(&row.level)?,
        act: row.act_number.zip(row.act_date).map(|(number, date)| Act { number, date }),
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        version: row.version,
    })
}

fn parse_role(name: &str) -> Result<Role> {
    Role::parse(name).ok_or_else(|| Error::internal("unknown role in the database"))
}

fn parse_level(name: &str) -> Result<Level> {
    Level::parse(name).ok_or_else(|| Error::internal("unknown level in the database"))
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<RoleAssignment> {
    let row = role_assignments::table
        .left_join(persons::table)
        .filter(role_assignments::id.eq(id))
        .select((
            RoleAssignmentRow::as_select(),
            (persons::last_name, persons::first_name, persons::middle_name).nullable(),
        ))
        .first(&mut &*conn)
        .await?;
    assignment(row)
}

/// Locks the row, then reads it with the holder's name: an outer join cannot be locked.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<RoleAssignment> {
    role_assignments::table
        .find(id)
        .select(role_assignments::id)
        .for_update()
        .first::<Uuid>(&mut &*conn)
        .await?;
    find(conn, id).await
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<RoleAssignment>> {
    let mut query = role_assignments::table
        .filter(within(scope))
        .select(RoleAssignmentRow::as_select())
        .order(role_assignments::id)
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(role_assignments::organization_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(role_assignments::person_id.assume_not_null().eq(id));
    }
    if let Some(role) = filter.role {
        query = query.filter(role_assignments::role.eq(role.as_str()));
    }
    if let Some(day) = filter.on {
        query = query.filter(role_assignments::valid_from.le(day)).filter(
            role_assignments::valid_until
                .is_null()
                .or(role_assignments::valid_until.assume_not_null().ge(day)),
        );
    }
    if let Some(id) = after {
        query = query.filter(role_assignments::id.gt(id));
    }
    let rows: Vec<RoleAssignmentRow> = query.load(&mut &*conn).await?;
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.person_id).collect();
    let names = persons::table
        .filter(persons::id.eq_any(people))
        .select((persons::id, (persons::last_name, persons::first_name, persons::middle_name)))
        .load::<(Uuid, (String, String, Option<String>))>(&mut &*conn)
        .await?;
    let names: HashMap<Uuid, _> = names.into_iter().collect();
    let name = |row: &RoleAssignmentRow| row.person_id.and_then(|id| names.get(&id).cloned());
    rows.into_iter()
        .map(|row| {
            let name = name(&row);
            assignment((row, name))
        })
        .collect()
}

fn within(scope: &Scope) -> Condition {
    let circles = scope.parts().iter().map(|part| -> Condition {
        match part {
            ScopePart::Everything => Box::new(role_assignments::id.is_not_null()),
            ScopePart::Region(id) => Box::new(role_assignments::region_id.assume_not_null().eq(*id)),
            ScopePart::Municipality(id) => {
                Box::new(role_assignments::municipality_id.assume_not_null().eq(*id))
            }
            ScopePart::Organization(id) => {
                Box::new(role_assignments::organization_id.assume_not_null().eq(*id))
            }
            ScopePart::Person(id) => Box::new(role_assignments::person_id.assume_not_null().eq(*id)),
            // The policy of role assignments has no such reach.
            ScopePart::Assigned(_) | ScopePart::Above { .. } => Box::new(role_assignments::id.is_null()),
        }
    });
    let union = circles.reduce(|one, other| -> Condition { Box::new(one.or(other)) });
    union.unwrap_or_else(|| -> Condition { Box::new(role_assignments::id.is_null()) })
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, new: &RoleAssignment) -> Result<()> {
    let (person_id, account_id) = match new.holder {
        Holder::Person(id) => (Some(id), None),
        Holder::Account(id) => (None, Some(id)),
    };
    diesel::insert_into(role_assignments::table)
        .values((
            role_assignments::id.eq(new.id),
            role_assignments::region_id.eq(new.region_id),
            role_assignments::municipality_id.eq(new.municipality_id),
            role_assignments::organization_id.eq(new.organization_id),
            role_assignments::account_id.eq(account_id),
            role_assignments::person_id.eq(person_id),
            role_assignments::role.eq(new.role.as_str()),
            role_assignments::level.eq(new.level.as_str()),
            role_assignments::act_number.eq(new.act.as_ref().map(|act| &act.number)),
            role_assignments::act_date.eq(new.act.as_ref().map(|act| act.date)),
            role_assignments::valid_from.eq(new.valid_from),
            role_assignments::valid_until.eq(new.valid_until),
            role_assignments::created_at.eq(ctx.now),
            role_assignments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn end(ctx: &Ctx<'_>, _permit: &Permit, ended: &RoleAssignment) -> Result<()> {
    diesel::update(role_assignments::table.find(ended.id))
        .set((
            role_assignments::valid_until.eq(ended.valid_until),
            role_assignments::version.eq(ended.version),
            role_assignments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Ends what a person holds at an organization beyond the last day there; what would have begun later never begins.
pub(super) async fn end_with_employment(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<()> {
    let hangs_on = || -> Condition {
        Box::new(
            role_assignments::person_id
                .assume_not_null()
                .eq(person_id)
                .and(role_assignments::organization_id.assume_not_null().eq(organization_id))
                .and(role_assignments::role.ne_all(super::model::free_of_employment())),
        )
    };
    diesel::delete(role_assignments::table.filter(hangs_on()).filter(role_assignments::valid_from.gt(day)))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::update(role_assignments::table.filter(hangs_on()).filter(
        role_assignments::valid_until.is_null().or(role_assignments::valid_until.assume_not_null().gt(day)),
    ))
    .set((
        role_assignments::valid_until.eq(day),
        role_assignments::version.eq(role_assignments::version + 1),
        role_assignments::updated_at.eq(ctx.now),
    ))
    .execute(&mut &*ctx.conn)
    .await?;
    Ok(())
}
