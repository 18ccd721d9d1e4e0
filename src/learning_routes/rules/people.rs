//! Whose route it may be, and who must have taken part in forming it.

use super::super::model::{Capacity, RouteDraft};
use super::{Findings, RouteFacts};
use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::learning_routes::working_groups::model::GroupLack;
use crate::regulations::profile::{DraftingMode, EmploymentKind, RouteProfile, RuleSeverity};

/// Kinds of employment and posts of the learner (P1-16, P4-3).
pub(super) fn learner(facts: &RouteFacts, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.people.learners else { return };
    let paragraph = rule.paragraph.as_deref();
    let kind_fits = |kind| rule.employment_kinds.is_empty() || rule.employment_kinds.contains(&kind);
    if !facts.learner.iter().any(|work| kind_fits(work.kind)) {
        let code = if rule.employment_kinds == [EmploymentKind::Staff] {
            "not_staff"
        } else {
            "employment_kind_not_allowed"
        };
        let words = Text::new(
            "Маршрут разрабатывается не для этого вида занятости",
            "There are no routes for this kind of employment",
        );
        findings.error(FieldProblem::new("/person_id", code, words).because("P1-16", paragraph));
    }
    if !rule.positions.is_empty() && !facts.learner.iter().any(|work| rule.positions.contains(&work.position))
    {
        let words =
            Text::new("Маршрут разрабатывается не для этой должности", "There are no routes for this post");
        findings
            .error(FieldProblem::new("/person_id", "position_not_allowed", words).because("P4-3", paragraph));
    }
}

/// Marks of participation that the regulation asks for before approval (P4-11, P2-29).
pub(super) fn participation(
    draft: &RouteDraft,
    facts: &RouteFacts,
    rules: &RouteProfile,
    findings: &mut Findings,
) {
    let learner = draft.has_participant(Capacity::Learner);
    if let Some(rule) = &rules.people.learner_consent
        && !learner
    {
        let words = Text::new(
            "Нет отметки об участии педагога в разработке",
            "The learner's mark of participation is missing",
        );
        // A step of the chain will ask for the consent: nothing is approved without it.
        let severity = if facts.consent_step { RuleSeverity::Warning } else { rule.severity };
        let problem = FieldProblem::new("/participants", "learner_participation_missing", words);
        findings.add(severity, problem.because("P4-11", rule.paragraph.as_deref()));
    }
    if let Some(rule) = &rules.people.drafters
        && rule.mode == DraftingMode::Joint
    {
        let others =
            rule.roles.iter().filter(|role| **role != Role::Teacher).filter_map(|r| Capacity::of_role(*r));
        if !(learner && others.into_iter().any(|capacity| draft.has_participant(capacity))) {
            let words = Text::new(
                "Совместная разработка: нужны отметки обеих сторон",
                "The route is drafted jointly: both sides have to mark their part",
            );
            let problem = FieldProblem::new("/participants", "joint_participation_missing", words);
            findings.error(problem.because("P2-29", rule.paragraph.as_deref()));
        }
    }
}

/// The working group that develops it is set by an act that names it (P1-20), and its rules of work by another (P1-22).
pub(super) fn working_group(facts: &RouteFacts, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.people.working_group else { return };
    for lack in &facts.group_lacks {
        let (words, requirement) = match lack {
            GroupLack::Act => (
                Text::new("Группа разработчиков не создана приказом", "No act sets the working group up"),
                "P1-20",
            ),
            GroupLack::RouteInAct => (
                Text::new(
                    "Приказ о группе разработчиков не называет эту программу",
                    "The act of the working group does not name this program",
                ),
                "P1-20",
            ),
            GroupLack::WorkRegulation => (
                Text::new(
                    "Регламент работы группы разработчиков не утверждён приказом",
                    "No act sets the rules of work of the working group",
                ),
                "P1-22",
            ),
        };
        let problem = FieldProblem::new("/people/working_group_id", "group_inactive", words);
        findings.error(problem.because(requirement, rule.paragraph.as_deref()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    #[test]
    fn an_inactive_group_is_told_with_everything_it_lacks() {
        let rules = |preset: &str| Preset::find(preset).unwrap().load().unwrap().profile().route.clone();
        let told = |lacks: &[GroupLack], preset: &str| {
            let facts = RouteFacts { group_lacks: lacks.to_vec(), ..RouteFacts::default() };
            let mut findings = Findings::default();
            working_group(&facts, &rules(preset), &mut findings);
            findings.errors
        };
        let grozny = "p1-grozny-school-91";
        assert!(told(&[], grozny).is_empty());
        let found = told(&[GroupLack::Act, GroupLack::WorkRegulation], grozny);
        assert!(found.iter().all(|problem| problem.code == "group_inactive"));
        assert_eq!(found.len(), 2);
        assert!(told(&[GroupLack::Act], "p0-chelyabinsk-school").is_empty());
    }
}
