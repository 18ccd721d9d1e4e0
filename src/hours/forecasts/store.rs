//! Queries on the people of a forecast, a portion at a time.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Circle, Job};
use crate::db::Conn;
use crate::db::schema::{employments, persons};
use crate::error::{Error, Result};
use crate::values::EducationLevel;

/// The next people of a circle by their kept card. Of a school and a municipality those who work there on some of the days,
/// from the index of the place; of a region simply its people, from their key.
pub(super) async fn people(
    conn: &Conn,
    circle: Circle,
    (first, last): (NaiveDate, NaiveDate),
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<Uuid>> {
    // No person has the nil id.
    let after = after.unwrap_or_default();
    if let Circle::Region(region_id) = circle {
        return Ok(persons::table
            .filter(persons::region_id.eq(region_id))
            .filter(persons::id.eq(persons::kept_id))
            .filter(persons::id.gt(after))
            .order(persons::id)
            .limit(most)
            .select(persons::id)
            .load(&mut &*conn)
            .await?);
    }
    let query = employments::table
        .inner_join(persons::table)
        .filter(persons::kept_id.gt(after))
        .filter(employments::started_on.le(last))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(first)))
        .select(persons::kept_id)
        .distinct()
        .order(persons::kept_id)
        .limit(most)
        .into_boxed();
    let query = match circle {
        Circle::Organization(id) => query.filter(employments::organization_id.eq(id)),
        Circle::Municipality(id) => query.filter(employments::municipality_id.assume_not_null().eq(id)),
        Circle::Region(id) => query.filter(employments::region_id.eq(id)),
    };
    Ok(query.load(&mut &*conn).await?)
}

type Row = (Uuid, Uuid, Option<Uuid>, String, Vec<Option<String>>, NaiveDate, Option<NaiveDate>);

/// All work of these people on some of the days, whichever of their cards it is recorded to, the newest first.
pub(super) async fn jobs(
    conn: &Conn,
    people: &[Uuid],
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Job>> {
    let rows: Vec<Row> = employments::table
        .inner_join(persons::table)
        .filter(persons::kept_id.eq_any(people))
        .filter(employments::started_on.le(last))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(first)))
        .order((employments::started_on.desc(), employments::id.desc()))
        .select((
            persons::kept_id,
            employments::organization_id,
            employments::municipality_id,
            employments::kind,
            employments::education_levels,
            employments::started_on,
            employments::ended_on,
        ))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(job).collect()
}

fn job(row: Row) -> Result<Job> {
    let (person_id, organization_id, municipality_id, kind, names, started_on, ended_on) = row;
    let level = |name: String| {
        EducationLevel::parse(&name).ok_or_else(|| Error::internal("unknown education level in the database"))
    };
    Ok(Job {
        person_id,
        organization_id,
        municipality_id,
        is_staff: kind == "staff",
        levels: names.into_iter().flatten().map(level).collect::<Result<_>>()?,
        started_on,
        ended_on,
    })
}
