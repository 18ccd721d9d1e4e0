//! The figures that directions were made from.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{competencies, direction_figures, priority_directions};
use crate::db::{Conn, Ctx};
use crate::diagnostics::deficits::model::DeficitCounts;
use crate::error::Result;
use crate::registry::directions::model::{DirectionData, DirectionFigures};

type Row = (Uuid, Uuid, String, String, NaiveDate, i64, i64, i64, i64, i64);

fn model(row: Row) -> (Uuid, DirectionFigures) {
    let (direction_id, competency_id, code, title, as_of, people, open, addressed, closed, active_programs) =
        row;
    let deficits = DeficitCounts { open, addressed, closed };
    (direction_id, DirectionFigures { competency_id, code, title, as_of, people, deficits, active_programs })
}

/// The figures of these directions, by direction, those with most deficits first.
pub(super) async fn figures_of(
    conn: &Conn,
    directions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<DirectionFigures>>> {
    let mut found: HashMap<Uuid, Vec<DirectionFigures>> = HashMap::new();
    let rows: Vec<Row> = direction_figures::table
        .inner_join(competencies::table)
        .filter(direction_figures::direction_id.eq_any(directions))
        .order((
            direction_figures::direction_id,
            (direction_figures::open + direction_figures::addressed).desc(),
            competencies::code,
        ))
        .select((
            direction_figures::direction_id,
            direction_figures::competency_id,
            competencies::code,
            competencies::title,
            direction_figures::as_of,
            direction_figures::people,
            direction_figures::open,
            direction_figures::addressed,
            direction_figures::closed,
            direction_figures::active_programs,
        ))
        .load(&mut &*conn)
        .await?;
    for (direction_id, figures) in rows.into_iter().map(model) {
        found.entry(direction_id).or_default().push(figures);
    }
    Ok(found)
}

/// Every figure of a list.
pub(in super::super) async fn figures_of_list(conn: &Conn, list_id: Uuid) -> Result<Vec<DirectionFigures>> {
    let directions: Vec<Uuid> = priority_directions::table
        .filter(priority_directions::list_id.eq(list_id))
        .select(priority_directions::id)
        .load(&mut &*conn)
        .await?;
    Ok(figures_of(conn, &directions).await?.into_values().flatten().collect())
}

/// Writes the figures of the competencies that the directions name.
pub(super) async fn insert_figures(
    ctx: &Ctx<'_>,
    directions: &[(Uuid, &DirectionData)],
    figures: &[DirectionFigures],
) -> Result<()> {
    let known: HashMap<Uuid, &DirectionFigures> =
        figures.iter().map(|figures| (figures.competency_id, figures)).collect();
    let rows: Vec<_> = directions
        .iter()
        .flat_map(|(id, direction)| direction.competency_ids.iter().map(move |competency| (*id, competency)))
        .filter_map(|(id, competency)| known.get(competency).map(|figures| (id, *figures)))
        .map(|(id, figures)| {
            (
                direction_figures::direction_id.eq(id),
                direction_figures::competency_id.eq(figures.competency_id),
                direction_figures::as_of.eq(figures.as_of),
                direction_figures::people.eq(figures.people),
                direction_figures::open.eq(figures.deficits.open),
                direction_figures::addressed.eq(figures.deficits.addressed),
                direction_figures::closed.eq(figures.deficits.closed),
                direction_figures::active_programs.eq(figures.active_programs),
            )
        })
        .collect();
    diesel::insert_into(direction_figures::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
