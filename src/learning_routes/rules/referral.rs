//! On what ground the learner is sent to training, for which category the route is made, and who follows it.

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{PriorityPurpose, RouteProfile};

/// Ground and category of a route: codes of the regulation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Referral {
    /// The ground on which the learner is sent to training (P2-10).
    pub ground: Option<String>,
    /// The category the route is made for (P1-15).
    pub category: Option<String>,
}

/// A category that the learner holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCategory {
    /// Its code.
    pub code: String,
    /// Whether a difficulty that is not closed stands behind it.
    pub has_difficulty: bool,
}

/// What is wrong with ground and category, everything at once.
pub fn check_referral(asked: &Referral, held: &[HeldCategory], rules: &RouteProfile) -> Vec<FieldProblem> {
    ground(asked, rules).into_iter().chain(category(asked, held, rules)).collect()
}

fn ground(asked: &Referral, rules: &RouteProfile) -> Option<FieldProblem> {
    let code = asked.ground.as_deref()?;
    let rule = rules.people.grounds.as_ref();
    if rule.is_some_and(|rule| rule.grounds.iter().any(|ground| ground.code == code)) {
        return None;
    }
    let words = Text::new("Положение не знает такого основания", "The regulation does not know this ground");
    let paragraph = rule.and_then(|rule| rule.paragraph.as_deref());
    Some(FieldProblem::new("/ground", "ground_unknown", words).because("P2-10", paragraph))
}

fn category(asked: &Referral, held: &[HeldCategory], rules: &RouteProfile) -> Option<FieldProblem> {
    let code = asked.category.as_deref()?;
    let rule = rules.people.priority.as_ref();
    let paragraph = rule.and_then(|rule| rule.paragraph.as_deref());
    let problem = |name: &'static str, words| {
        Some(FieldProblem::new("/category", name, words).because("P1-15", paragraph))
    };
    let Some(known) = rule.and_then(|rule| rule.categories.iter().find(|known| known.code == code)) else {
        return problem(
            "category_unknown",
            Text::new("Положение не знает такой категории", "The regulation does not know this category"),
        );
    };
    let Some(held) = held.iter().find(|held| held.code == code) else {
        return problem(
            "category_not_held",
            Text::new("Педагог не относится к этой категории", "The learner does not hold this category"),
        );
    };
    if known.needs_difficulty && !held.has_difficulty {
        return problem("difficulty_required", difficulty_required());
    }
    None
}

/// The category counts only together with a difficulty.
pub const fn difficulty_required() -> Text {
    Text::new(
        "Категория учитывается только вместе с затруднением: укажите открытый дефицит",
        "The category counts only together with a difficulty: name an open deficit",
    )
}

/// A route that is handed in is made for somebody (P1-15) and followed by somebody (P1-50).
pub(super) fn submission(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    if let Some(rule) = &rules.people.priority
        && rule.purpose == PriorityPurpose::Addressees
        && draft.route.category.is_none()
    {
        let words = Text::new(
            "Программа разрабатывается для категорий педагогов: укажите категорию",
            "Programs are made for categories of teachers: name the category",
        );
        let problem = FieldProblem::new("/category", "category_missing", words);
        findings.add(rule.severity, problem.because("P1-15", rule.paragraph.as_deref()));
    }
    if let Some(rule) = &rules.people.curator
        && rule.required_on_route
        && draft.route.curator_id.is_none()
    {
        let words = Text::new("У программы нет куратора", "Nobody is in charge of the route");
        let problem = FieldProblem::new("/curator_id", "curator_missing", words);
        findings.error(problem.because("P1-50", rule.paragraph.as_deref()));
    }
}
