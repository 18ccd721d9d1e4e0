//! Who works at the school of a plan, and what they lack.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{competencies, deficits, persons};
use crate::db::{Conn, Place, people_at, written};
use crate::error::{Error, Result};
use crate::planning::plans::model::{Plan, UncoveredDeficit};
use crate::values::PersonName;

/// Those who work at a school on that day, each once by the card that is kept.
pub(in crate::planning::plans) async fn employees(
    conn: &Conn,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<(Uuid, PersonName)>> {
    type Row = (Uuid, String, String, Option<String>);
    let rows: Vec<Row> = persons::table
        .filter(
            written::<Bool>(
                "persons.id = any(array(select p.kept_id from employments e join persons p on p.id = e.person_id \
                 where e.organization_id = ",
            )
            .bind::<SqlUuid, _>(organization_id)
            .sql(" and e.started_on <= ")
            .bind::<Date, _>(day)
            .sql(" and (e.ended_on is null or e.ended_on >= ")
            .bind::<Date, _>(day)
            .sql(")))"),
        )
        .order((persons::last_name, persons::first_name, persons::id))
        .select((persons::id, persons::last_name, persons::first_name, persons::middle_name))
        .load(&mut &*conn)
        .await?;
    let named = |(id, last, first, middle): Row| {
        let name = PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?;
        Ok((id, name))
    };
    rows.into_iter().map(named).collect()
}

/// One page of the deficits of those who work at the school of a plan on that day that are not closed and that no line
/// of it answers, the gravest first.
pub(in crate::planning::plans) async fn uncovered(
    conn: &Conn,
    plan: &Plan,
    day: NaiveDate,
    fetch: i64,
    after: Option<(i16, Uuid)>,
) -> Result<Vec<UncoveredDeficit>> {
    let mut query = deficits::table
        .inner_join(competencies::table)
        .filter(deficits::state.ne("closed"))
        .filter(
            written::<Bool>(
                "not exists (select from plan_line_deficits d join plan_lines l on l.id = d.line_id \
                 where d.deficit_id = deficits.id and l.plan_id = ",
            )
            .bind::<SqlUuid, _>(plan.id)
            .sql(")"),
        )
        .order((deficits::severity.desc(), deficits::id))
        .select((
            deficits::id,
            deficits::person_id,
            deficits::competency_id,
            competencies::title,
            deficits::level,
            deficits::severity,
            deficits::opened_on,
        ))
        .limit(fetch)
        .into_boxed()
        .filter(people_at(deficits::person_id, Place::Organization(plan.organization_id), day));
    if let Some((severity, id)) = after {
        let same = deficits::severity.eq(severity).and(deficits::id.gt(id));
        query = query.filter(deficits::severity.lt(severity).or(same));
    }
    type Row = (Uuid, Uuid, Uuid, String, String, i16, NaiveDate);
    let rows: Vec<Row> = query.load(&mut &*conn).await?;
    let found =
        |(deficit_id, person_id, competency_id, competency_title, level, severity, opened_on): Row| {
            UncoveredDeficit {
                deficit_id,
                person_id,
                competency_id,
                competency_title,
                level,
                severity,
                opened_on,
            }
        };
    Ok(rows.into_iter().map(found).collect())
}
