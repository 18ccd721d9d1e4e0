//! Stages of a route.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::route_stages;
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::learning_routes::model::Stage;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = route_stages, treat_none_as_default_value = false)]
struct StageRow {
    id: Uuid,
    route_id: Uuid,
    position: i32,
    title: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    expected_result: Option<String>,
    report_form: Option<String>,
}

pub(super) async fn stages(conn: &Conn, route_id: Uuid) -> Result<Vec<Stage>> {
    let rows: Vec<StageRow> = route_stages::table
        .filter(route_stages::route_id.eq(route_id))
        .order(route_stages::position)
        .select(StageRow::as_select())
        .load(&mut &*conn)
        .await?;
    let stage = |row: StageRow| Stage {
        id: row.id,
        title: row.title,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        expected_result: row.expected_result,
        report_form: row.report_form,
    };
    Ok(rows.into_iter().map(stage).collect())
}

/// Makes these the stages of the route; activities of a stage that is gone stay without one.
pub(in super::super) async fn replace_stages(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    stages: &[Stage],
) -> Result<()> {
    write_stages(ctx, route_id, stages).await
}

pub(super) async fn write_stages(ctx: &Ctx<'_>, route_id: Uuid, stages: &[Stage]) -> Result<()> {
    let kept: Vec<Uuid> = stages.iter().map(|stage| stage.id).collect();
    let gone =
        route_stages::table.filter(route_stages::route_id.eq(route_id).and(route_stages::id.ne_all(kept)));
    diesel::delete(gone).execute(&mut &*ctx.conn).await?;
    let rows: Vec<StageRow> = (1_i32..)
        .zip(stages)
        .map(|(position, stage)| StageRow {
            id: stage.id,
            route_id,
            position,
            title: stage.title.clone(),
            starts_on: stage.starts_on,
            ends_on: stage.ends_on,
            expected_result: stage.expected_result.clone(),
            report_form: stage.report_form.clone(),
        })
        .collect();
    diesel::insert_into(route_stages::table)
        .values(rows)
        .on_conflict(route_stages::id)
        .do_update()
        .set((
            route_stages::position.eq(excluded(route_stages::position)),
            route_stages::title.eq(excluded(route_stages::title)),
            route_stages::starts_on.eq(excluded(route_stages::starts_on)),
            route_stages::ends_on.eq(excluded(route_stages::ends_on)),
            route_stages::expected_result.eq(excluded(route_stages::expected_result)),
            route_stages::report_form.eq(excluded(route_stages::report_form)),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
