//! Activities as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{EventLevelDto, RouteActivityStateDto, WorkModeDto};
use crate::learning_routes::model::{Activity, NewActivity, is_overdue};
use crate::learning_routes::service::RouteWhole;
use crate::regulations::profile::{ActivityBasis, ActivityKind, EventForm, RoutePart};
use crate::training::vocabulary::EnrollmentState;
use crate::values::{Hours, day};

/// What is said of an activity (мероприятие маршрута).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteActivityData)]
pub struct RouteActivityBody {
    /// What kind of activity.
    pub kind: ActivityKind,
    /// The part of the route, where the regulation knows parts; it decides who may change the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<RoutePart>,
    /// The stage it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// Title; for a program the regulation may allow a topic in one's own words.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Смысловое чтение на уроках")]
    pub title: String,
    /// Content, for self-education above all.
    #[validate(length(min = 1, max = 8000))]
    #[schema(min_length = 1, max_length = 8000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// For `program`: the program chosen. For `module` it follows from the module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// For `module`: the single module chosen, without the whole program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// Who teaches it; absent: the provider of the program or module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<Uuid>,
    /// Academic hours; absent: those of the program or module.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, multiple_of = 0.5, minimum = 0.5, maximum = 10000, example = 36)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Form of study (форма обучения).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study_form: Option<String>,
    /// First day.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day; past it without completion the activity is overdue.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Place (место проведения).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// For a program or module: the offering chosen. It must be one of that program and not cancelled; absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<Uuid>,
    /// For `event`: its form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_form: Option<EventForm>,
    /// The form in words; needed for the form `other`.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_note: Option<String>,
    /// Level of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_level: Option<EventLevelDto>,
    /// Degree of participation (степень участия).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participation: Option<String>,
    /// For `methodical_work`: alone or in a creative group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_mode: Option<WorkModeDto>,
    /// The creative group (творческая группа), for `work_mode` = `creative_group`.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_title: Option<String>,
    /// Why it is in the route.
    pub reason: ActivityBasis,
    /// Why it is there without a deficit, in words (обоснование).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
    /// The learner's deficits it answers; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub deficit_ids: Vec<Uuid>,
    /// The needs it answers: the learner's own, or of a group of the learner's school or municipality; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub need_ids: Vec<Uuid>,
    /// The problems of the route it answers; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub problem_ids: Vec<Uuid>,
    /// The findings of the assessment of pupils it rests on; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub finding_ids: Vec<Uuid>,
    /// The recommendations to the learner it follows; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub recommendation_ids: Vec<Uuid>,
}

impl From<RouteActivityBody> for NewActivity {
    fn from(body: RouteActivityBody) -> Self {
        Self {
            stage_id: body.stage_id,
            kind: body.kind,
            part: body.part,
            title: body.title,
            content: body.content,
            program_id: body.program_id,
            module_id: body.module_id,
            provider_id: body.provider_id,
            hours: body.hours,
            study_form: body.study_form,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            place: body.place,
            event_level: body.event_level.map(Into::into),
            participation: body.participation,
            work_mode: body.work_mode.map(Into::into),
            offering_id: body.offering_id,
            event_form: body.event_form,
            form_note: body.form_note,
            group_title: body.group_title,
            reason: body.reason,
            justification: body.justification,
            deficit_ids: body.deficit_ids,
            need_ids: body.need_ids,
            problem_ids: body.problem_ids,
            finding_ids: body.finding_ids,
            recommendation_ids: body.recommendation_ids,
        }
    }
}

impl From<NewActivity> for RouteActivityBody {
    fn from(data: NewActivity) -> Self {
        Self {
            kind: data.kind,
            part: data.part,
            stage_id: data.stage_id,
            title: data.title,
            content: data.content,
            program_id: data.program_id,
            module_id: data.module_id,
            provider_id: data.provider_id,
            hours: data.hours,
            study_form: data.study_form,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            place: data.place,
            event_level: data.event_level.map(Into::into),
            participation: data.participation,
            work_mode: data.work_mode.map(Into::into),
            offering_id: data.offering_id,
            event_form: data.event_form,
            form_note: data.form_note,
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
}

/// An activity of a route (мероприятие маршрута).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteActivity)]
pub struct RouteActivityView {
    /// The activity's id.
    pub id: Uuid,
    /// Order within the route, from 1.
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
    /// What is said of it.
    pub data: RouteActivityBody,
    /// Whether it is done.
    pub state: RouteActivityStateDto,
    /// Day it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// The confirmed credential that completed it; if the credential is annulled, the activity is open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_by_credential_id: Option<Uuid>,
    /// Who put it into the route (автор мероприятия).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_person_id: Option<Uuid>,
    /// The route is in force, the last day is past and the activity is not done.
    pub overdue: bool,
    /// Its program is not in the active registry.
    pub outside_registry: bool,
    /// The newest enrollment that fulfils it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<RouteActivityEnrollmentView>,
}

/// The training that fulfils an activity of a route (обучение по мероприятию).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = RouteActivityEnrollment)]
pub struct RouteActivityEnrollmentView {
    /// The enrollment.
    pub id: Uuid,
    /// Where it stands.
    pub state: EnrollmentState,
}

impl RouteActivityView {
    /// The representation of an activity of that route.
    pub fn new(activity: Activity, route: &RouteWhole) -> Self {
        Self {
            id: activity.id,
            position: activity.position,
            overdue: is_overdue(route.draft.route.state, &activity, route.today),
            outside_registry: activity.data.program_id.is_some_and(|id| route.outside_registry.contains(&id)),
            enrollment: route
                .enrollments
                .get(&activity.id)
                .map(|found| RouteActivityEnrollmentView { id: found.id, state: found.state }),
            state: activity.state.into(),
            completed_on: activity.state.completed_on(),
            completed_by_credential_id: activity.completed_by,
            author_person_id: activity.author,
            data: activity.data.into(),
        }
    }
}
