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
    #[diesel(sql_type = Nullable<SqlUuid>)]
    competency_id: Option<Uuid>,
}

impl FactRow {
    fn fact(&self, measure: Measure, numerator: i64) -> (NaiveDate, Fact) {
        let fact = Fact {
            unit_id: self.organization_id,
            municipality_id: self.municipality_id,
            measure,
            key: self.key.clone(),
            label: self.label.clone(),
            competency_id: self.competency_id,
            numbers: Numbers { numerator, denominator: self.denominator, people: self.people },
        };
        (self.day, fact)
    }
}

/// What was counted, and for measures of hours the schools where somebody works with their municipalities.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) facts: Vec<(NaiveDate, Fact)>,
    pub(super) schools: HashMap<Uuid, Option<Uuid>>,
}

/// What the units of a place of that region add to the wanted measures on those days: schools of one municipality, whole other
/// municipalities, and schools of none.
pub(super) async fn facts(
    conn: &Conn,
    (region_id, place): (Uuid, Place),
    municipality_id: Option<Uuid>,
    days: &[NaiveDate],
    wanted: &[Measure],
) -> Result<Found> {
    let sql = selects::statement(wanted).replace("{place}", place.column());
    let rows: Vec<FactRow> = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(place.id())
        .bind::<Array<Date>, _>(days)
        .bind::<SqlUuid, _>(region_id)
        .bind::<Nullable<SqlUuid>, _>(municipality_id)
        .load(&mut &*conn)
        .await?;
    let mut found = Found::default();
    for row in rows {
        match (row.measure.as_str(), Measure::parse(&row.measure)) {
            (_, Some(measure)) => found.facts.push(row.fact(measure, row.numerator)),
            ("deficits", _) => {
                let closed = row.denominator - row.numerator;
                let of_deficits = [(Measure::DeficitsOpen, row.numerator), (Measure::DeficitsClosed, closed)];
                let of_wanted = of_deficits.into_iter().filter(|(measure, _)| wanted.contains(measure));
                found.facts.extend(of_wanted.map(|(measure, numerator)| row.fact(measure, numerator)));
            }
            _ => {
                found.schools.insert(row.organization_id, row.municipality_id);
            }
        }
    }
    Ok(found)
}
