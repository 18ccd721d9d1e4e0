//! The note of a route.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::route_notes;
use crate::db::{Conn, Ctx, DbHours};
use crate::error::Result;
use crate::learning_routes::model::Note;

#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = route_notes, treat_none_as_null = true)]
struct NoteRow {
    goal: Option<String>,
    expected_result: Option<String>,
    content: Option<String>,
    priorities: Option<String>,
    needs: Option<String>,
    directions: Option<String>,
    report_form: Option<String>,
    learning_form: Option<String>,
    technologies: Option<String>,
    pace: Option<String>,
    total_hours: Option<DbHours>,
    personal_resources: Option<String>,
    school_context: Option<String>,
    aim: Option<String>,
    difficulties: Option<String>,
    goals: Option<String>,
    tasks: Option<String>,
    expected_product: Option<String>,
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self {
            goal: row.goal,
            expected_result: row.expected_result,
            report_form: row.report_form,
            study_form: row.learning_form,
            content: row.content,
            technologies: row.technologies,
            pace: row.pace,
            total_hours: row.total_hours.map(Into::into),
            personal_resources: row.personal_resources,
            school_context: row.school_context,
            priorities: row.priorities,
            needs: row.needs,
            directions: row.directions,
            general_aim: row.aim,
            difficulties: row.difficulties,
            goals: row.goals,
            tasks: row.tasks,
            expected_product: row.expected_product,
        }
    }
}

impl From<Note> for NoteRow {
    fn from(note: Note) -> Self {
        Self {
            goal: note.goal,
            expected_result: note.expected_result,
            content: note.content,
            priorities: note.priorities,
            needs: note.needs,
            directions: note.directions,
            report_form: note.report_form,
            learning_form: note.study_form,
            technologies: note.technologies,
            pace: note.pace,
            total_hours: note.total_hours.map(Into::into),
            personal_resources: note.personal_resources,
            school_context: note.school_context,
            aim: note.general_aim,
            difficulties: note.difficulties,
            goals: note.goals,
            tasks: note.tasks,
            expected_product: note.expected_product,
        }
    }
}

pub(super) async fn note(conn: &Conn, route_id: Uuid) -> Result<Note> {
    let row =
        route_notes::table.find(route_id).select(NoteRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(row.map(Note::from).unwrap_or_default())
}

/// Replaces the note.
pub(in super::super) async fn save_note(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    note: Note,
) -> Result<()> {
    write_note(ctx, route_id, note).await
}

pub(super) async fn write_note(ctx: &Ctx<'_>, route_id: Uuid, note: Note) -> Result<()> {
    diesel::update(route_notes::table.find(route_id))
        .set(NoteRow::from(note))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
