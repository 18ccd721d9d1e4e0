//! Who holds which role at a time, and whether a new one may stand beside it.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{Condition, parse_level, parse_role};
use crate::authz::Role;
use crate::db::schema::{accounts, employments, regions, role_assignments};
use crate::db::{Conn, whole_person};
use crate::directory::role_assignments::model::{Grant, Holder, RoleAssignment};
use crate::error::Result;

/// What is held on a day, and where the person works on it. Two statements that travel together.
pub(in crate::directory::role_assignments) async fn held_on(
    conn: &Conn,
    account_id: Uuid,
    person_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<(Vec<Grant>, Vec<Uuid>)> {
    let (mut first, mut second) = (conn, conn);
    let holder: Condition = match person_id {
        Some(person) => Box::new(
            role_assignments::account_id
                .assume_not_null()
                .eq(account_id)
                .or(whole_person("role_assignments.person_id", person)),
        ),
        None => Box::new(role_assignments::account_id.assume_not_null().eq(account_id)),
    };
    let (assigned, workplaces) = tokio::try_join!(
        role_assignments::table
            .filter(holder)
            .filter(role_assignments::valid_from.le(day))
            .filter(
                role_assignments::valid_until
                    .is_null()
                    .or(role_assignments::valid_until.assume_not_null().ge(day))
            )
            .select((role_assignments::role, role_assignments::level, role_assignments::organization_id))
            .order((role_assignments::valid_from, role_assignments::id))
            .load::<(String, String, Option<Uuid>)>(&mut first),
        employments::table
            .filter(whole_person("employments.person_id", person_id.unwrap_or_default()))
            .filter(employments::started_on.le(day))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
            .select(employments::organization_id)
            .order((employments::started_on, employments::id))
            .load::<Uuid>(&mut second),
    )?;
    let assigned = assigned
        .into_iter()
        .map(|(role, level, organization)| Ok((parse_role(&role)?, parse_level(&level)?, organization)))
        .collect::<Result<_>>()?;
    Ok((assigned, workplaces))
}

fn held_by(holder: Holder) -> Condition {
    match holder {
        Holder::Person(id) => Box::new(role_assignments::person_id.assume_not_null().eq(id)),
        Holder::Account(id) => Box::new(role_assignments::account_id.assume_not_null().eq(id)),
    }
}

/// Whether the holder has the same role at the same place at the same time.
pub(in crate::directory::role_assignments) async fn is_held_already(
    conn: &Conn,
    new: &RoleAssignment,
) -> Result<bool> {
    let mut same = role_assignments::table
        .filter(held_by(new.holder))
        .filter(role_assignments::role.eq(new.role.as_str()))
        .filter(role_assignments::organization_id.is_not_distinct_from(new.organization_id))
        .filter(
            role_assignments::valid_until
                .is_null()
                .or(role_assignments::valid_until.assume_not_null().ge(new.valid_from)),
        )
        .into_boxed();
    if let Some(until) = new.valid_until {
        same = same.filter(role_assignments::valid_from.le(until));
    }
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(&mut &*conn).await?)
}

/// The people who hold the role at the organization on that day.
pub(in crate::directory::role_assignments) async fn holders_at(
    conn: &Conn,
    organization_id: Uuid,
    role: Role,
    day: NaiveDate,
) -> Result<Vec<Uuid>> {
    let found = role_assignments::table
        .filter(role_assignments::organization_id.assume_not_null().eq(organization_id))
        .filter(role_assignments::role.eq(role.as_str()))
        .filter(role_assignments::person_id.is_not_null())
        .filter(role_assignments::valid_from.le(day))
        .filter(
            role_assignments::valid_until
                .is_null()
                .or(role_assignments::valid_until.assume_not_null().ge(day)),
        )
        .select(role_assignments::person_id.assume_not_null())
        .order((role_assignments::valid_from, role_assignments::id))
        .load(&mut &*conn)
        .await?;
    Ok(found)
}

/// Whether somebody else holds the role at the same organization at that time.
pub(in crate::directory::role_assignments) async fn is_held_there(
    conn: &Conn,
    new: &RoleAssignment,
) -> Result<bool> {
    let mut others = role_assignments::table
        .filter(role_assignments::organization_id.is_not_distinct_from(new.organization_id))
        .filter(role_assignments::role.eq(new.role.as_str()))
        .filter(
            role_assignments::valid_until
                .is_null()
                .or(role_assignments::valid_until.assume_not_null().ge(new.valid_from)),
        )
        .into_boxed();
    if let Some(until) = new.valid_until {
        others = others.filter(role_assignments::valid_from.le(until));
    }
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(&mut &*conn).await?)
}

/// Whether another organization of the region has the role at that time. The region's row is locked, so that two who
/// give it at once do not both find it free.
pub(in crate::directory::role_assignments) async fn is_held_elsewhere(
    conn: &Conn,
    new: &RoleAssignment,
) -> Result<bool> {
    regions::table
        .filter(regions::id.nullable().eq(new.region_id))
        .select(regions::id)
        .for_update()
        .load::<Uuid>(&mut &*conn)
        .await?;
    let mut others = role_assignments::table
        .filter(role_assignments::region_id.eq(new.region_id))
        .filter(role_assignments::role.eq(new.role.as_str()))
        .filter(role_assignments::organization_id.is_distinct_from(new.organization_id))
        .filter(
            role_assignments::valid_until
                .is_null()
                .or(role_assignments::valid_until.assume_not_null().ge(new.valid_from)),
        )
        .into_boxed();
    if let Some(until) = new.valid_until {
        others = others.filter(role_assignments::valid_from.le(until));
    }
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(&mut &*conn).await?)
}

/// Whether there is such an account without a person in that region, or on the platform.
pub(in crate::directory::role_assignments) async fn is_account_of(
    conn: &Conn,
    id: Uuid,
    region_id: Option<Uuid>,
) -> Result<bool> {
    let found = accounts::table
        .filter(accounts::id.eq(id))
        .filter(accounts::person_id.is_null())
        .filter(accounts::region_id.is_not_distinct_from(region_id));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(&mut &*conn).await?)
}
