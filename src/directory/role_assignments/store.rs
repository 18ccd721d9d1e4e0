//! Queries on role assignments.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Grant;
use crate::authz::{Level, Role};
use crate::db::Conn;
use crate::db::schema::{employments, role_assignments};
use crate::error::{Error, Result};

/// What is held on a day, and where the person works on it. Two statements that travel together.
pub(super) async fn held_on(
    conn: &Conn,
    account_id: Uuid,
    person_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<(Vec<Grant>, Vec<Uuid>)> {
    let (mut first, mut second) = (conn, conn);
    let holder: Box<dyn BoxableExpression<role_assignments::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>> =
        match person_id {
            Some(person) => Box::new(
                role_assignments::account_id
                    .assume_not_null()
                    .eq(account_id)
                    .or(role_assignments::person_id.assume_not_null().eq(person)),
            ),
            None => Box::new(role_assignments::account_id.assume_not_null().eq(account_id)),
        };
    let (assigned, workplaces) = tokio::try_join!(
        role_assignments::table
            .filter(holder)
            .filter(role_assignments::valid_from.le(day))
            .filter(role_assignments::valid_until.is_null().or(role_assignments::valid_until.assume_not_null().ge(day)))
            .select((role_assignments::role, role_assignments::level, role_assignments::organization_id))
            .order((role_assignments::valid_from, role_assignments::id))
            .load::<(String, String, Option<Uuid>)>(&mut first),
        employments::table
            .filter(employments::person_id.eq(person_id.unwrap_or_default()))
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

fn parse_role(name: &str) -> Result<Role> {
    Role::parse(name).ok_or_else(|| Error::internal("unknown role in the database"))
}

fn parse_level(name: &str) -> Result<Level> {
    Level::parse(name).ok_or_else(|| Error::internal("unknown level in the database"))
}
