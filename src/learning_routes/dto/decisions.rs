//! What travels with decisions on a route.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::error::Language;
use crate::http::ProblemField;
use crate::learning_routes::rules::Findings;
use crate::values::day;

/// What the regulation, and what is done already, say to handing a route or a revision of it in now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteSubmissionCheck {
    /// Nothing stands in the way: there are no errors.
    pub ready: bool,
    /// Violations that refuse the submission.
    #[schema(max_items = 1000)]
    pub errors: Vec<ProblemField>,
    /// Violations that are only reported.
    #[schema(max_items = 1000)]
    pub warnings: Vec<ProblemField>,
}

impl RouteSubmissionCheck {
    /// The findings in the words of that language.
    pub fn new(findings: &Findings, language: Language) -> Self {
        let view = |problems: &[crate::error::FieldProblem]| {
            problems.iter().map(|problem| ProblemField::new(problem, language)).collect()
        };
        Self {
            ready: findings.errors.is_empty(),
            errors: view(&findings.errors),
            warnings: view(&findings.warnings),
        }
    }
}

/// A mark of participation (отметка об участии).
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteParticipationCreate {
    /// Words.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// The completion of an activity.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteActivityCompletion {
    /// Day it was done: from the first day of the activity to today.
    #[serde(deserialize_with = "day")]
    pub completed_on: NaiveDate,
}

/// The end of a route that is not fulfilled.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteClosure {
    /// Why (причина).
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Перевод в другую организацию")]
    pub reason: String,
}
