//! What a priority category is, and what is wrong with one.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::learning_routes::rules::difficulty_required;
use crate::regulations::profile::PriorityCategoriesRule;

/// A category as asked for.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// The school, when the teacher works at several.
    pub organization_id: Option<Uuid>,
    /// Code by the regulation.
    pub code: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// Words.
    pub note: Option<String>,
    /// The difficulties it rests on.
    pub deficit_ids: Vec<Uuid>,
}

/// That a teacher belongs to a category.
#[derive(Debug, Clone)]
pub struct Category {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// The teacher.
    pub person_id: Uuid,
    /// Code by the regulation.
    pub code: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// Words.
    pub note: Option<String>,
    /// The difficulties it rests on.
    pub deficit_ids: Vec<Uuid>,
    /// Row version.
    pub version: i64,
}

impl Category {
    /// Whether the teacher belongs to it on that day.
    pub fn lasts_on(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|until| until >= day)
    }
}

/// Everything that is wrong with it: `open` are the open deficits of the teacher.
pub fn problems(
    new: &NewCategory,
    open: &[Uuid],
    rule: Option<&PriorityCategoriesRule>,
) -> Vec<FieldProblem> {
    let paragraph = rule.and_then(|rule| rule.paragraph.as_deref());
    let mut problems = Vec::new();
    match rule.and_then(|rule| rule.categories.iter().find(|known| known.code == new.code)) {
        None => {
            let words =
                Text::new("Положение не знает такой категории", "The regulation does not know this category");
            problems.push(FieldProblem::new("/code", "category_unknown", words).because("P1-15", paragraph));
        }
        Some(known) if known.needs_difficulty && new.deficit_ids.is_empty() => {
            let problem = FieldProblem::new("/deficit_ids", "difficulty_required", difficulty_required());
            problems.push(problem.because("P1-15", known.paragraph.as_deref()));
        }
        Some(_) => {}
    }
    for (index, _) in new.deficit_ids.iter().enumerate().filter(|(_, id)| !open.contains(id)) {
        let words =
            Text::new("У педагога нет такого открытого дефицита", "The teacher has no such open deficit");
        problems.push(FieldProblem::new(format!("/deficit_ids/{index}"), "unknown", words));
    }
    if new.until.is_some_and(|until| until < new.since) {
        problems.push(out_of_order());
    }
    problems
}

/// The last day is before the first.
pub fn out_of_order() -> FieldProblem {
    let words = Text::new("Последний день раньше первого", "The last day is before the first");
    FieldProblem::new("/until", "dates_out_of_order", words)
}
