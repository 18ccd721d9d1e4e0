//! What a review is, what its reviewer may say, and whether a program has passed.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::names;
use crate::registry::review_sheets::model::{ReviewKind, SheetData};
use crate::values::text;

names! {
    /// State of a review (состояние экспертизы).
    pub enum ReviewState {
        /// The reviewer works on it.
        Assigned = "assigned",
        /// Done; it never changes again.
        Completed = "completed",
        /// Taken back by its organizer.
        Withdrawn = "withdrawn",
    }

    /// What a reviewer proposes (заключение).
    pub enum ReviewVerdict {
        /// Into the registry.
        Recommend = "recommend",
        /// Back to the provider.
        Return = "return",
        /// Not into the registry.
        Reject = "reject",
    }
}

/// The score of one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The criterion.
    pub criterion_id: Uuid,
    /// The score.
    pub score: i32,
    /// The remark.
    pub remark: Option<String>,
}

/// What the reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewResult {
    /// What he proposes.
    pub verdict: ReviewVerdict,
    /// One score for each criterion of the sheet.
    pub scores: Vec<Score>,
    /// In words.
    pub conclusion: Option<String>,
    /// Until when the program is to be mended.
    pub rework_due_on: Option<NaiveDate>,
}

/// A review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// The version that is reviewed.
    pub edition: i32,
    /// The submission that is reviewed.
    pub submitted_at: DateTime<Utc>,
    /// The provider of the program.
    pub organization_id: Uuid,
    /// The municipality of the provider.
    pub municipality_id: Option<Uuid>,
    /// The sheet it is judged by.
    pub sheet_id: Uuid,
    /// The kind of the sheet.
    pub kind: ReviewKind,
    /// The reviewer.
    pub reviewer_id: Uuid,
    /// State.
    pub state: ReviewState,
    /// Until when it is expected.
    pub due_on: Option<NaiveDate>,
    /// What the reviewer says, once it is completed.
    pub result: Option<ReviewResult>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// Row version.
    pub version: i64,
}

impl ReviewResult {
    /// The sum of the scores.
    pub fn total(&self) -> i32 {
        self.scores.iter().map(|score| score.score).sum()
    }

    /// Everything that is wrong with it by the sheet.
    pub fn problems(&self, sheet: &SheetData, today: NaiveDate) -> Vec<FieldProblem> {
        let mut problems = self.score_problems(sheet);
        let mut wrong = |pointer: &str, code: &'static str, ru: &'static str, en: &'static str| {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        };
        let recommended = self.verdict == ReviewVerdict::Recommend;
        if recommended && self.total() < sheet.pass_score {
            wrong(
                "/verdict",
                "below_pass_score",
                "Сумма баллов меньше проходной: рекомендовать нельзя",
                "The scores do not reach the sum to pass: it cannot be recommended",
            );
        }
        if !recommended && self.conclusion.as_deref().is_none_or(text::is_blank) {
            wrong("/conclusion", "required", "Укажите причину", "Say why");
        }
        match (self.verdict, self.rework_due_on) {
            (ReviewVerdict::Return, None) => {
                wrong(
                    "/rework_due_on",
                    "required",
                    "Укажите срок доработки",
                    "Say until when it is to be mended",
                );
            }
            (ReviewVerdict::Return, Some(due_on)) if due_on < today => {
                wrong(
                    "/rework_due_on",
                    "in_the_past",
                    "Срок доработки уже прошёл",
                    "The date is in the past",
                );
            }
            (ReviewVerdict::Recommend | ReviewVerdict::Reject, Some(_)) => {
                wrong(
                    "/rework_due_on",
                    "not_allowed",
                    "Срок бывает только у доработки",
                    "Only a returned program has a date",
                );
            }
            _ => {}
        }
        problems
    }

    fn score_problems(&self, sheet: &SheetData) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (index, given) in self.scores.iter().enumerate() {
            let mut wrong = |field: &str, code: &'static str, words: Text| {
                problems.push(FieldProblem::new(format!("/scores/{index}/{field}"), code, words));
            };
            let Some(criterion) = sheet.criteria.iter().find(|known| known.id == given.criterion_id) else {
                let words = Text::new("Такого критерия в листе нет", "The sheet has no such criterion");
                wrong("criterion_id", "unknown", words);
                continue;
            };
            if self.scores.iter().take(index).any(|other| other.criterion_id == given.criterion_id) {
                let words = Text::new("Критерий оценён дважды", "The criterion is scored twice");
                wrong("criterion_id", "repeated", words);
            }
            let max = criterion.max_score;
            if given.score > max {
                let words = Text::owned(format!("Не больше {max}"), format!("{max} at most"));
                wrong("score", "above_max_score", words);
            }
            let low = criterion.remark_below.is_some_and(|least| given.score < least);
            if low && given.remark.as_deref().is_none_or(text::is_blank) {
                let words = Text::new("К такой оценке нужно замечание", "Such a score needs a remark");
                wrong("remark", "required", words);
            }
        }
        let missing =
            sheet.criteria.iter().filter(|known| !self.scores.iter().any(|it| it.criterion_id == known.id));
        for criterion in missing {
            let title = &criterion.title;
            let words =
                Text::owned(format!("Не оценён критерий «{title}»"), format!("No score of “{title}”"));
            problems.push(FieldProblem::new("/scores", "missing_score", words));
        }
        problems
    }
}

/// Whether a submission has passed the review of that kind: somebody reviewed it, nobody is still at it, and everybody
/// recommends it (P2-23).
pub fn has_passed(reviews: &[Review], kind: ReviewKind) -> bool {
    let mut counted = reviews
        .iter()
        .filter(|review| review.kind == kind && review.state != ReviewState::Withdrawn)
        .map(|review| review.result.as_ref().map(|result| result.verdict))
        .peekable();
    counted.peek().is_some() && counted.all(|verdict| verdict == Some(ReviewVerdict::Recommend))
}
