//! Where programs are chosen from, and what becomes of those outside the registry (P0-13, P4-14).

use super::super::model::RouteDraft;
use super::{Findings, RouteFacts};
use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::least_hours;
use crate::regulations::profile::{
    ActivityKind, OutsideRegistryPolicy, ProgramSource, RouteProfile, RuleSeverity,
};

pub(super) fn check(draft: &RouteDraft, facts: &RouteFacts, rules: &RouteProfile, findings: &mut Findings) {
    volume(draft, facts, findings);
    let Some(rule) = &rules.activities.program_choice else { return };
    let paragraph = rule.paragraph.as_deref();
    for (index, activity) in draft.activities.iter().enumerate() {
        let data = &activity.data;
        if data.kind == ActivityKind::Program
            && data.program_id.is_none()
            && rule.source == ProgramSource::Listed
        {
            let words = Text::new("Выберите программу из перечня", "Choose a program from the list");
            let problem =
                FieldProblem::new(format!("/activities/{index}/program_id"), "program_required", words);
            findings.error(problem.because("P0-13", paragraph));
        }
        if data.kind == ActivityKind::Module && !rule.single_modules {
            let words = Text::new(
                "Отдельные модули не выбираются: возьмите программу целиком",
                "Single modules are not chosen here: take the whole program",
            );
            let problem = FieldProblem::new(
                format!("/activities/{index}/module_id"),
                "single_modules_not_allowed",
                words,
            );
            findings.error(problem.because("P0-5", paragraph));
        }
        let severity = match rule.outside_registry {
            OutsideRegistryPolicy::Free => continue,
            OutsideRegistryPolicy::Flag => RuleSeverity::Warning,
            OutsideRegistryPolicy::Forbid => RuleSeverity::Error,
        };
        let outside =
            data.program_id.is_some_and(|id| !facts.programs.iter().any(|p| p.id == id && p.in_registry));
        if outside {
            let words =
                Text::new("Программы нет в действующем реестре", "The program is not in the active registry");
            let problem =
                FieldProblem::new(format!("/activities/{index}/program_id"), "outside_registry", words);
            findings.add(severity, problem.because("P4-14", paragraph));
        }
    }
}

/// A whole program is not taken for fewer hours than the law gives its kind: 16 and 250 (B1.1, P0-37).
fn volume(draft: &RouteDraft, facts: &RouteFacts, findings: &mut Findings) {
    for (index, activity) in draft.activities.iter().enumerate() {
        let data = &activity.data;
        if data.kind != ActivityKind::Program {
            continue;
        }
        let program = data.program_id.and_then(|id| facts.programs.iter().find(|program| program.id == id));
        let Some(least) = program.map(|program| least_hours(program.kind)) else { continue };
        if data.hours.is_some_and(|hours| hours < least) {
            let words = Text::owned(
                format!("Программа этого вида — не меньше {least} ч"),
                format!("A program of this kind has at least {least} hours"),
            );
            let pointer = format!("/activities/{index}/hours");
            findings.error(FieldProblem::new(pointer, "program_hours_too_few", words).because("P0-37", None));
        }
    }
}
