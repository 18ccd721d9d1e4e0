//! The query of measures: one statement counts all that is wanted by school and day.

mod selects;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Fact, Measure, Numbers};
use crate::db::Conn;
use crate::error::Result;
use crate::monitoring::place::Place;

#[derive(QueryableByName)]
struct FactRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    measure: String,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Nullable<Text>)]
    label: Option<String>,
    #[diesel(sql_type = BigInt)]
    numerator: i64,
    #[diesel(sql_type = BigInt)]
    denominator: i64,
    #[diesel(sql_type = BigInt)]
    people: i64,
}

/// What was counted, and the schools where somebody works with their municipalities.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) facts: Vec<(NaiveDate, Fact)>,
    pub(super) schools: HashMap<Uuid, Option<Uuid>>,
}

/// What the schools of a place of that region add to the wanted measures on those days.
pub(super) async fn facts(
    conn: &Conn,
    (region_id, place): (Uuid, Place),
    days: &[NaiveDate],
    wanted: &[Measure],
) -> Result<Found> {
    let sql = selects::statement(wanted).replace("{place}", place.column());
    let rows: Vec<FactRow> = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(place.id())
        .bind::<Array<Date>, _>(days)
        .bind::<SqlUuid, _>(region_id)
        .load(&mut &*conn)
        .await?;
    let mut found = Found::default();
    for row in rows {
        let Some(measure) = Measure::parse(&row.measure) else {
            found.schools.insert(row.organization_id, row.municipality_id);
            continue;
        };
        let numbers = Numbers { numerator: row.numerator, denominator: row.denominator, people: row.people };
        let fact = Fact {
            organization_id: row.organization_id,
            municipality_id: row.municipality_id,
            measure,
            key: row.key,
            label: row.label,
            numbers,
        };
        found.facts.push((row.day, fact));
    }
    Ok(found)
}
