//! Queries on reviews of programs.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Review, ReviewResult, ReviewState, ReviewVerdict, Score};
use crate::authz::{Permit, Scope};
use crate::db::schema::{program_review_scores, program_reviews, review_sheets};
use crate::db::{Conn, Ctx, scope_filter};
use crate::error::{Error, Result};
use crate::registry::review_sheets::model::ReviewKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = program_reviews)]
struct ReviewRow {
    id: Uuid,
    region_id: Uuid,
    program_id: Uuid,
    edition: i32,
    submitted_at: DateTime<Utc>,
    organization_id: Uuid,
    municipality_id: Option<Uuid>,
    sheet_id: Uuid,
    person_id: Uuid,
    state: String,
    due_on: Option<NaiveDate>,
    verdict: Option<String>,
    conclusion: Option<String>,
    rework_due_on: Option<NaiveDate>,
    reason: Option<String>,
    completed_at: Option<DateTime<Utc>>,
    version: i64,
}

impl ReviewRow {
    fn review(self, kind: &str, scores: Vec<Score>) -> Result<Review> {
        let unknown = || Error::internal("unknown name in the database");
        let verdict = match self.verdict.as_deref() {
            Some(name) => Some(ReviewVerdict::parse(name).ok_or_else(unknown)?),
            None => None,
        };
        let (conclusion, rework_due_on) = (self.conclusion, self.rework_due_on);
        Ok(Review {
            id: self.id,
            region_id: self.region_id,
            program_id: self.program_id,
            edition: self.edition,
            submitted_at: self.submitted_at,
            organization_id: self.organization_id,
            municipality_id: self.municipality_id,
            sheet_id: self.sheet_id,
            kind: ReviewKind::parse(kind).ok_or_else(unknown)?,
            reviewer_id: self.person_id,
            state: ReviewState::parse(&self.state).ok_or_else(unknown)?,
            due_on: self.due_on,
            result: verdict.map(|verdict| ReviewResult { verdict, scores, conclusion, rework_due_on }),
            completed_at: self.completed_at,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// Which reviews a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this program.
    pub program_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<ReviewState>,
}

/// The reviews with their scores, in the order given.
async fn with_scores(conn: &Conn, rows: Vec<(ReviewRow, String)>) -> Result<Vec<Review>> {
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let found: Vec<(Uuid, Uuid, i32, Option<String>)> = program_review_scores::table
        .filter(program_review_scores::review_id.eq_any(ids))
        .order((program_review_scores::review_id, program_review_scores::criterion_id))
        .select((
            program_review_scores::review_id,
            program_review_scores::criterion_id,
            program_review_scores::score,
            program_review_scores::remark,
        ))
        .load(&mut &*conn)
        .await?;
    let mut by_review: HashMap<Uuid, Vec<Score>> = HashMap::new();
    for (review_id, criterion_id, score, remark) in found {
        by_review.entry(review_id).or_default().push(Score { criterion_id, score, remark });
    }
    rows.into_iter()
        .map(|(row, kind)| {
            let scores = by_review.remove(&row.id).unwrap_or_default();
            row.review(&kind, scores)
        })
        .collect()
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Review>> {
    let row = program_reviews::table
        .inner_join(review_sheets::table)
        .filter(program_reviews::id.eq(id))
        .select((ReviewRow::as_select(), review_sheets::kind))
        .first::<(ReviewRow, String)>(&mut &*conn)
        .await
        .optional()?;
    match row {
        Some(row) => Ok(with_scores(conn, vec![row]).await?.into_iter().next()),
        None => Ok(None),
    }
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Review> {
    program_reviews::table
        .find(id)
        .select(program_reviews::id)
        .for_update()
        .first::<Uuid>(&mut &*conn)
        .await?;
    find(conn, id).await?.ok_or(Error::not_found())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    before: Option<Uuid>,
) -> Result<Vec<Review>> {
    let visible = program_reviews::table
        .filter(scope_filter!(program_reviews, scope))
        .select(program_reviews::id)
        .into_boxed::<Pg>();
    let mut query = program_reviews::table
        .inner_join(review_sheets::table)
        .filter(program_reviews::id.eq_any(visible))
        .order(program_reviews::id.desc())
        .limit(fetch)
        .select((ReviewRow::as_select(), review_sheets::kind))
        .into_boxed::<Pg>();
    if let Some(program_id) = filter.program_id {
        query = query.filter(program_reviews::program_id.eq(program_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(program_reviews::state.eq(state.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(program_reviews::id.lt(before));
    }
    with_scores(conn, query.load::<(ReviewRow, String)>(&mut &*conn).await?).await
}

/// All reviews of a submission.
pub(super) async fn of_submission(
    conn: &Conn,
    program_id: Uuid,
    submitted_at: DateTime<Utc>,
) -> Result<Vec<Review>> {
    let rows = program_reviews::table
        .inner_join(review_sheets::table)
        .filter(program_reviews::program_id.eq(program_id))
        .filter(program_reviews::submitted_at.eq(submitted_at))
        .order(program_reviews::id)
        .select((ReviewRow::as_select(), review_sheets::kind))
        .load::<(ReviewRow, String)>(&mut &*conn)
        .await?;
    with_scores(conn, rows).await
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, review: &Review) -> Result<()> {
    diesel::insert_into(program_reviews::table)
        .values((
            program_reviews::id.eq(review.id),
            program_reviews::region_id.eq(review.region_id),
            program_reviews::program_id.eq(review.program_id),
            program_reviews::edition.eq(review.edition),
            program_reviews::submitted_at.eq(review.submitted_at),
            program_reviews::organization_id.eq(review.organization_id),
            program_reviews::municipality_id.eq(review.municipality_id),
            program_reviews::sheet_id.eq(review.sheet_id),
            program_reviews::person_id.eq(review.reviewer_id),
            program_reviews::state.eq(review.state.as_str()),
            program_reviews::due_on.eq(review.due_on),
            program_reviews::assigned_by.eq(ctx.actor.account_id),
            program_reviews::created_at.eq(ctx.now),
            program_reviews::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// State and result of a review; its scores when it is completed now.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, review: &Review) -> Result<()> {
    let result = review.result.as_ref();
    diesel::update(program_reviews::table.find(review.id))
        .set((
            program_reviews::state.eq(review.state.as_str()),
            program_reviews::verdict.eq(result.map(|result| result.verdict.as_str())),
            program_reviews::score.eq(result.map(ReviewResult::total)),
            program_reviews::conclusion.eq(result.and_then(|result| result.conclusion.as_deref())),
            program_reviews::rework_due_on.eq(result.and_then(|result| result.rework_due_on)),
            program_reviews::completed_at.eq(review.completed_at),
            program_reviews::reason.eq(review.reason.as_deref()),
            program_reviews::version.eq(review.version),
            program_reviews::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let scores: Vec<_> = result
        .into_iter()
        .flat_map(|result| &result.scores)
        .map(|score| {
            (
                program_review_scores::review_id.eq(review.id),
                program_review_scores::criterion_id.eq(score.criterion_id),
                program_review_scores::score.eq(score.score),
                program_review_scores::remark.eq(score.remark.as_deref()),
            )
        })
        .collect();
    diesel::insert_into(program_review_scores::table).values(scores).execute(&mut &*ctx.conn).await?;
    Ok(())
}
