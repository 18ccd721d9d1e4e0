//! Queries on versions of routes.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Compared, NewVersion, RouteVersion, VersionCause};
use crate::db::schema::route_versions::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::stored;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_versions)]
struct VersionRow {
    id: Uuid,
    route_id: Uuid,
    number: i32,
    cause: String,
    round: Option<i32>,
    revision_id: Option<Uuid>,
    note: Option<String>,
    taken_on: NaiveDate,
    taken_by: Option<Uuid>,
}

impl TryFrom<VersionRow> for RouteVersion {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self> {
        let cause = VersionCause::parse(&row.cause).ok_or_else(|| Error::internal("unknown cause"))?;
        Ok(Self {
            id: row.id,
            route_id: row.route_id,
            number: row.number,
            cause,
            round: row.round,
            revision_id: row.revision_id,
            note: row.note,
            taken_on: row.taken_on,
            taken_by: row.taken_by,
        })
    }
}

/// The versions of a route, newest first.
pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    fetch: i64,
    after: Option<i32>,
) -> Result<Vec<RouteVersion>> {
    let mut query = table
        .filter(route_versions::route_id.eq(route_id))
        .order(route_versions::number.desc())
        .select(VersionRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(number) = after {
        query = query.filter(route_versions::number.lt(number));
    }
    let rows: Vec<VersionRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(RouteVersion::try_from).collect()
}

/// One version with what the route said; 404 when there is none.
pub(super) async fn find(conn: &Conn, route_id: Uuid, number: i32) -> Result<(RouteVersion, RouteContent)> {
    let (row, content): (VersionRow, Value) = table
        .filter(route_versions::route_id.eq(route_id))
        .filter(route_versions::number.eq(number))
        .select((VersionRow::as_select(), route_versions::content))
        .first(&mut &*conn)
        .await?;
    Ok((row.try_into()?, stored::load(content)?))
}

/// The two versions to compare with what the route said, the earlier first; none where one of them is missing.
pub(super) async fn pair(
    conn: &Conn,
    route_id: Uuid,
    compared: Compared,
) -> Result<Option<[(RouteVersion, RouteContent); 2]>> {
    let base = || table.filter(route_versions::route_id.eq(route_id)).into_boxed();
    let (query, wanted) = match compared {
        Compared::Numbers(from, to) => (base().filter(route_versions::number.eq_any([from, to])), [from, to]),
        Compared::Rounds { from, to, revision_id } => {
            let cause = match revision_id {
                Some(_) => VersionCause::RevisionSubmission,
                None => VersionCause::Submission,
            };
            let query = base()
                .filter(route_versions::round.assume_not_null().eq_any([from, to]))
                .filter(route_versions::cause.eq(cause.as_str()))
                .filter(route_versions::revision_id.is_not_distinct_from(revision_id));
            (query, [from, to])
        }
    };
    let rows: Vec<(VersionRow, Value)> = query
        .order(route_versions::number)
        .select((VersionRow::as_select(), route_versions::content))
        .load(&mut &*conn)
        .await?;
    let mut found = Vec::new();
    for (row, content) in rows {
        found.push((RouteVersion::try_from(row)?, stored::load(content)?));
    }
    let one = |wanted: i32| {
        // A route that was taken back and handed in anew has a first round twice: the newest is meant.
        let is_meant = |version: &RouteVersion| match compared {
            Compared::Numbers(..) => version.number == wanted,
            Compared::Rounds { .. } => version.round == Some(wanted),
        };
        found.iter().rev().find(|(version, _)| is_meant(version)).cloned()
    };
    let [from, to] = wanted.map(one);
    Ok(from.zip(to).map(|(from, to)| [from, to]))
}

/// Keeps a version under the next number. The caller holds the route.
pub(super) async fn insert(ctx: &Ctx<'_>, new: &NewVersion) -> Result<()> {
    let newest: Option<i32> = table
        .filter(route_versions::route_id.eq(new.route_id))
        .order(route_versions::number.desc())
        .select(route_versions::number)
        .first(&mut &*ctx.conn)
        .await
        .optional()?;
    diesel::insert_into(table)
        .values((
            route_versions::id.eq(new_id()),
            route_versions::route_id.eq(new.route_id),
            route_versions::number.eq(newest.unwrap_or(0) + 1),
            route_versions::cause.eq(new.cause.as_str()),
            route_versions::round.eq(new.round.map(i32::from)),
            route_versions::revision_id.eq(new.revision_id),
            route_versions::content.eq(stored::store(&new.content)?),
            route_versions::note.eq(&new.note),
            route_versions::taken_on.eq(new.taken_on),
            route_versions::taken_by.eq(ctx.actor.person_id),
            route_versions::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Whether one of the versions that say what the route is was taken on that day or later.
pub(super) async fn taken_since(conn: &Conn, route_id: Uuid, day: NaiveDate) -> Result<bool> {
    let found: Option<Uuid> = table
        .filter(route_versions::route_id.eq(route_id))
        .filter(route_versions::cause.ne(VersionCause::RevisionSubmission.as_str()))
        .filter(route_versions::taken_on.ge(day))
        .select(route_versions::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found.is_some())
}

/// The number of the version that says that the route was looked through on that day or later (P3-41).
pub(super) async fn looked_through_since(conn: &Conn, route_id: Uuid, day: NaiveDate) -> Result<Option<i32>> {
    Ok(table
        .filter(route_versions::route_id.eq(route_id))
        .filter(route_versions::cause.eq(VersionCause::PeriodicUpdate.as_str()))
        .filter(route_versions::taken_on.ge(day))
        .select(route_versions::number)
        .first(&mut &*conn)
        .await
        .optional()?)
}

/// The number of the newest version that says what the route is.
pub(super) async fn current_number(conn: &Conn, route_id: Uuid) -> Result<Option<i32>> {
    Ok(table
        .filter(route_versions::route_id.eq(route_id))
        .filter(route_versions::cause.ne(VersionCause::RevisionSubmission.as_str()))
        .order(route_versions::number.desc())
        .select(route_versions::number)
        .first(&mut &*conn)
        .await
        .optional()?)
}
