//! The days of the regulations of a region.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{organizations, regulations};
use crate::error::{Error, Result};
use crate::regulations::profile::RegulationLevel;
use crate::regulations::terms::Term;

type Row = (Uuid, String, Uuid, Option<Uuid>, NaiveDate, Option<NaiveDate>);

/// The published regulations of a region that are in force on some day from the first to the last.
pub(in crate::regulations) async fn terms(
    conn: &Conn,
    region_id: Uuid,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Term>> {
    let rows: Vec<Row> = regulations::table
        .inner_join(organizations::table.on(organizations::id.eq(regulations::owner_id)))
        .filter(regulations::region_id.eq(region_id))
        .filter(regulations::state.eq("published"))
        .filter(regulations::effective_from.assume_not_null().le(last))
        .filter(
            regulations::effective_until
                .is_null()
                .or(regulations::effective_until.assume_not_null().ge(first)),
        )
        .select((
            regulations::id,
            regulations::level,
            regulations::owner_id,
            organizations::municipality_id,
            regulations::effective_from.assume_not_null(),
            regulations::effective_until,
        ))
        .load(&mut &*conn)
        .await?;
    let term = |(id, level, owner_id, municipality_id, from, until): Row| {
        let level = RegulationLevel::parse(&level)
            .ok_or_else(|| Error::internal("unknown level of a regulation in the database"))?;
        Ok(Term { id, level, owner_id, municipality_id, from, until })
    };
    rows.into_iter().map(term).collect()
}
