//! What travels about reviews.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Review, ReviewResult, ReviewState, ReviewVerdict, Score};
use crate::http::page_view;
use crate::registry::review_sheets::dto::ReviewKindDto;
use crate::values::day;

/// State of a review (состояние экспертизы).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewState)]
pub enum ReviewStateDto {
    /// The reviewer works on it.
    Assigned,
    /// Done; it never changes again.
    Completed,
    /// Taken back by its organizer.
    Withdrawn,
}

crate::values::mirror!(ReviewStateDto => ReviewState { Assigned, Completed, Withdrawn });

/// What a reviewer proposes (заключение эксперта).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewVerdict)]
pub enum ReviewVerdictDto {
    /// Into the registry.
    Recommend,
    /// Back to the provider; `conclusion` and `rework_due_on` are both required.
    Return,
    /// Not into the registry; `conclusion` is required.
    Reject,
}

crate::values::mirror!(ReviewVerdictDto => ReviewVerdict { Recommend, Return, Reject });

/// A reviewer to be assigned.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramReviewCreate {
    /// The program: submitted, or accepted with a submitted next version.
    pub program_id: Uuid,
    /// The sheet it is judged by.
    pub sheet_id: Uuid,
    /// The reviewer: a person with the role `reviewer`, neither an author of the program nor employed by its provider,
    /// a partner or whoever teaches one of its modules.
    pub reviewer_id: Uuid,
    /// Until when the review is expected.
    #[serde(default, deserialize_with = "day")]
    pub due_on: Option<NaiveDate>,
}

/// The score of one criterion (балл).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewScore {
    /// The criterion of the sheet.
    pub criterion_id: Uuid,
    /// The score, from 0 to the highest of the criterion.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100, example = 5)]
    pub score: i32,
    /// The remark; required where the score is low.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Нет планируемых результатов второго модуля")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// What the reviewer says (заключение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramReviewResult {
    /// What is proposed.
    pub verdict: ReviewVerdictDto,
    /// One score for each criterion of the sheet.
    #[validate(length(min = 1, max = 60), nested)]
    #[schema(min_items = 1, max_items = 60)]
    pub scores: Vec<ReviewScore>,
    /// In words; required to return and to reject.
    #[validate(length(min = 3, max = 5000))]
    #[schema(
        min_length = 3,
        max_length = 5000,
        example = "Программа соответствует профессиональному стандарту"
    )]
    pub conclusion: Option<String>,
    /// Until when the program is to be mended; required to return, refused otherwise.
    #[serde(default, deserialize_with = "day")]
    pub rework_due_on: Option<NaiveDate>,
}

impl From<ProgramReviewResult> for ReviewResult {
    fn from(body: ProgramReviewResult) -> Self {
        let score = |score: ReviewScore| Score {
            criterion_id: score.criterion_id,
            score: score.score,
            remark: score.remark.map(|remark| remark.trim().to_owned()),
        };
        Self {
            verdict: body.verdict.into(),
            scores: body.scores.into_iter().map(score).collect(),
            conclusion: body.conclusion.map(|words| words.trim().to_owned()),
            rework_due_on: body.rework_due_on,
        }
    }
}

/// Why a review is withdrawn.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramReviewWithdrawal {
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Эксперт в отпуске до конца месяца")]
    pub reason: String,
}

/// A review of a program (экспертиза программы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgramReview)]
pub struct ProgramReviewView {
    /// The review's id.
    pub id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// The version that is reviewed.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// The submission that is reviewed: a program handed in again is reviewed again.
    pub submitted_at: DateTime<Utc>,
    /// The kind of the review.
    pub kind: ReviewKindDto,
    /// The sheet it is judged by.
    pub sheet_id: Uuid,
    /// The reviewer; only the organizers and the reviewer see who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer_id: Option<Uuid>,
    /// State.
    pub state: ReviewStateDto,
    /// Until when it is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// What is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<ReviewVerdictDto>,
    /// The sum of the scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10_000)]
    pub total: Option<i32>,
    /// The scores, once it is completed.
    #[schema(max_items = 60)]
    pub scores: Vec<ReviewScore>,
    /// The conclusion in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 5000)]
    pub conclusion: Option<String>,
    /// Until when the program is to be mended, as the reviewer proposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework_due_on: Option<NaiveDate>,
    /// When it was completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl ProgramReviewView {
    /// The representation for a caller who may do `allowed_actions`, with or without the reviewer.
    pub fn new(review: Review, names_reviewer: bool, allowed_actions: Vec<String>) -> Self {
        let total = review.result.as_ref().map(ReviewResult::total);
        let verdict = review.result.as_ref().map(|result| result.verdict.into());
        let (scores, conclusion, rework_due_on) = match review.result {
            Some(result) => (result.scores, result.conclusion, result.rework_due_on),
            None => (Vec::new(), None, None),
        };
        let score = |score: Score| ReviewScore {
            criterion_id: score.criterion_id,
            score: score.score,
            remark: score.remark,
        };
        Self {
            id: review.id,
            program_id: review.program_id,
            edition: review.edition,
            submitted_at: review.submitted_at,
            kind: review.kind.into(),
            sheet_id: review.sheet_id,
            reviewer_id: names_reviewer.then_some(review.reviewer_id),
            state: review.state.into(),
            due_on: review.due_on,
            verdict,
            total,
            scores: scores.into_iter().map(score).collect(),
            conclusion,
            rework_due_on,
            completed_at: review.completed_at,
            reason: review.reason,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of reviews, newest first.
    ProgramReviewPage of ProgramReviewView
}

/// Which reviews to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgramReviewQuery {
    /// Only of this program.
    pub program_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<ReviewStateDto>,
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
