//! The note of a route as it travels.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::learning_routes::model::Note;
use crate::values::Hours;

/// What a route is for: explanatory note and context (пояснительная записка). Which fields must be filled when the
/// route is submitted, the regulation says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteNote)]
pub struct RouteNoteBody {
    /// Goal (цель).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Освоить методики смыслового чтения")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Expected final result (ожидаемый результат).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<String>,
    /// Form of the final report (форма итогового отчёта).
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_form: Option<String>,
    /// Form of realisation (форма реализации).
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000, example = "очно-заочная")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study_form: Option<String>,
    /// Description of the content (содержание).
    #[validate(length(min = 1, max = 8000))]
    #[schema(min_length = 1, max_length = 8000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Technologies (технологии).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technologies: Option<String>,
    /// Pace (темп).
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000, example = "4 часа в неделю")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<String>,
    /// Total time in academic hours as stated (общее время освоения).
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, multiple_of = 0.5, minimum = 0.5, maximum = 10000, example = 72)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_hours: Option<Hours>,
    /// Personal resources of the learner (личностные ресурсы).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal_resources: Option<String>,
    /// Pedagogical and managerial context of the school (контекст организации).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_context: Option<String>,
    /// Individual priorities of development (индивидуальные приоритеты).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priorities: Option<String>,
    /// Needs of the learner (образовательные потребности).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// Directions or problems of the training (направления, проблемы).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directions: Option<String>,
    /// Explanatory note: general aim (общая целевая направленность).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub general_aim: Option<String>,
    /// Explanatory note: difficulties and needs (характеристика затруднений и потребностей).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difficulties_and_needs: Option<String>,
    /// Explanatory note: goals of learning (цели обучения).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goals: Option<String>,
    /// Explanatory note: tasks (учебные задачи).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<String>,
    /// Expected product of the training, e.g. a set of lessons (продукт).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_product: Option<String>,
}

macro_rules! same_fields {
    ($($field:ident),+) => {
        impl From<RouteNoteBody> for Note {
            fn from(body: RouteNoteBody) -> Self {
                Self { $( $field: body.$field, )+ difficulties: body.difficulties_and_needs }
            }
        }

        impl From<Note> for RouteNoteBody {
            fn from(note: Note) -> Self {
                Self { $( $field: note.$field, )+ difficulties_and_needs: note.difficulties }
            }
        }
    };
}

same_fields!(
    goal,
    expected_result,
    report_form,
    study_form,
    content,
    technologies,
    pace,
    total_hours,
    personal_resources,
    school_context,
    priorities,
    needs,
    directions,
    general_aim,
    goals,
    tasks,
    expected_product
);
