//! What travels about instruments.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CutPoint, Instrument, Procedure, Scale};
use super::scales::ScaleItem;
use super::service::{InstrumentDetail, InstrumentDraft};
use super::store::Filter;
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::dto::PublicationStateDto;
use crate::http::page_view;

/// An assessment procedure (процедура оценки).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticProcedure)]
pub enum ProcedureDto {
    /// A test (тестирование).
    Test,
    /// Observation of lessons (наблюдение).
    Observation,
    /// Self-assessment (самооценка).
    SelfAssessment,
    /// Assessment by experts (экспертная оценка).
    Expert,
}

crate::values::mirror!(ProcedureDto => Procedure { Test, Observation, SelfAssessment, Expert });

/// An instrument to be added, with its scales.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentCreate {
    /// The organization that developed it; a school may own one. Cannot be changed later.
    pub owner_id: Uuid,
    /// What it is.
    #[validate(nested)]
    pub data: InstrumentBody,
}

/// What an instrument is.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InstrumentData)]
pub struct InstrumentBody {
    /// The published framework it measures.
    pub framework_id: Uuid,
    /// Short code, unique for the owner together with the edition.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "assessment-2026")]
    pub code: String,
    /// Title (наименование инструмента).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Диагностика оценочной компетенции учителя")]
    pub title: String,
    /// Edition (редакция), from 1; results keep theirs.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, example = 1)]
    pub edition: i32,
    /// Its assessment procedures, each once.
    #[validate(length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub procedures: Vec<ProcedureDto>,
    /// How much each procedure counts in the level; one that is not named weighs 1.
    #[serde(default)]
    #[validate(length(max = 4), nested)]
    #[schema(max_items = 4)]
    pub procedure_weights: Vec<ProcedureWeight>,
    /// The published version that this one replaces: of the same owner and code, with a lower edition.
    pub supersedes_id: Option<Uuid>,
    /// What it measures, each competency once.
    #[validate(length(min = 1, max = 500), nested)]
    #[schema(min_items = 1, max_items = 500)]
    pub scales: Vec<ScaleCreate>,
}

/// What an instrument measures, on which scale (шкала).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleCreate {
    /// Code of the competency in the framework.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.1")]
    pub competency_code: String,
    /// Highest score, rounded to hundredths.
    #[validate(range(min = 0.01, max = 9_999.99))]
    #[schema(value_type = f64, minimum = 0.01, maximum = 9_999.99, example = 100)]
    pub max_score: Score,
    /// Weight of the competency, rounded to hundredths; heavier deficits come first.
    #[validate(range(min = 0.01, max = 999.99))]
    #[schema(value_type = f64, minimum = 0.01, maximum = 999.99, example = 1)]
    pub weight: Score,
    /// Its levels, lowest first; the first begins at 0, each of the others above the one before it, and none is a graver
    /// deficit than that.
    #[validate(length(min = 1, max = 20), nested)]
    #[schema(min_items = 1, max_items = 20)]
    pub cut_points: Vec<CutPointView>,
}

/// How much a procedure weighs (вес процедуры).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureWeight {
    /// One of the instrument's procedures.
    pub procedure: ProcedureDto,
    /// Its weight, rounded to hundredths.
    #[validate(range(min = 0.01, max = 999.99))]
    #[schema(value_type = f64, minimum = 0.01, maximum = 999.99, example = 1)]
    pub weight: Score,
}

/// From which score a level begins (пороговый балл).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CutPoint)]
pub struct CutPointView {
    /// Name of the level, unique in the scale.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "high_deficit")]
    pub level: String,
    /// Lowest score of the level, rounded to hundredths.
    #[validate(range(min = 0.0, max = 9_999.99))]
    #[schema(value_type = f64, minimum = 0, maximum = 9_999.99, example = 0)]
    pub from_score: Score,
    /// Where it ends: the lowest score of the next level, for the last one the highest score of the scale. May be left
    /// out; where it is given, holes and overlaps are refused.
    #[validate(range(min = 0.0, max = 9_999.99))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 9_999.99, example = 40)]
    pub until_score: Option<Score>,
    /// Whether the level is a deficit.
    #[schema(example = true)]
    pub is_deficit: bool,
    /// How grave the deficit is: 1 slight, 3 gravest; 0 when the level is no deficit.
    #[validate(range(min = 0, max = 3))]
    #[schema(minimum = 0, maximum = 3, example = 3)]
    pub severity: i16,
}

impl From<CutPointView> for CutPoint {
    fn from(cut: CutPointView) -> Self {
        Self {
            level: cut.level,
            from_score: cut.from_score,
            is_deficit: cut.is_deficit,
            severity: cut.severity,
        }
    }
}

impl CutPointView {
    fn new((cut, until): (CutPoint, Score)) -> Self {
        Self {
            level: cut.level,
            from_score: cut.from_score,
            until_score: Some(until),
            is_deficit: cut.is_deficit,
            severity: cut.severity,
        }
    }
}

impl From<ScaleCreate> for ScaleItem {
    fn from(scale: ScaleCreate) -> Self {
        Self {
            competency_code: scale.competency_code,
            max_score: scale.max_score,
            weight: scale.weight,
            until: scale.cut_points.iter().map(|cut| cut.until_score).collect(),
            cut_points: scale.cut_points.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<InstrumentBody> for InstrumentDraft {
    fn from(body: InstrumentBody) -> Self {
        Self {
            framework_id: body.framework_id,
            code: body.code,
            title: body.title,
            edition: body.edition,
            procedures: body.procedures.into_iter().map(Into::into).collect(),
            procedure_weights: body
                .procedure_weights
                .into_iter()
                .map(|part| (part.procedure.into(), part.weight))
                .collect(),
            supersedes_id: body.supersedes_id,
            scales: body.scales.into_iter().map(Into::into).collect(),
        }
    }
}

/// What an instrument measures, on which scale.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scale)]
pub struct ScaleView {
    /// The competency measured.
    pub competency_id: Uuid,
    /// Highest score.
    #[schema(value_type = f64, minimum = 0.01, maximum = 9_999.99)]
    pub max_score: Score,
    /// Weight of the competency.
    #[schema(value_type = f64, minimum = 0.01, maximum = 999.99)]
    pub weight: Score,
    /// Its levels, lowest first.
    #[schema(max_items = 20)]
    pub cut_points: Vec<CutPointView>,
}

impl From<Scale> for ScaleView {
    fn from(scale: Scale) -> Self {
        let begins = scale.cut_points.iter().skip(1).map(|cut| cut.from_score);
        let ends: Vec<Score> = begins.chain([scale.max_score]).collect();
        Self {
            competency_id: scale.competency_id,
            max_score: scale.max_score,
            weight: scale.weight,
            cut_points: scale.cut_points.into_iter().zip(ends).map(CutPointView::new).collect(),
        }
    }
}

/// A diagnostic instrument (диагностический инструмент) with its scales.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Instrument)]
pub struct InstrumentView {
    /// The instrument's id.
    pub id: Uuid,
    /// The organization that developed it.
    pub owner_id: Uuid,
    /// The framework it measures.
    pub framework_id: Uuid,
    /// Short code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Edition, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Its assessment procedures.
    #[schema(max_items = 4)]
    pub procedures: Vec<ProcedureDto>,
    /// How much each procedure counts in the level.
    #[schema(max_items = 4)]
    pub procedure_weights: Vec<ProcedureWeight>,
    /// The version it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes_id: Option<Uuid>,
    /// Whether it may still be changed.
    pub state: PublicationStateDto,
    /// What it measures, heaviest first.
    #[schema(max_items = 500)]
    pub scales: Vec<ScaleView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<InstrumentDetail> for InstrumentView {
    fn from(detail: InstrumentDetail) -> Self {
        let item = InstrumentItem::from(detail.instrument);
        Self {
            id: item.id,
            owner_id: item.owner_id,
            framework_id: item.framework_id,
            code: item.code,
            title: item.title,
            edition: item.edition,
            procedures: item.procedures,
            procedure_weights: item.procedure_weights,
            supersedes_id: item.supersedes_id,
            state: item.state,
            scales: detail.scales.into_iter().map(Into::into).collect(),
            allowed_actions: detail.allowed_actions,
        }
    }
}

/// A diagnostic instrument in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentItem {
    /// The instrument's id.
    pub id: Uuid,
    /// The organization that developed it.
    pub owner_id: Uuid,
    /// The framework it measures.
    pub framework_id: Uuid,
    /// Short code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Edition, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Its assessment procedures.
    #[schema(max_items = 4)]
    pub procedures: Vec<ProcedureDto>,
    /// How much each procedure counts in the level.
    #[schema(max_items = 4)]
    pub procedure_weights: Vec<ProcedureWeight>,
    /// The version it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes_id: Option<Uuid>,
    /// Whether it may still be changed.
    pub state: PublicationStateDto,
}

impl From<Instrument> for InstrumentItem {
    fn from(instrument: Instrument) -> Self {
        let weighed = |procedure: &Procedure| ProcedureWeight {
            procedure: (*procedure).into(),
            weight: instrument.weight_of(*procedure),
        };
        let procedure_weights = instrument.procedures.iter().map(weighed).collect();
        Self {
            id: instrument.id,
            owner_id: instrument.owner.id,
            framework_id: instrument.framework_id,
            code: instrument.code,
            title: instrument.title,
            edition: instrument.edition,
            procedure_weights,
            procedures: instrument.procedures.into_iter().map(Into::into).collect(),
            supersedes_id: instrument.supersedes_id,
            state: instrument.state.into(),
        }
    }
}

page_view! {
    /// One page of instruments, by title.
    InstrumentPage of InstrumentItem
}

/// Which instruments to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InstrumentQuery {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<PublicationStateDto>,
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

impl From<&InstrumentQuery> for Filter {
    fn from(query: &InstrumentQuery) -> Self {
        Self { owner_id: query.owner_id, state: query.state.map(Into::into) }
    }
}
