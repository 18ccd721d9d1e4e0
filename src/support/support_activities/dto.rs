//! What travels about activities of support.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{ActivityData, SupportActivity};
use super::service::{Filter, ShownActivity};
use super::vocabulary::SupportActivityState;
use crate::directory::checks;
use crate::http::page_view;
use crate::regulations::profile::SupportForm;
use crate::values::day;
use crate::values::text::collapse;

/// What is said of an activity of support.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupportActivityData)]
pub struct SupportActivityBody {
    /// Its form; one that the regulation of the organiser knows (форма сопровождения).
    pub kind: SupportForm,
    /// Title (тема).
    #[validate(length(min = 3, max = 500), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 500, example = "Критериальное оценивание на уроках чтения")]
    pub title: String,
    /// What is done (содержание).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Открытый урок и разбор критериев")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// First day.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-04-14")]
    pub starts_on: NaiveDate,
    /// Last day; not before the first.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-04-14")]
    pub ends_on: NaiveDate,
    /// Whom it is for, one by one (адресная поддержка): people whom the organiser may support. Region-wide organisers and
    /// innovation sites support everybody in the region, municipal ones their municipality, a school its own people.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_items = 1, max_items = 100)]
    pub person_ids: Vec<Uuid>,
    /// The deficits it is about: open ones of these people.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub deficit_ids: Vec<Uuid>,
    /// The support plan of one of these people that it belongs to, not completed; absent when it stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<Uuid>,
    /// The product of one of these people whose introduction it accompanies; required for `implementation_support`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_id: Option<Uuid>,
    /// The route of one of these people that it continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
}

impl From<SupportActivityBody> for ActivityData {
    fn from(body: SupportActivityBody) -> Self {
        Self {
            kind: body.kind,
            title: collapse(&body.title),
            description: body.description,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            person_ids: body.person_ids,
            deficit_ids: body.deficit_ids,
            plan_id: body.plan_id,
            product_id: body.product_id,
            route_id: body.route_id,
        }
    }
}

impl From<ActivityData> for SupportActivityBody {
    fn from(data: ActivityData) -> Self {
        Self {
            kind: data.kind,
            title: data.title,
            description: data.description,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            person_ids: data.person_ids,
            deficit_ids: data.deficit_ids,
            plan_id: data.plan_id,
            product_id: data.product_id,
            route_id: data.route_id,
        }
    }
}

/// An activity of support to be planned (мероприятие послекурсового сопровождения).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportActivityCreate {
    /// The organization that organises it: the operator, a methodical service or an innovation site; that of the association
    /// when absent.
    pub organization_id: Option<Uuid>,
    /// The association that organises it, of any level, РУМО included (методическое объединение).
    pub association_id: Option<Uuid>,
    /// What is said of it.
    #[validate(nested)]
    pub data: SupportActivityBody,
}

/// An activity of support as it is to be.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportActivityUpdate {
    /// What is said of it.
    #[validate(nested)]
    pub data: SupportActivityBody,
}

/// That an activity of support was held (проведение мероприятия).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportActivityRecord {
    /// Day it was held, by the region's clock: not before its first day and not in the future.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-04-14")]
    pub held_on: NaiveDate,
    /// What it led to (результаты).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Критерии опробованы в двух классах")]
    pub results: String,
}

/// That an activity of support does not take place (отмена мероприятия).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportActivityCancel {
    /// Why.
    #[validate(length(min = 3, max = 2000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 2000, example = "Карантин в школе")]
    pub reason: String,
}

/// An activity of support (мероприятие послекурсового сопровождения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupportActivity)]
pub struct SupportActivityView {
    /// The activity's id.
    pub id: Uuid,
    /// The organization that organises it.
    pub organization_id: Uuid,
    /// The association of the organization that organises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<Uuid>,
    /// What is said of it.
    pub data: SupportActivityBody,
    /// Where it stands.
    pub state: SupportActivityState,
    /// Day it was held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_on: Option<NaiveDate>,
    /// What it led to; only in the state `held`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub results: Option<String>,
    /// Why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 3)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownActivity> for SupportActivityView {
    fn from(shown: ShownActivity) -> Self {
        let activity = shown.activity;
        Self {
            id: activity.id,
            organization_id: activity.organiser.organization_id,
            association_id: activity.organiser.association_id,
            data: activity.data.into(),
            state: activity.state,
            held_on: activity.held_on,
            results: activity.results,
            reason: activity.reason,
            created_at: activity.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// An activity of support in a list (мероприятие послекурсового сопровождения).
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportActivityItem {
    /// The activity's id.
    pub id: Uuid,
    /// The organization that organises it.
    pub organization_id: Uuid,
    /// The association of the organization that organises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<Uuid>,
    /// Its form.
    pub kind: SupportForm,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// How many people it is for.
    #[schema(minimum = 1, maximum = 100)]
    pub people: i32,
    /// The support plan it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<Uuid>,
    /// The product whose introduction it accompanies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_id: Option<Uuid>,
    /// Where it stands.
    pub state: SupportActivityState,
}

impl From<SupportActivity> for SupportActivityItem {
    fn from(activity: SupportActivity) -> Self {
        Self {
            id: activity.id,
            organization_id: activity.organiser.organization_id,
            association_id: activity.organiser.association_id,
            kind: activity.data.kind,
            title: activity.data.title,
            starts_on: activity.data.starts_on,
            ends_on: activity.data.ends_on,
            people: i32::try_from(activity.data.person_ids.len()).unwrap_or(i32::MAX),
            plan_id: activity.data.plan_id,
            product_id: activity.data.product_id,
            state: activity.state,
        }
    }
}

page_view! {
    /// One page of activities of support, those that begin last first.
    SupportActivityPage of SupportActivityItem
}

/// Which activities of support to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportActivityQuery {
    /// Only of this form.
    pub kind: Option<SupportForm>,
    /// Only in this state.
    pub state: Option<SupportActivityState>,
    /// Only organised by this organization.
    pub organization_id: Option<Uuid>,
    /// Only organised by this association.
    pub association_id: Option<Uuid>,
    /// Only for this person.
    pub person_id: Option<Uuid>,
    /// Only of this support plan.
    pub plan_id: Option<Uuid>,
    /// Only about this product.
    pub product_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl SupportActivityQuery {
    /// The activities asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            kind: self.kind,
            state: self.state,
            organization_id: self.organization_id,
            association_id: self.association_id,
            person_id: self.person_id,
            plan_id: self.plan_id,
            product_id: self.product_id,
        }
    }
}
