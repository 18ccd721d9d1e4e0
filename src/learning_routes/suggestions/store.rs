//! Queries on suggestions.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Suggestion, SuggestionState};
use crate::authz::{Permit, Role};
use crate::db::schema::{route_activities, route_suggestions};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::stored;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_suggestions)]
struct SuggestionRow {
    id: Uuid,
    route_id: Uuid,
    author_id: Uuid,
    author_role: String,
    content: Value,
    reason: String,
    state: String,
    decided_by: Option<Uuid>,
    decision_note: Option<String>,
    activity_id: Option<Uuid>,
    version: i64,
}

impl TryFrom<SuggestionRow> for Suggestion {
    type Error = Error;

    fn try_from(row: SuggestionRow) -> Result<Self> {
        let unknown = || Error::internal("unknown value of a suggestion in the database");
        Ok(Self {
            id: row.id,
            route_id: row.route_id,
            author_id: row.author_id,
            author_role: Role::parse(&row.author_role).ok_or_else(unknown)?,
            line: stored::load_line(row.content)?,
            reason: row.reason,
            state: SuggestionState::parse(&row.state).ok_or_else(unknown)?,
            decided_by: row.decided_by,
            decision_note: row.decision_note,
            activity_id: row.activity_id,
            version: row.version,
        })
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Suggestion> {
    let row = route_suggestions::table.find(id).select(SuggestionRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Suggestion> {
    let row = route_suggestions::table
        .find(id)
        .select(SuggestionRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await?;
    row.try_into()
}

pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    state: Option<SuggestionState>,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<Suggestion>> {
    let mut query = route_suggestions::table
        .filter(route_suggestions::route_id.eq(route_id))
        .order(route_suggestions::id)
        .select(SuggestionRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(route_suggestions::state.eq(state.as_str()));
    }
    if let Some(id) = after {
        query = query.filter(route_suggestions::id.gt(id));
    }
    let rows: Vec<SuggestionRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Suggestion::try_from).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, suggestion: &Suggestion) -> Result<()> {
    diesel::insert_into(route_suggestions::table)
        .values((
            route_suggestions::id.eq(suggestion.id),
            route_suggestions::route_id.eq(suggestion.route_id),
            route_suggestions::author_id.eq(suggestion.author_id),
            route_suggestions::author_role.eq(suggestion.author_role.as_str()),
            route_suggestions::content.eq(stored::store_line(&suggestion.line)?),
            route_suggestions::reason.eq(&suggestion.reason),
            route_suggestions::state.eq(suggestion.state.as_str()),
            route_suggestions::created_at.eq(ctx.now),
            route_suggestions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what became of it; the line it became is that of its author.
pub(super) async fn decide(ctx: &Ctx<'_>, _permit: &Permit, suggestion: &Suggestion) -> Result<()> {
    diesel::update(route_suggestions::table.find(suggestion.id))
        .set((
            route_suggestions::state.eq(suggestion.state.as_str()),
            route_suggestions::decided_by.eq(suggestion.decided_by),
            route_suggestions::decision_note.eq(&suggestion.decision_note),
            route_suggestions::activity_id.eq(suggestion.activity_id),
            route_suggestions::version.eq(suggestion.version),
            route_suggestions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if let Some(activity_id) = suggestion.activity_id {
        diesel::update(route_activities::table.find(activity_id))
            .set(route_activities::author_person_id.eq(suggestion.author_id))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
