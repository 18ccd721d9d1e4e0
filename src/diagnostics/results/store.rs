//! Queries on results.

pub(super) mod standings;

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::model::{CompetencyLevel, DiagnosticResult, ProcedureScore, RecordedResult, ResultMode};
use crate::authz::Permit;
use crate::db::schema::{
    competencies, diagnostic_levels as levels, diagnostic_results as results, diagnostic_scores as scores,
    organizations,
};
use crate::db::{Conn, Ctx, whole_person};
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::CompetencyName;
use crate::diagnostics::instruments::model::Procedure;
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = results)]
struct ResultRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    instrument_id: Uuid,
    mode: String,
    taken_on: NaiveDate,
    conducted_by: Uuid,
    corrects_id: Option<Uuid>,
    campaign_id: Option<Uuid>,
    recorded_at: DateTime<Utc>,
}

type FullRow = (ResultRow, String, Option<Uuid>);

fn model((row, kind, corrected_by_id): FullRow) -> Result<RecordedResult> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    Ok(RecordedResult {
        result: DiagnosticResult {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            instrument_id: row.instrument_id,
            mode: ResultMode::parse(&row.mode).ok_or_else(|| unknown("mode"))?,
            taken_on: row.taken_on,
            conducted_by: row.conducted_by,
            corrects_id: row.corrects_id,
            campaign_id: row.campaign_id,
        },
        conducted_by_kind: OrganizationKind::parse(&kind).ok_or_else(|| unknown("kind"))?,
        corrected_by_id,
        recorded_at: row.recorded_at,
    })
}

diesel::alias!(results as correction: Correction);

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<RecordedResult>> {
    let found: Option<FullRow> = results::table
        .inner_join(organizations::table.on(organizations::id.eq(results::conducted_by)))
        .left_join(correction.on(correction.field(results::corrects_id).assume_not_null().eq(results::id)))
        .filter(results::id.eq(id))
        .select((ResultRow::as_select(), organizations::kind, correction.field(results::id).nullable()))
        .first(&mut &*conn)
        .await
        .optional()?;
    found.map(model).transpose()
}

/// The results of one person, newest first; corrected ones too.
pub(super) async fn of_person(
    conn: &Conn,
    person_id: Uuid,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RecordedResult>> {
    let mut query = results::table
        .inner_join(organizations::table.on(organizations::id.eq(results::conducted_by)))
        .left_join(correction.on(correction.field(results::corrects_id).assume_not_null().eq(results::id)))
        .filter(whole_person("diagnostic_results.person_id", person_id))
        .select((ResultRow::as_select(), organizations::kind, correction.field(results::id).nullable()))
        .order((results::taken_on.desc(), results::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((day, id)) = after {
        query = query.filter(results::taken_on.lt(day).or(results::taken_on.eq(day).and(results::id.lt(id))));
    }
    let rows: Vec<FullRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(model).collect()
}

type ScoreDbRow = (String, String, Uuid, String, Decimal);

pub(super) async fn scores_of(conn: &Conn, result_id: Uuid) -> Result<Vec<(CompetencyName, ProcedureScore)>> {
    let rows: Vec<ScoreDbRow> = scores::table
        .inner_join(competencies::table)
        .filter(scores::result_id.eq(result_id))
        .select((
            competencies::code,
            competencies::title,
            scores::competency_id,
            scores::procedure,
            scores::score,
        ))
        .order((scores::competency_id, scores::procedure))
        .load(&mut &*conn)
        .await?;
    let score = |(code, title, competency_id, procedure, score): ScoreDbRow| {
        let procedure = Procedure::parse(&procedure)
            .ok_or_else(|| Error::internal("unknown procedure in the database"))?;
        let score = ProcedureScore { competency_id, procedure, score: Score::rounded(score) };
        Ok((CompetencyName { code, title }, score))
    };
    rows.into_iter().map(score).collect()
}

pub(super) async fn levels_of(
    conn: &Conn,
    result_id: Uuid,
) -> Result<Vec<(CompetencyName, CompetencyLevel)>> {
    let rows: Vec<(String, String, Uuid, Decimal, String, bool)> = levels::table
        .inner_join(competencies::table)
        .filter(levels::result_id.eq(result_id))
        .select((
            competencies::code,
            competencies::title,
            levels::competency_id,
            levels::score,
            levels::level,
            levels::is_deficit,
        ))
        .order(levels::competency_id)
        .load(&mut &*conn)
        .await?;
    let level = |(code, title, competency_id, score, level, is_deficit)| {
        let score = Score::rounded(score);
        (CompetencyName { code, title }, CompetencyLevel { competency_id, score, level, is_deficit })
    };
    Ok(rows.into_iter().map(level).collect())
}

/// Whether the person has a result, taken on that day or later.
pub(super) async fn exists(conn: &Conn, person_id: Uuid, since: Option<NaiveDate>) -> Result<bool> {
    let mut query =
        results::table.filter(whole_person("diagnostic_results.person_id", person_id)).into_boxed();
    if let Some(since) = since {
        query = query.filter(results::taken_on.ge(since));
    }
    let found = query.select(results::id).first::<Uuid>(&mut &*conn).await.optional()?;
    Ok(found.is_some())
}

/// Competencies of the person that a result taken after that day has measured; corrected results do not count.
pub(super) async fn measured_later(conn: &Conn, person_id: Uuid, day: NaiveDate) -> Result<HashSet<Uuid>> {
    let found: Vec<Uuid> = levels::table
        .inner_join(results::table)
        .left_join(correction.on(correction.field(results::corrects_id).assume_not_null().eq(results::id)))
        .filter(whole_person("diagnostic_results.person_id", person_id))
        .filter(results::taken_on.gt(day))
        .filter(correction.field(results::id).nullable().is_null())
        .select(levels::competency_id)
        .distinct()
        .load(&mut &*conn)
        .await?;
    Ok(found.into_iter().collect())
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    result: &DiagnosticResult,
    given: &[ProcedureScore],
    derived: &[CompetencyLevel],
) -> Result<()> {
    diesel::insert_into(results::table)
        .values((
            results::id.eq(result.id),
            results::region_id.eq(result.region_id),
            results::municipality_id.eq(result.municipality_id),
            results::organization_id.eq(result.organization_id),
            results::person_id.eq(result.person_id),
            results::instrument_id.eq(result.instrument_id),
            results::mode.eq(result.mode.as_str()),
            results::taken_on.eq(result.taken_on),
            results::conducted_by.eq(result.conducted_by),
            results::corrects_id.eq(result.corrects_id),
            results::campaign_id.eq(result.campaign_id),
            results::recorded_by.eq(ctx.actor.account_id),
            results::recorded_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let score_rows: Vec<_> = given
        .iter()
        .map(|score| {
            (
                scores::result_id.eq(result.id),
                scores::competency_id.eq(score.competency_id),
                scores::procedure.eq(score.procedure.as_str()),
                scores::score.eq(score.score.number()),
            )
        })
        .collect();
    diesel::insert_into(scores::table).values(score_rows).execute(&mut &*ctx.conn).await?;
    let level_rows: Vec<_> = derived
        .iter()
        .map(|level| {
            (
                levels::result_id.eq(result.id),
                levels::competency_id.eq(level.competency_id),
                levels::score.eq(level.score.number()),
                levels::level.eq(&level.level),
                levels::is_deficit.eq(level.is_deficit),
            )
        })
        .collect();
    diesel::insert_into(levels::table).values(level_rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// The result of that person by that instrument on that day in that campaign which no other result corrects.
pub(super) async fn newest(
    conn: &Conn,
    person_id: Uuid,
    instrument_id: Uuid,
    taken_on: NaiveDate,
    campaign_id: Option<Uuid>,
) -> Result<Option<RecordedResult>> {
    let mut query = results::table
        .inner_join(organizations::table.on(organizations::id.eq(results::conducted_by)))
        .left_join(correction.on(correction.field(results::corrects_id).assume_not_null().eq(results::id)))
        .filter(results::person_id.eq(person_id))
        .filter(results::instrument_id.eq(instrument_id))
        .filter(results::taken_on.eq(taken_on))
        .filter(correction.field(results::id).nullable().is_null())
        .select((ResultRow::as_select(), organizations::kind, correction.field(results::id).nullable()))
        .into_boxed();
    query = match campaign_id {
        Some(id) => query.filter(results::campaign_id.assume_not_null().eq(id)),
        None => query.filter(results::campaign_id.is_null()),
    };
    let found: Option<FullRow> = query.first(&mut &*conn).await.optional()?;
    found.map(model).transpose()
}

/// Those of the results that are that person's.
pub(super) async fn of_ids(conn: &Conn, ids: &[Uuid], person_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(results::table
        .filter(results::id.eq_any(ids))
        .filter(whole_person("diagnostic_results.person_id", person_id))
        .select(results::id)
        .load(&mut &*conn)
        .await?)
}
