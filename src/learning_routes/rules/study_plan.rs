//! The thematic study plan (P1-41).

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::RouteProfile;
use crate::values::Hours;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let route = &draft.route;
    let paragraph = rules.content.study_plan.as_ref().and_then(|rule| rule.paragraph.as_deref());
    for (index, row) in draft.study_plan.iter().enumerate() {
        if row.on_date < route.starts_on || row.on_date > route.ends_on {
            let words = Text::new("День вне срока маршрута", "The day lies outside the term of the route");
            let pointer = format!("/study_plan/{index}/on_date");
            let problem = FieldProblem::new(pointer, "study_plan_outside_term", words);
            findings.error(problem.because("P1-41", paragraph));
        }
    }
    let Some(rule) = &rules.content.study_plan else { return };
    if draft.study_plan.is_empty() {
        let words = Text::new("Нужен учебно-тематический план", "A thematic study plan is needed");
        let problem = FieldProblem::new("/study_plan", "study_plan_missing", words);
        findings.error(problem.because("P1-41", paragraph));
        return;
    }
    let planned: Hours = draft.study_plan.iter().map(|row| row.hours).sum();
    let hours: Hours = draft.activities.iter().filter_map(|activity| activity.data.hours).sum();
    if rule.hours_agree_with_activities && planned != hours {
        let words = Text::owned(
            format!("В плане {planned} ч, в мероприятиях {hours} ч"),
            format!("The plan has {planned} hours, the activities have {hours}"),
        );
        let problem = FieldProblem::new("/study_plan", "study_plan_hours_differ", words);
        findings.error(problem.because("P1-41", paragraph));
    }
}
