//! The stored form of an activity, within a content or by itself.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::super::model::{Activity, ActivityState, EventLevel, NewActivity, WorkMode};
use crate::error::{Error, Result};
use crate::regulations::profile::{ActivityBasis, ActivityKind, EventForm, RoutePart};
use crate::values::Hours;

#[derive(Serialize, Deserialize)]
pub(super) struct StoredActivity {
    id: Uuid,
    author: Option<Uuid>,
    #[serde(flatten)]
    data: StoredActivityData,
}

#[derive(Serialize, Deserialize)]
struct StoredActivityData {
    stage_id: Option<Uuid>,
    kind: ActivityKind,
    part: Option<RoutePart>,
    title: String,
    content: Option<String>,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    offering_id: Option<Uuid>,
    provider_id: Option<Uuid>,
    hours: Option<Decimal>,
    study_form: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    place: Option<String>,
    event_form: Option<EventForm>,
    form_note: Option<String>,
    event_level: Option<String>,
    participation: Option<String>,
    work_mode: Option<String>,
    group_title: Option<String>,
    reason: ActivityBasis,
    justification: Option<String>,
    deficit_ids: Vec<Uuid>,
    need_ids: Vec<Uuid>,
    problem_ids: Vec<Uuid>,
    finding_ids: Vec<Uuid>,
    recommendation_ids: Vec<Uuid>,
}

/// A line by itself, as it is stored.
pub(in crate::learning_routes) fn store_line(line: &NewActivity) -> Result<Value> {
    serde_json::to_value(stored_data(line.clone())).map_err(Error::internal)
}

/// The line that was stored by itself.
pub(in crate::learning_routes) fn load_line(value: Value) -> Result<NewActivity> {
    data(serde_json::from_value(value).map_err(Error::internal)?)
}

pub(super) fn hours(stored: Decimal) -> Result<Hours> {
    Hours::try_from(stored).map_err(Error::internal)
}

pub(super) fn stored_activity(activity: Activity) -> StoredActivity {
    StoredActivity { id: activity.id, author: activity.author, data: stored_data(activity.data) }
}

fn stored_data(data: NewActivity) -> StoredActivityData {
    StoredActivityData {
        stage_id: data.stage_id,
        kind: data.kind,
        part: data.part,
        title: data.title,
        content: data.content,
        program_id: data.program_id,
        module_id: data.module_id,
        offering_id: data.offering_id,
        provider_id: data.provider_id,
        hours: data.hours.map(Into::into),
        study_form: data.study_form,
        starts_on: data.starts_on,
        ends_on: data.ends_on,
        place: data.place,
        event_form: data.event_form,
        form_note: data.form_note,
        event_level: data.event_level.map(|level| level.as_str().to_owned()),
        participation: data.participation,
        work_mode: data.work_mode.map(|mode| mode.as_str().to_owned()),
        group_title: data.group_title,
        reason: data.reason,
        justification: data.justification,
        deficit_ids: data.deficit_ids,
        need_ids: data.need_ids,
        problem_ids: data.problem_ids,
        finding_ids: data.finding_ids,
        recommendation_ids: data.recommendation_ids,
    }
}

pub(super) fn activity((position, stored): (i32, StoredActivity)) -> Result<Activity> {
    let (data, state) = (data(stored.data)?, ActivityState::Planned);
    Ok(Activity { id: stored.id, position, data, state, completed_by: None, author: stored.author })
}

fn data(stored: StoredActivityData) -> Result<NewActivity> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in a stored route"));
    Ok(NewActivity {
        stage_id: stored.stage_id,
        kind: stored.kind,
        part: stored.part,
        title: stored.title,
        content: stored.content,
        program_id: stored.program_id,
        module_id: stored.module_id,
        offering_id: stored.offering_id,
        provider_id: stored.provider_id,
        hours: stored.hours.map(hours).transpose()?,
        study_form: stored.study_form,
        starts_on: stored.starts_on,
        ends_on: stored.ends_on,
        place: stored.place,
        event_form: stored.event_form,
        form_note: stored.form_note,
        event_level: stored
            .event_level
            .map(|name| EventLevel::parse(&name).ok_or_else(|| unknown("event level")))
            .transpose()?,
        participation: stored.participation,
        work_mode: stored
            .work_mode
            .map(|name| WorkMode::parse(&name).ok_or_else(|| unknown("work mode")))
            .transpose()?,
        group_title: stored.group_title,
        reason: stored.reason,
        justification: stored.justification,
        deficit_ids: stored.deficit_ids,
        need_ids: stored.need_ids,
        problem_ids: stored.problem_ids,
        finding_ids: stored.finding_ids,
        recommendation_ids: stored.recommendation_ids,
    })
}
