//! The thematic study plan and the budget of a route.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::unknown;
use crate::db::schema::{route_budget_lines, route_study_plan_rows};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::learning_routes::model::{BudgetLine, StudyPlanRow};
use crate::regulations::profile::FundingSource;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = route_study_plan_rows, treat_none_as_default_value = false)]
struct TopicRow {
    id: Uuid,
    route_id: Uuid,
    position: i32,
    activity_id: Option<Uuid>,
    topic: String,
    hours: DbHours,
    on_date: NaiveDate,
    form: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = route_budget_lines, treat_none_as_default_value = false)]
struct LineRow {
    id: Uuid,
    route_id: Uuid,
    position: i32,
    stage_id: Option<Uuid>,
    source: String,
    amount_kopecks: i64,
    note: Option<String>,
}

impl TryFrom<LineRow> for BudgetLine {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            stage_id: row.stage_id,
            source: FundingSource::parse(&row.source).ok_or_else(|| unknown("funding source"))?,
            amount_kopecks: row.amount_kopecks,
            note: row.note,
        })
    }
}

pub(super) async fn study_plan(conn: &Conn, route_id: Uuid) -> Result<Vec<StudyPlanRow>> {
    let rows: Vec<TopicRow> = route_study_plan_rows::table
        .filter(route_study_plan_rows::route_id.eq(route_id))
        .order(route_study_plan_rows::position)
        .select(TopicRow::as_select())
        .load(&mut &*conn)
        .await?;
    let row = |row: TopicRow| StudyPlanRow {
        id: row.id,
        activity_id: row.activity_id,
        topic: row.topic,
        hours: row.hours.into(),
        on_date: row.on_date,
        form: row.form,
    };
    Ok(rows.into_iter().map(row).collect())
}

pub(super) async fn budget(conn: &Conn, route_id: Uuid) -> Result<Vec<BudgetLine>> {
    let rows: Vec<LineRow> = route_budget_lines::table
        .filter(route_budget_lines::route_id.eq(route_id))
        .order(route_budget_lines::position)
        .select(LineRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(BudgetLine::try_from).collect()
}

/// Makes these the rows of the study plan.
pub(super) async fn replace_study_plan(ctx: &Ctx<'_>, route_id: Uuid, plan: &[StudyPlanRow]) -> Result<()> {
    let all = route_study_plan_rows::table.filter(route_study_plan_rows::route_id.eq(route_id));
    diesel::delete(all).execute(&mut &*ctx.conn).await?;
    let rows: Vec<TopicRow> = (1_i32..)
        .zip(plan)
        .map(|(position, row)| TopicRow {
            id: row.id,
            route_id,
            position,
            activity_id: row.activity_id,
            topic: row.topic.clone(),
            hours: row.hours.into(),
            on_date: row.on_date,
            form: row.form.clone(),
        })
        .collect();
    diesel::insert_into(route_study_plan_rows::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Makes these the lines of the budget.
pub(super) async fn replace_budget(ctx: &Ctx<'_>, route_id: Uuid, budget: &[BudgetLine]) -> Result<()> {
    let all = route_budget_lines::table.filter(route_budget_lines::route_id.eq(route_id));
    diesel::delete(all).execute(&mut &*ctx.conn).await?;
    let rows: Vec<LineRow> = (1_i32..)
        .zip(budget)
        .map(|(position, line)| LineRow {
            id: line.id,
            route_id,
            position,
            stage_id: line.stage_id,
            source: line.source.as_str().to_owned(),
            amount_kopecks: line.amount_kopecks,
            note: line.note.clone(),
        })
        .collect();
    diesel::insert_into(route_budget_lines::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}
