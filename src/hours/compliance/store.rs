//! Queries on the staff of an organization.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Worker;
use crate::db::Conn;
use crate::db::schema::{employments, persons};
use crate::error::{Error, Result};
use crate::values::EducationLevel;

type Row = (Uuid, String, String, Option<String>, Vec<Option<String>>);

/// Everybody who works there on the day, by name, with the levels of all their work there.
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
        ))
        .load(&mut &*conn)
        .await?;
    let mut staff: Vec<Worker> = Vec::new();
    for (id, last_name, first_name, middle_name, names) in rows {
        let levels = names
            .into_iter()
            .flatten()
            .map(|name| {
                EducationLevel::parse(&name).ok_or_else(|| Error::internal("unknown education level"))
            })
            .collect::<Result<BTreeSet<_>>>()?;
        match staff.last_mut().filter(|last| last.person_id == id) {
            Some(same) => same.levels.extend(levels),
            None => staff.push(Worker { person_id: id, last_name, first_name, middle_name, levels }),
        }
    }
    Ok(staff)
}
