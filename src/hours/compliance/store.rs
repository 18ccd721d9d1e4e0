//! Queries on the staff of an organization.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Worker;
use crate::db::Conn;
use crate::db::schema::{employments, ledger_entries, persons};
use crate::error::{Error, Result};
use crate::values::EducationLevel;

/// The person, the levels of a job, and how many lines the ledger has.
type Row = (Uuid, String, String, Option<String>, Vec<Option<String>>, Option<i64>);

/// Everybody who works there on the day, by name, with the levels of all their work there. The sizes of their ledgers come
/// from the index alone.
pub(super) async fn staff(conn: &Conn, organization_id: Uuid, day: NaiveDate) -> Result<Vec<Worker>> {
    let rows: Vec<Row> = employments::table
        .inner_join(persons::table)
        .filter(employments::organization_id.eq(organization_id))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .order((persons::last_name, persons::first_name, persons::id))
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::middle_name,
            employments::education_levels,
            ledger_entries::table
                .filter(ledger_entries::person_id.eq(persons::id))
                .select(count_star())
                .single_value(),
        ))
        .load(&mut &*conn)
        .await?;
    let mut staff: Vec<Worker> = Vec::new();
    for (id, last_name, first_name, middle_name, names, lines) in rows {
        let levels = names
            .into_iter()
            .flatten()
            .map(|name| {
                EducationLevel::parse(&name).ok_or_else(|| Error::internal("unknown education level"))
            })
            .collect::<Result<BTreeSet<_>>>()?;
        match staff.last_mut().filter(|last| last.person_id == id) {
            Some(same) => same.levels.extend(levels),
            None => {
                let lines = usize::try_from(lines.unwrap_or_default()).map_err(Error::internal)?;
                staff.push(Worker { person_id: id, last_name, first_name, middle_name, levels, lines });
            }
        }
    }
    Ok(staff)
}
