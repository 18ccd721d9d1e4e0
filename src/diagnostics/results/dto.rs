//! What travels about results.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::measure::ScoreItem;
use super::model::{CompetencyLevel, ProcedureScore, RecordedResult, ResultMode};
use super::service::{NewResult, ResultDetail};
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::CompetencyName;
use crate::diagnostics::instruments::dto::ProcedureDto;
use crate::directory::organizations::dto::OrganizationKindDto;
use crate::http::page_view;
use crate::values::day;

/// How diagnostics were held (формат диагностики).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticResultMode)]
pub enum ResultModeDto {
    /// Over the network (онлайн).
    Online,
    /// In person (очно).
    Offline,
}

crate::values::mirror!(ResultModeDto => ResultMode { Online, Offline });

/// A result to be recorded (результат диагностики).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticResultCreate {
    /// Whose result it is.
    pub person_id: Uuid,
    /// The published instrument used; it must serve the person's school.
    pub instrument_id: Uuid,
    /// Day of the diagnostics, not in the future.
    #[serde(deserialize_with = "day")]
    pub taken_on: NaiveDate,
    /// How it was held; the regulation may allow one mode only.
    pub mode: ResultModeDto,
    /// The organization that conducted it: the school, the owner of the instrument or that of the caller, which is
    /// meant when this is absent.
    pub conducted_by: Option<Uuid>,
    /// The result this one replaces: a result never changes. Of the same person and instrument.
    pub corrects_id: Option<Uuid>,
    /// The campaign it belongs to; the person takes part in it. A correction stays in the campaign of what it corrects.
    pub campaign_id: Option<Uuid>,
    /// The scores, at most one for each competency and procedure.
    #[validate(length(min = 1, max = 2_000), nested)]
    #[schema(min_items = 1, max_items = 2_000)]
    pub scores: Vec<ScoreCreate>,
}

/// A score given by one procedure (балл по процедуре). The competency is named by id or by code.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreCreate {
    /// The competency by id.
    pub competency_id: Option<Uuid>,
    /// The competency by its code in the framework of the instrument.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.1")]
    pub competency_code: Option<String>,
    /// The procedure that gave the score, one of the instrument's.
    pub procedure: ProcedureDto,
    /// The score, rounded to hundredths, at most the highest of the scale.
    #[validate(range(min = 0.0, max = 9_999.99))]
    #[schema(value_type = f64, minimum = 0, maximum = 9_999.99, example = 42)]
    pub score: Score,
}

impl From<ScoreCreate> for ScoreItem {
    fn from(score: ScoreCreate) -> Self {
        Self {
            competency_id: score.competency_id,
            competency_code: score.competency_code,
            procedure: score.procedure.into(),
            score: score.score,
        }
    }
}

impl From<DiagnosticResultCreate> for NewResult {
    fn from(body: DiagnosticResultCreate) -> Self {
        Self {
            person_id: body.person_id,
            instrument_id: body.instrument_id,
            taken_on: body.taken_on,
            mode: body.mode.into(),
            conducted_by: body.conducted_by,
            corrects_id: body.corrects_id,
            campaign_id: body.campaign_id,
            scores: body.scores.into_iter().map(Into::into).collect(),
        }
    }
}

/// A score given by one procedure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiagnosticScore)]
pub struct ScoreView {
    /// What was measured.
    pub competency_id: Uuid,
    /// Its code within its framework.
    #[schema(max_length = 64, example = "ПК-2.1")]
    pub competency_code: String,
    /// Its title.
    #[schema(max_length = 500, example = "Оценивание результатов")]
    pub competency_title: String,
    /// The procedure that gave the score.
    #[schema(max_length = 40, example = "test")]
    pub procedure: String,
    /// The score.
    #[schema(value_type = f64, minimum = 0, maximum = 9_999.99)]
    pub score: Score,
}

impl From<(CompetencyName, ProcedureScore)> for ScoreView {
    fn from((name, score): (CompetencyName, ProcedureScore)) -> Self {
        Self {
            competency_id: score.competency_id,
            competency_code: name.code,
            competency_title: name.title,
            procedure: score.procedure.as_str().to_owned(),
            score: score.score,
        }
    }
}

/// The level of one competency that follows from the scores (уровень владения компетенцией).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiagnosticLevel)]
pub struct LevelView {
    /// What was measured.
    pub competency_id: Uuid,
    /// Its code within its framework.
    #[schema(max_length = 64, example = "ПК-2.1")]
    pub competency_code: String,
    /// Its title.
    #[schema(max_length = 500, example = "Оценивание результатов")]
    pub competency_title: String,
    /// Mean of the procedures' scores, rounded to hundredths.
    #[schema(value_type = f64, minimum = 0, maximum = 9_999.99)]
    pub score: Score,
    /// The level by the instrument's cut points.
    #[schema(max_length = 100)]
    pub level: String,
    /// Whether the level is a deficit.
    pub is_deficit: bool,
}

impl From<(CompetencyName, CompetencyLevel)> for LevelView {
    fn from((name, level): (CompetencyName, CompetencyLevel)) -> Self {
        Self {
            competency_id: level.competency_id,
            competency_code: name.code,
            competency_title: name.title,
            score: level.score,
            level: level.level,
            is_deficit: level.is_deficit,
        }
    }
}

/// A diagnostic result in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticResultItem {
    /// The result's id.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The school of the person at the time.
    pub organization_id: Uuid,
    /// The instrument used.
    pub instrument_id: Uuid,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
    /// How it was held.
    pub mode: ResultModeDto,
    /// The organization that conducted it.
    pub conducted_by: Uuid,
    /// What kind of organization that is: a school, the coordinator, …
    pub conducted_by_kind: OrganizationKindDto,
    /// The result this one replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects_id: Option<Uuid>,
    /// The campaign it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<Uuid>,
    /// The result that replaces this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_by_id: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl From<RecordedResult> for DiagnosticResultItem {
    fn from(recorded: RecordedResult) -> Self {
        let result = recorded.result;
        Self {
            id: result.id,
            person_id: result.person_id,
            organization_id: result.organization_id,
            instrument_id: result.instrument_id,
            taken_on: result.taken_on,
            mode: result.mode.into(),
            conducted_by: result.conducted_by,
            conducted_by_kind: recorded.conducted_by_kind.into(),
            corrects_id: result.corrects_id,
            campaign_id: result.campaign_id,
            corrected_by_id: recorded.corrected_by_id,
            recorded_at: recorded.recorded_at,
        }
    }
}

/// A diagnostic result with its scores and levels (результат диагностики).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiagnosticResult)]
pub struct DiagnosticResultView {
    /// The result's id.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The school of the person at the time.
    pub organization_id: Uuid,
    /// The instrument used.
    pub instrument_id: Uuid,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
    /// How it was held.
    pub mode: ResultModeDto,
    /// The organization that conducted it.
    pub conducted_by: Uuid,
    /// What kind of organization that is: a school, the coordinator, …
    pub conducted_by_kind: OrganizationKindDto,
    /// The result this one replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects_id: Option<Uuid>,
    /// The campaign it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<Uuid>,
    /// The result that replaces this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_by_id: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The scores, one for each competency and procedure.
    #[schema(max_items = 2_000)]
    pub scores: Vec<ScoreView>,
    /// The resulting level of each competency.
    #[schema(max_items = 500)]
    pub levels: Vec<LevelView>,
    /// What the caller may do with it now: operationIds; recording another result corrects this one.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ResultDetail> for DiagnosticResultView {
    fn from(detail: ResultDetail) -> Self {
        let item = DiagnosticResultItem::from(detail.recorded);
        Self {
            id: item.id,
            person_id: item.person_id,
            organization_id: item.organization_id,
            instrument_id: item.instrument_id,
            taken_on: item.taken_on,
            mode: item.mode,
            conducted_by: item.conducted_by,
            conducted_by_kind: item.conducted_by_kind,
            corrects_id: item.corrects_id,
            campaign_id: item.campaign_id,
            corrected_by_id: item.corrected_by_id,
            recorded_at: item.recorded_at,
            scores: detail.scores.into_iter().map(Into::into).collect(),
            levels: detail.levels.into_iter().map(Into::into).collect(),
            allowed_actions: detail.allowed_actions,
        }
    }
}

page_view! {
    /// One page of diagnostic results, newest first.
    DiagnosticResultPage of DiagnosticResultItem
}

/// Which results of a person to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticResultQuery {
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
