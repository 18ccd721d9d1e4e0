//! The parts a route consists of (P0-9, P1-39).

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{RoutePart, RoutePartRule, RouteProfile, RuleSeverity};

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let parts = &rules.content.parts;
    let Some(first) = parts.first() else { return };
    for rule in parts {
        if !draft
            .activities
            .iter()
            .any(|activity| activity.data.part.is_some_and(|part| belongs(parts, part, rule)))
        {
            let words = Text::owned(
                format!("Нет ни одного мероприятия части «{}»", rule.part.as_str()),
                format!("There is no activity in the part `{}`", rule.part.as_str()),
            );
            let problem = FieldProblem::new("/activities", "part_missing", words);
            findings.add(rule.severity, problem.because("P0-9", rule.paragraph.as_deref()));
        }
    }
    for (index, activity) in draft.activities.iter().enumerate() {
        if activity.data.part.is_none() {
            let words = Text::new("Укажите часть маршрута", "Name the part of the route");
            let problem = FieldProblem::new(format!("/activities/{index}/part"), "part_required", words);
            findings.add(RuleSeverity::Error, problem.because("P0-9", first.paragraph.as_deref()));
        }
    }
}

/// A line of an inner part is a line of the part around it as well.
fn belongs(parts: &[RoutePartRule], part: RoutePart, rule: &RoutePartRule) -> bool {
    part == rule.part || parts.iter().any(|inner| inner.part == part && inner.within == Some(rule.part))
}
