//! Routes as they come in, and in lists.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::RouteNoteBody;
use crate::http::page_view;
use crate::learning_routes::model::RouteState;
use crate::learning_routes::rules::Referral;
use crate::learning_routes::service::{NewRoute, RouteChange, RouteSummary};
use crate::regulations::profile::RouteKind;
use crate::values::day;

/// Where a route stands in its life (состояние маршрута). New values may come.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RouteState)]
pub enum RouteStateDto {
    /// Being written.
    Draft,
    /// Passing its approval chain; nobody edits it.
    InReview,
    /// Sent back for rework, with a reason and a date.
    Rework,
    /// Approved, not in force yet.
    Approved,
    /// In force.
    Active,
    /// Fulfilled.
    Completed,
    /// Ended before it was fulfilled, with a reason.
    ClosedIncomplete,
    /// Refused by a decider.
    Rejected,
    /// Taken back.
    Withdrawn,
}

crate::values::mirror!(RouteStateDto => RouteState {
    Draft, InReview, Rework, Approved, Active, Completed, ClosedIncomplete, Rejected, Withdrawn,
});

/// A route to be started.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteCreate {
    /// The learner.
    pub person_id: Uuid,
    /// The school the route will belong to; only needed when the learner works at several organizations.
    pub organization_id: Option<Uuid>,
    /// The kind; absent: the usual one of the regulation.
    pub kind: Option<RouteKind>,
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Маршрут на 2026–2028 годы")]
    pub title: String,
    /// First day of the term.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day of the term. "1 September to 31 August" and "1 September to 1 September" both count as one year.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// What it is for; may be filled later.
    #[serde(default)]
    #[validate(nested)]
    pub note: RouteNoteBody,
    /// The ground on which the learner is sent to training, a code of the regulation (основание).
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "new_post")]
    pub ground: Option<String>,
    /// The category of teachers the route is made for, a code of the regulation (категория).
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "early_career")]
    pub category: Option<String>,
}

impl RouteCreate {
    /// As the use case takes it.
    pub fn to_new(&self) -> NewRoute {
        NewRoute {
            person_id: self.person_id,
            organization_id: self.organization_id,
            kind: self.kind,
            title: self.title.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            note: self.note.clone().into(),
            referral: Referral { ground: self.ground.clone(), category: self.category.clone() },
        }
    }
}

/// Title, term and note of a draft, replaced as a whole.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteUpdate {
    /// The kind; absent: it stays.
    pub kind: Option<RouteKind>,
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// First day of the term.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day of the term.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// What it is for; fields that are left out become empty.
    #[serde(default)]
    #[validate(nested)]
    pub note: RouteNoteBody,
    /// The ground on which the learner is sent to training, a code of the regulation (основание); absent: it names none.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "new_post")]
    pub ground: Option<String>,
    /// The category of teachers the route is made for, a code of the regulation (категория); absent: it names none.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "early_career")]
    pub category: Option<String>,
}

impl RouteUpdate {
    /// As the use case takes it.
    pub fn to_change(&self) -> RouteChange {
        RouteChange {
            kind: self.kind,
            title: self.title.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            note: self.note.clone().into(),
            referral: Referral { ground: self.ground.clone(), category: self.category.clone() },
        }
    }
}

/// A route in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteItem {
    /// The route's id.
    pub id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The school it belongs to.
    pub organization_id: Uuid,
    /// Its kind by the regulation.
    pub kind: RouteKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Where it stands.
    pub state: RouteStateDto,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// The curator who follows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curator_id: Option<Uuid>,
    /// It is in force and an activity is past its last day without completion.
    pub overdue: bool,
    /// The first day on which an activity of it was late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_since: Option<NaiveDate>,
    /// It was returned and its rework is to be done until that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework_due_on: Option<NaiveDate>,
}

impl From<RouteSummary> for RouteItem {
    fn from(summary: RouteSummary) -> Self {
        let route = summary.route;
        Self {
            id: route.id,
            person_id: route.person_id,
            organization_id: route.organization_id,
            kind: route.kind,
            title: route.title,
            state: route.state.into(),
            starts_on: route.starts_on,
            ends_on: route.ends_on,
            curator_id: route.curator_id,
            overdue: summary.overdue_since.is_some(),
            overdue_since: summary.overdue_since,
            rework_due_on: route.rework.map(|rework| rework.due_on),
        }
    }
}

page_view! {
    /// One page of routes, those that start last first.
    RoutePage of RouteItem
}

/// Which routes to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteQuery {
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<RouteStateDto>,
    /// Only of this municipality (its authority).
    pub municipality_id: Option<Uuid>,
    /// Only those that this curator follows.
    pub curator_id: Option<Uuid>,
    /// Only those that this tutor accompanies.
    pub tutor_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<RouteKind>,
    /// `true`: only routes in force with an activity past its last day; `false`: only the others.
    pub overdue: Option<bool>,
    /// `true`: only returned routes whose rework is late; `false`: only the others.
    pub rework_overdue: Option<bool>,
    /// `true`: only routes in force whose update of the running period is due by their regulation; `false`: only the
    /// others.
    pub update_due: Option<bool>,
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
