//! What travels about enrollments from the server.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page_view;
use crate::regulations::profile::RuleSeverity;
use crate::training::enrollments::model::{Enrollment, EnrollmentStage, attended, is_left_out};
use crate::training::enrollments::service::{EnrollmentLine, ShownEnrollment};
use crate::training::vocabulary::{EnrollmentState, StageOutcome, TrainingStageKind};
use crate::values::Hours;

/// How far a person has come in a stage (этап обучения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EnrollmentStage)]
pub struct EnrollmentStageView {
    /// Order, from 1.
    #[schema(minimum = 1, maximum = 30)]
    pub position: i32,
    /// What it is.
    pub kind: TrainingStageKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Volume in academic hours.
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Academic hours attended.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 5000, multiple_of = 0.5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attended_hours: Option<Hours>,
    /// Whether its content is mastered.
    pub outcome: StageOutcome,
    /// Mastered, and attended as a whole: only then it counts.
    pub full: bool,
    /// Result in the organiser's words.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Remark.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<DateTime<Utc>>,
}

impl EnrollmentStageView {
    /// The stage of an enrollment whose stages without a volume were attended in part, or not.
    fn new(stage: EnrollmentStage, left_out: bool) -> Self {
        Self {
            full: stage.is_full(left_out),
            position: stage.position,
            kind: stage.kind,
            title: stage.title,
            hours: stage.hours,
            attended_hours: stage.attended_hours,
            outcome: stage.outcome,
            grade: stage.grade,
            note: stage.remark,
            recorded_at: stage.recorded_at,
        }
    }
}

/// The contract that the regulation demands and that is missing (нет договора).
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingContract {
    /// How seriously the regulation takes it.
    pub severity: RuleSeverity,
    /// The paragraph of the regulation.
    #[schema(max_length = 50)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
}

/// A person in training (зачисление).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Enrollment)]
pub struct EnrollmentView {
    /// The enrollment's id.
    pub id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// The offering.
    pub offering_id: Uuid,
    /// Its organiser.
    pub provider_id: Uuid,
    /// The application it follows from.
    pub application_id: Uuid,
    /// The program learnt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The version of the program it began with and keeps.
    #[schema(minimum = 1, maximum = 100_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_version: Option<i32>,
    /// The single module learnt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The activity of the person's route that it fulfils.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// The contract that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<Uuid>,
    /// The regulation of the school demands a contract, and there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_contract: Option<MissingContract>,
    /// The credential that was issued for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// Title as it began.
    #[schema(max_length = 500)]
    pub title: String,
    /// Volume in academic hours as it began.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Academic hours attended, as far as they are recorded.
    #[schema(value_type = f64, minimum = 0, maximum = 10_000, multiple_of = 0.5)]
    pub attended_hours: Hours,
    /// Where it stands.
    pub state: EnrollmentState,
    /// Why it failed or was withdrawn.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its stages in order.
    #[schema(max_items = 30)]
    pub stages: Vec<EnrollmentStageView>,
    /// Day learning began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Day it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// When the person was enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownEnrollment> for EnrollmentView {
    fn from(shown: ShownEnrollment) -> Self {
        let enrollment = shown.enrollment;
        let left_out = is_left_out(&shown.stages, enrollment.hours);
        let missing = |(severity, paragraph)| MissingContract { severity, paragraph };
        Self {
            id: enrollment.id,
            person_id: enrollment.person_id,
            full_name: shown.name.to_string(),
            organization_id: enrollment.organization_id,
            offering_id: enrollment.offering_id,
            provider_id: enrollment.provider_id,
            application_id: enrollment.application_id,
            program_id: enrollment.program_id,
            program_version: enrollment.program_version,
            module_id: enrollment.module_id,
            activity_id: enrollment.activity_id,
            contract_id: enrollment.contract_id,
            missing_contract: shown.missing_contract.map(missing),
            credential_id: enrollment.credential_id,
            title: enrollment.title,
            hours: enrollment.hours,
            attended_hours: attended(&shown.stages),
            state: enrollment.state,
            reason: enrollment.reason,
            stages: shown.stages.into_iter().map(|stage| EnrollmentStageView::new(stage, left_out)).collect(),
            started_on: enrollment.started_on,
            ended_on: enrollment.ended_on,
            enrolled_at: enrollment.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// An enrollment in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnrollmentItem {
    /// The enrollment's id.
    pub id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// The offering.
    pub offering_id: Uuid,
    /// Its organiser.
    pub provider_id: Uuid,
    /// The activity of the person's route that it fulfils.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Volume in academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Where it stands.
    pub state: EnrollmentState,
    /// Day learning began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Day it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
}

impl From<EnrollmentLine> for EnrollmentItem {
    fn from(line: EnrollmentLine) -> Self {
        let enrollment: Enrollment = line.enrollment;
        Self {
            id: enrollment.id,
            person_id: enrollment.person_id,
            full_name: line.name.to_string(),
            organization_id: enrollment.organization_id,
            offering_id: enrollment.offering_id,
            provider_id: enrollment.provider_id,
            activity_id: enrollment.activity_id,
            title: enrollment.title,
            hours: enrollment.hours,
            state: enrollment.state,
            started_on: enrollment.started_on,
            ended_on: enrollment.ended_on,
        }
    }
}

page_view! {
    /// One page of enrollments, the newest first.
    EnrollmentPage of EnrollmentItem
}
