//! What travels about applications.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Applicant, ApplicationPerson, NewApplication};
use super::service::{ApplicationFilter, ApplicationLine, ShownApplication};
use crate::http::page_view;
use crate::training::vocabulary::{ApplicationDecision, ApplicationKind, ApplicationState};

/// A person in an application.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Applicant)]
pub struct ApplicantBody {
    /// Who.
    pub person_id: Uuid,
    /// The planned activity of the person's route that the training fulfils (мероприятие маршрута).
    pub activity_id: Option<Uuid>,
}

/// An application to be submitted (заявка, заявление, направление).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationCreate {
    /// The open offering.
    pub offering_id: Uuid,
    /// Who applies.
    pub kind: ApplicationKind,
    /// The school the people come from; the caller's place of work by default.
    pub organization_id: Option<Uuid>,
    /// The ground of a referral (основание для направления); needed for `referral`.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "План методической работы на 2025/26 год, п. 4")]
    pub ground: Option<String>,
    /// Words to the provider.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Удобна первая половина дня")]
    pub note: Option<String>,
    /// For whom; they are accepted together or not at all. For `person` it may be left out: the caller.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    pub people: Vec<ApplicantBody>,
}

impl From<ApplicationCreate> for NewApplication {
    fn from(body: ApplicationCreate) -> Self {
        let applicant = |person: ApplicantBody| Applicant {
            person_id: person.person_id,
            activity_id: person.activity_id,
        };
        Self {
            offering_id: body.offering_id,
            kind: body.kind,
            organization_id: body.organization_id,
            ground: body.ground,
            comment: body.note,
            people: body.people.into_iter().map(applicant).collect(),
        }
    }
}

/// What the provider decides.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationDecide {
    /// What is decided.
    pub decision: ApplicationDecision,
    /// Why; needed for declining.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Группа для учителей начальных классов")]
    pub reason: Option<String>,
}

/// Taking an application back.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationWithdraw {
    /// Why, if there is anything to say.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Отпуск")]
    pub reason: Option<String>,
}

/// A person in an application.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationPerson)]
pub struct ApplicationPersonView {
    /// Who.
    pub person_id: Uuid,
    /// The name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The activity of the person's route that the training fulfils.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// When the person took notice of the referral.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The enrollment that followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
}

impl From<ApplicationPerson> for ApplicationPersonView {
    fn from(person: ApplicationPerson) -> Self {
        Self {
            person_id: person.person_id,
            full_name: person.name.to_string(),
            activity_id: person.activity_id,
            acknowledged_at: person.acknowledged_at,
            enrollment_id: person.enrollment_id,
        }
    }
}

/// An application for training (заявка, заявление, направление).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Application)]
pub struct ApplicationView {
    /// The application's id.
    pub id: Uuid,
    /// Who applies.
    pub kind: ApplicationKind,
    /// The offering.
    pub offering_id: Uuid,
    /// Its organiser, who decides.
    pub provider_id: Uuid,
    /// The school the people come from.
    pub organization_id: Uuid,
    /// The ground of a referral.
    #[schema(max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Words to the provider.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The people in it whom the caller may see.
    #[schema(max_items = 100)]
    pub people: Vec<ApplicationPersonView>,
    /// How many people are in it.
    #[schema(minimum = 1, maximum = 100)]
    pub people_count: i32,
    /// Where it stands.
    pub state: ApplicationState,
    /// Why it was declined or withdrawn; absent when the offering was over before anything was decided.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its place on the waiting list, from 1; absent when the free seats suffice for it or it is decided.
    #[schema(minimum = 1, maximum = 1_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_position: Option<i32>,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it was accepted or declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownApplication> for ApplicationView {
    fn from(shown: ShownApplication) -> Self {
        let application = shown.application;
        Self {
            id: application.id,
            kind: application.kind,
            offering_id: application.offering_id,
            provider_id: application.provider_id,
            organization_id: application.organization_id,
            ground: application.ground,
            note: application.comment,
            people: shown.people.into_iter().map(Into::into).collect(),
            people_count: application.people_count,
            state: application.state,
            reason: application.reason,
            waiting_position: shown.waiting_position,
            submitted_at: application.created_at,
            decided_at: application.decided_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// An application in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationItem {
    /// The application's id.
    pub id: Uuid,
    /// Who applies.
    pub kind: ApplicationKind,
    /// The offering.
    pub offering_id: Uuid,
    /// Its title.
    #[schema(max_length = 500)]
    pub offering_title: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Its organiser.
    pub provider_id: Uuid,
    /// The school the people come from.
    pub organization_id: Uuid,
    /// The ground of a referral.
    #[schema(max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// How many people are in it.
    #[schema(minimum = 1, maximum = 100)]
    pub people_count: i32,
    /// Where it stands.
    pub state: ApplicationState,
    /// Its place on the waiting list.
    #[schema(minimum = 1, maximum = 1_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_position: Option<i32>,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
}

impl From<ApplicationLine> for ApplicationItem {
    fn from(line: ApplicationLine) -> Self {
        Self {
            id: line.application.id,
            kind: line.application.kind,
            offering_id: line.application.offering_id,
            offering_title: line.offering.title,
            starts_on: line.offering.starts_on,
            ends_on: line.offering.ends_on,
            provider_id: line.application.provider_id,
            organization_id: line.application.organization_id,
            ground: line.application.ground,
            people_count: line.application.people_count,
            state: line.application.state,
            waiting_position: line.waiting_position,
            submitted_at: line.application.created_at,
        }
    }
}

page_view! {
    /// One page of applications, the newest first.
    ApplicationPage of ApplicationItem
}

/// Which applications to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApplicationQuery {
    /// Only for this offering.
    pub offering_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ApplicationKind>,
    /// Only in this state.
    pub state: Option<ApplicationState>,
    /// Only from this school.
    pub organization_id: Option<Uuid>,
    /// Only those that name this person.
    pub person_id: Option<Uuid>,
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

impl ApplicationQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> ApplicationFilter {
        ApplicationFilter {
            offering_id: self.offering_id,
            kind: self.kind,
            state: self.state,
            organization_id: self.organization_id,
            person_id: self.person_id,
        }
    }
}
