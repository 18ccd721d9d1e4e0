//! Activities of a route.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::links::{self, Links};
use super::rows::unknown;
use crate::authz::Permit;
use crate::db::schema::route_activities;
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Activity, ActivityState, EventLevel, NewActivity, WorkMode};
use crate::regulations::profile::{ActivityBasis, ActivityKind, EventForm, RoutePart};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = route_activities, treat_none_as_null = true, treat_none_as_default_value = false)]
struct ActivityRow {
    id: Uuid,
    route_id: Uuid,
    stage_id: Option<Uuid>,
    position: i32,
    kind: String,
    part: Option<String>,
    title: String,
    content: Option<String>,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    provider_id: Option<Uuid>,
    hours: Option<DbHours>,
    study_form: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    place: Option<String>,
    event_level: Option<String>,
    participation: Option<String>,
    work_mode: Option<String>,
    reason: String,
    justification: Option<String>,
    state: String,
    completed_on: Option<NaiveDate>,
    completed_by_credential_id: Option<Uuid>,
    event_form: Option<String>,
    form_note: Option<String>,
    offering_id: Option<Uuid>,
    group_title: Option<String>,
    author_person_id: Option<Uuid>,
}

impl ActivityRow {
    fn new(route_id: Uuid, activity: &Activity) -> Self {
        let data = activity.data.clone();
        Self {
            id: activity.id,
            route_id,
            stage_id: data.stage_id,
            position: activity.position,
            kind: data.kind.as_str().to_owned(),
            part: data.part.map(|part| part.as_str().to_owned()),
            title: data.title,
            content: data.content,
            program_id: data.program_id,
            module_id: data.module_id,
            provider_id: data.provider_id,
            hours: data.hours.map(Into::into),
            study_form: data.study_form,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            place: data.place,
            event_level: data.event_level.map(|level| level.as_str().to_owned()),
            participation: data.participation,
            work_mode: data.work_mode.map(|mode| mode.as_str().to_owned()),
            reason: data.reason.as_str().to_owned(),
            justification: data.justification,
            state: activity.state.as_str().to_owned(),
            completed_on: activity.state.completed_on(),
            completed_by_credential_id: activity.completed_by,
            event_form: data.event_form.map(|form| form.as_str().to_owned()),
            form_note: data.form_note,
            offering_id: data.offering_id,
            group_title: data.group_title,
            author_person_id: activity.author,
        }
    }

    fn activity(self, links: &Links) -> Result<Activity> {
        let data = NewActivity {
            stage_id: self.stage_id,
            kind: ActivityKind::parse(&self.kind).ok_or_else(|| unknown("kind of activity"))?,
            part: known(self.part, "part", RoutePart::parse)?,
            title: self.title,
            content: self.content,
            program_id: self.program_id,
            module_id: self.module_id,
            provider_id: self.provider_id,
            hours: self.hours.map(Into::into),
            study_form: self.study_form,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            place: self.place,
            event_level: known(self.event_level, "event level", EventLevel::parse)?,
            participation: self.participation,
            work_mode: known(self.work_mode, "work mode", WorkMode::parse)?,
            offering_id: self.offering_id,
            event_form: known(self.event_form, "event form", EventForm::parse)?,
            form_note: self.form_note,
            group_title: self.group_title,
            reason: ActivityBasis::parse(&self.reason).ok_or_else(|| unknown("reason"))?,
            justification: self.justification,
            deficit_ids: links.deficits_of(self.id),
            need_ids: links.needs_of(self.id),
            problem_ids: links.problems_of(self.id),
            finding_ids: links.findings_of(self.id),
            recommendation_ids: links.recommendations_of(self.id),
        };
        let state = ActivityState::parse(&self.state, self.completed_on)
            .ok_or_else(|| unknown("state of activity"))?;
        let completed_by = self.completed_by_credential_id;
        let author = self.author_person_id;
        Ok(Activity { id: self.id, position: self.position, data, state, completed_by, author })
    }
}

fn known<T>(name: Option<String>, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    name.map(|name| parse(&name).ok_or_else(|| unknown(what))).transpose()
}

/// The activities of a route in order, with what they answer and rest on.
pub(super) async fn activities(conn: &Conn, route_id: Uuid) -> Result<Vec<Activity>> {
    let mut first = conn;
    let rows = route_activities::table
        .filter(route_activities::route_id.eq(route_id))
        .order(route_activities::position)
        .select(ActivityRow::as_select())
        .load::<ActivityRow>(&mut first);
    let rows = async { Ok(rows.await?) };
    let (rows, links) = tokio::try_join!(rows, links::links(conn, route_id))?;
    rows.into_iter().map(|row| row.activity(&links)).collect()
}

/// The route an activity belongs to.
pub(in super::super) async fn route_of_activity(conn: &Conn, activity_id: Uuid) -> Result<Option<Uuid>> {
    Ok(route_activities::table
        .find(activity_id)
        .select(route_activities::route_id)
        .first(&mut &*conn)
        .await
        .optional()?)
}

pub(in super::super) async fn insert_activity(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    activity: &Activity,
) -> Result<()> {
    insert_activities(ctx, route_id, std::slice::from_ref(&activity)).await
}

/// Adds these activities with their links.
pub(super) async fn insert_activities(ctx: &Ctx<'_>, route_id: Uuid, activities: &[&Activity]) -> Result<()> {
    if activities.is_empty() {
        return Ok(());
    }
    let rows: Vec<ActivityRow> =
        activities.iter().map(|activity| ActivityRow::new(route_id, activity)).collect();
    diesel::insert_into(route_activities::table).values(rows).execute(&mut &*ctx.conn).await?;
    links::insert(ctx, activities).await
}

pub(in super::super) async fn save_activity(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    activity: &Activity,
) -> Result<()> {
    rewrite_activity(ctx, route_id, activity).await?;
    links::delete(ctx, &[activity.id]).await?;
    links::insert(ctx, &[activity]).await
}

/// Writes what is said of an activity, without its links.
pub(super) async fn rewrite_activity(ctx: &Ctx<'_>, route_id: Uuid, activity: &Activity) -> Result<()> {
    diesel::update(route_activities::table.find(activity.id))
        .set(ActivityRow::new(route_id, activity))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes only whether it is done; by a permit of the route, or by a credential that is decided on elsewhere.
pub(in super::super) async fn set_activity_state(
    ctx: &Ctx<'_>,
    id: Uuid,
    state: ActivityState,
    completed_by: Option<Uuid>,
) -> Result<()> {
    let changed = diesel::update(route_activities::table.find(id))
        .set((
            route_activities::state.eq(state.as_str()),
            route_activities::completed_on.eq(state.completed_on()),
            route_activities::completed_by_credential_id.eq(completed_by),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// Takes the activity out; those after it move up.
pub(in super::super) async fn delete_activity(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    activity: &Activity,
) -> Result<()> {
    diesel::delete(route_activities::table.find(activity.id)).execute(&mut &*ctx.conn).await?;
    let after = route_activities::table
        .filter(route_activities::route_id.eq(route_id))
        .filter(route_activities::position.gt(activity.position));
    diesel::update(after)
        .set(route_activities::position.eq(route_activities::position - 1))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
