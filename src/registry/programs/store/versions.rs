//! Queries on versions of programs.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::program_versions;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::registry::programs::model::{ProgramDecision, ProgramState, ProgramVersion, Submission};
use crate::registry::programs::stored;

#[derive(Queryable, Selectable)]
#[diesel(table_name = program_versions)]
struct VersionRow {
    id: Uuid,
    region_id: Uuid,
    program_id: Uuid,
    state: String,
    content: Value,
    note: Option<String>,
    writers: Vec<Option<Uuid>>,
    submitted_at: Option<DateTime<Utc>>,
    submitted_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    decision_reason: Option<String>,
    decision_due_on: Option<NaiveDate>,
    accepted_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
}

impl TryFrom<VersionRow> for ProgramVersion {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self> {
        let (reason, due_on) = (row.decision_reason, row.decision_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            state: ProgramState::parse(&row.state).ok_or_else(|| Error::internal("unknown state"))?,
            snapshot: stored::from_json(row.program_id, row.content)?,
            note: row.note,
            writers: row.writers.into_iter().flatten().collect(),
            submission: row
                .submitted_by
                .zip(row.submitted_at)
                .map(|(account_id, at)| Submission { account_id, at }),
            decision: row.decided_by.zip(row.decided_at).map(|(account_id, decided_at)| ProgramDecision {
                account_id,
                decided_at,
                reason,
                due_on,
            }),
            accepted_on: row.accepted_on,
            created_at: row.created_at,
        })
    }
}

/// The version of that number.
pub(in crate::registry::programs) async fn find(
    conn: &Conn,
    program_id: Uuid,
    edition: i32,
) -> Result<Option<ProgramVersion>> {
    let row = program_versions::table
        .filter(program_versions::program_id.eq(program_id))
        .filter(program_versions::edition.eq(edition))
        .select(VersionRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(ProgramVersion::try_from).transpose()
}

/// The version on its way, if there is one.
pub(in crate::registry::programs) async fn next(
    conn: &Conn,
    program_id: Uuid,
) -> Result<Option<ProgramVersion>> {
    let row = program_versions::table
        .filter(program_versions::program_id.eq(program_id))
        .filter(program_versions::state.ne(ProgramState::Accepted.as_str()))
        .order(program_versions::edition.desc())
        .select(VersionRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(ProgramVersion::try_from).transpose()
}

/// Versions, newest first; without the one on its way unless `all` are asked for.
pub(in crate::registry::programs) async fn list(
    conn: &Conn,
    program_id: Uuid,
    all: bool,
    fetch: i64,
    before: Option<i32>,
) -> Result<Vec<ProgramVersion>> {
    let mut query = program_versions::table
        .filter(program_versions::program_id.eq(program_id))
        .order(program_versions::edition.desc())
        .limit(fetch)
        .select(VersionRow::as_select())
        .into_boxed();
    if !all {
        query = query.filter(program_versions::state.eq(ProgramState::Accepted.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(program_versions::edition.lt(before));
    }
    query.load(&mut &*conn).await?.into_iter().map(ProgramVersion::try_from).collect()
}

/// Writes a version, new or anew: the one on its way is replaced as a whole.
pub(in crate::registry::programs) async fn save(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    version: &ProgramVersion,
) -> Result<()> {
    let decision = version.decision.as_ref();
    let life = (
        program_versions::state.eq(version.state.as_str()),
        program_versions::content.eq(stored::to_json(&version.snapshot)?),
        program_versions::note.eq(version.note.as_deref()),
        program_versions::writers.eq(version.writers.iter().copied().map(Some).collect::<Vec<_>>()),
        program_versions::submitted_at.eq(version.submission.map(|submission| submission.at)),
        program_versions::submitted_by.eq(version.submission.map(|submission| submission.account_id)),
        program_versions::decided_at.eq(decision.map(|decision| decision.decided_at)),
        program_versions::decided_by.eq(decision.map(|decision| decision.account_id)),
        program_versions::decision_reason.eq(decision.and_then(|decision| decision.reason.as_deref())),
        program_versions::decision_due_on.eq(decision.and_then(|decision| decision.due_on)),
        program_versions::accepted_on.eq(version.accepted_on),
        program_versions::updated_at.eq(ctx.now),
    );
    diesel::insert_into(program_versions::table)
        .values((
            program_versions::id.eq(version.id),
            program_versions::region_id.eq(version.region_id),
            program_versions::program_id.eq(version.snapshot.program_id),
            program_versions::edition.eq(version.snapshot.edition),
            program_versions::created_at.eq(version.created_at),
            life.clone(),
        ))
        .on_conflict((program_versions::program_id, program_versions::edition))
        .do_update()
        .set(life)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
