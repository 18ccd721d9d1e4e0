//! The parts a route consists of (P0-9, P1-39).

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{RoutePart, RouteProfile, RuleSeverity};

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let parts = &rules.content.parts;
    let Some(first) = parts.first() else { return };
    for rule in parts {
        let inner = parts.iter().any(|part| part.within == Some(rule.part));
        // An outer part is there when one of its inner parts is, and those speak for themselves.
        if inner || draft.activities.iter().any(|activity| activity.data.part == Some(rule.part)) {
            continue;
        }
        let (ru, en) = title(rule.part);
        let words = Text::owned(
            format!("Нет ни одного мероприятия: {ru}"),
            format!("There is no activity of the {en}"),
        );
        let problem = FieldProblem::new("/activities", "part_missing", words);
        findings.add(rule.severity, problem.because("P0-9", rule.paragraph.as_deref()));
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
const fn title(part: RoutePart) -> (&'static str, &'static str) {
    match part {
        RoutePart::ProspectivePlan => {
            ("перспективный план повышения квалификации", "plan of advanced training")
        }
        RoutePart::CompetencePlan => {
            ("план повышения профессиональной компетентности", "plan of competence development")
        }
        RoutePart::Base => ("базовая часть", "base part"),
        RoutePart::Core => ("инвариантная часть", "core part"),
        RoutePart::Elective => ("вариативная часть", "elective part"),
    }
}
