//! What a sheet of criteria is.

use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::names;
use crate::values::text;

names! {
    /// The kind of a review (вид экспертизы).
    pub enum ReviewKind {
        /// Professional and public review, профессионально-общественная экспертиза.
        ProfessionalPublic = "professional_public",
        /// The check of the body that keeps the registry.
        Keeper = "keeper",
    }
}

/// A criterion (критерий).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// The id.
    pub id: Uuid,
    /// What is judged.
    pub title: String,
    /// The highest score.
    pub max_score: i32,
    /// A score below this one needs a remark.
    pub remark_below: Option<i32>,
}

/// What is said of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetData {
    /// The kind of review it is for.
    pub kind: ReviewKind,
    /// Title.
    pub title: String,
    /// The least sum with which a program may be recommended.
    pub pass_score: i32,
    /// No new review uses it.
    pub retired: bool,
    /// The criteria in their order.
    pub criteria: Vec<Criterion>,
}

/// A sheet of criteria.
#[derive(Debug, Clone)]
pub struct ReviewSheet {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// What is said of it.
    pub data: SheetData,
    /// Row version.
    pub version: i64,
}

impl SheetData {
    /// Every rule that the sheet breaks by itself.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut wrong = |pointer: String, code: &'static str, ru: &'static str, en: &'static str| {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        };
        if text::is_blank(&self.title) {
            wrong("/title".to_owned(), "blank", "Название не может быть пустым", "The title cannot be blank");
        }
        for (index, criterion) in self.criteria.iter().enumerate() {
            let pointer = |field: &str| format!("/criteria/{index}/{field}");
            if text::is_blank(&criterion.title) {
                wrong(
                    pointer("title"),
                    "blank",
                    "Название не может быть пустым",
                    "The title cannot be blank",
                );
            }
            if self.criteria.iter().take(index).any(|other| other.title == criterion.title) {
                wrong(
                    pointer("title"),
                    "repeated",
                    "Такой критерий уже есть",
                    "The criterion is there twice",
                );
            }
            if criterion.remark_below.is_some_and(|score| score > criterion.max_score) {
                wrong(
                    pointer("remark_below"),
                    "range",
                    "Больше высшего балла",
                    "More than the highest score",
                );
            }
        }
        if self.pass_score > self.criteria.iter().map(|criterion| criterion.max_score).sum() {
            wrong(
                "/pass_score".to_owned(),
                "pass_score_unreachable",
                "Проходной балл больше суммы высших баллов",
                "No program can reach the score to pass",
            );
        }
        problems
    }

    /// Whether both judge by the same criteria, whatever their ids.
    pub fn judges_as(&self, other: &Self) -> bool {
        let plain = |data: &Self| -> Vec<_> {
            data.criteria.iter().map(|one| (one.title.clone(), one.max_score, one.remark_below)).collect()
        };
        self.kind == other.kind && self.pass_score == other.pass_score && plain(self) == plain(other)
    }
}
