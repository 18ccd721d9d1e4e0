//! Problems and evidence of a route.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::unknown;
use crate::db::schema::{route_evidence, route_problems};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Evidence, EvidenceRecord, Problem};
use crate::regulations::profile::RouteEvidenceKind;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = route_problems, treat_none_as_default_value = false)]
struct ProblemRow {
    id: Uuid,
    route_id: Uuid,
    position: i32,
    text: String,
    deficit_id: Option<Uuid>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = route_evidence, treat_none_as_default_value = false)]
struct EvidenceRow {
    id: Uuid,
    route_id: Uuid,
    position: i32,
    kind: String,
    text: String,
    dated_on: Option<NaiveDate>,
    result_id: Option<Uuid>,
    finding_id: Option<Uuid>,
    deficit_id: Option<Uuid>,
}

impl TryFrom<EvidenceRow> for Evidence {
    type Error = Error;

    fn try_from(row: EvidenceRow) -> Result<Self> {
        let record = row
            .result_id
            .map(EvidenceRecord::Result)
            .or(row.finding_id.map(EvidenceRecord::Finding))
            .or(row.deficit_id.map(EvidenceRecord::Deficit));
        Ok(Self {
            id: row.id,
            kind: RouteEvidenceKind::parse(&row.kind).ok_or_else(|| unknown("kind of evidence"))?,
            text: row.text,
            dated_on: row.dated_on,
            record,
        })
    }
}

pub(super) async fn problems(conn: &Conn, route_id: Uuid) -> Result<Vec<Problem>> {
    let rows: Vec<ProblemRow> = route_problems::table
        .filter(route_problems::route_id.eq(route_id))
        .order(route_problems::position)
        .select(ProblemRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Problem { id: row.id, text: row.text, deficit_id: row.deficit_id })
        .collect())
}

pub(super) async fn evidence(conn: &Conn, route_id: Uuid) -> Result<Vec<Evidence>> {
    let rows: Vec<EvidenceRow> = route_evidence::table
        .filter(route_evidence::route_id.eq(route_id))
        .order(route_evidence::position)
        .select(EvidenceRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Evidence::try_from).collect()
}

/// Makes these the problems of the route. The links of activities to them are written afterwards.
pub(super) async fn replace_problems(ctx: &Ctx<'_>, route_id: Uuid, problems: &[Problem]) -> Result<()> {
    let all = route_problems::table.filter(route_problems::route_id.eq(route_id));
    diesel::delete(all).execute(&mut &*ctx.conn).await?;
    let rows: Vec<ProblemRow> = (1_i32..)
        .zip(problems)
        .map(|(position, problem)| ProblemRow {
            id: problem.id,
            route_id,
            position,
            text: problem.text.clone(),
            deficit_id: problem.deficit_id,
        })
        .collect();
    diesel::insert_into(route_problems::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Makes this the evidence of the route.
pub(super) async fn replace_evidence(ctx: &Ctx<'_>, route_id: Uuid, evidence: &[Evidence]) -> Result<()> {
    let all = route_evidence::table.filter(route_evidence::route_id.eq(route_id));
    diesel::delete(all).execute(&mut &*ctx.conn).await?;
    let rows: Vec<EvidenceRow> = (1_i32..)
        .zip(evidence)
        .map(|(position, item)| {
            let (mut result_id, mut finding_id, mut deficit_id) = (None, None, None);
            match item.record {
                Some(EvidenceRecord::Result(id)) => result_id = Some(id),
                Some(EvidenceRecord::Finding(id)) => finding_id = Some(id),
                Some(EvidenceRecord::Deficit(id)) => deficit_id = Some(id),
                None => {}
            }
            EvidenceRow {
                id: item.id,
                route_id,
                position,
                kind: item.kind.as_str().to_owned(),
                text: item.text.clone(),
                dated_on: item.dated_on,
                result_id,
                finding_id,
                deficit_id,
            }
        })
        .collect();
    diesel::insert_into(route_evidence::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}
