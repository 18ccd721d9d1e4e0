//! What the activities of a route are and how each is justified.

use super::super::model::{Activity, RouteDraft, WorkMode};
use super::Findings;
use super::content::required;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{
    ActivityKind, ActivityLinkTarget, ActivityLinksRule, ActivityScope, RoutePart, RouteProfile,
};
use crate::values::Hours;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    for (index, activity) in draft.activities.iter().enumerate() {
        kind_and_basis(index, activity, rules, findings);
        link(index, activity, rules, findings);
        details(index, activity, rules, findings);
    }
    self_education(draft, rules, findings);
}

fn kind_and_basis(index: usize, activity: &Activity, rules: &RouteProfile, findings: &mut Findings) {
    if let Some(rule) = &rules.activities.kinds
        && !rule.kinds.contains(&activity.data.kind)
    {
        let words = Text::new(
            "Положение не предусматривает такой вид мероприятия",
            "The regulation does not name this kind of activity",
        );
        let problem =
            FieldProblem::new(format!("/activities/{index}/kind"), "activity_kind_not_allowed", words);
        findings.error(problem.because("P1-24", rule.paragraph.as_deref()));
    }
    if let Some(rule) = &rules.activities.bases
        && !rule.bases.contains(&activity.data.reason)
    {
        let words = Text::new(
            "Положение не предусматривает такое основание",
            "The regulation does not name this reason",
        );
        let problem =
            FieldProblem::new(format!("/activities/{index}/reason"), "activity_reason_not_allowed", words);
        findings.error(problem.because("P0-1", rule.paragraph.as_deref()));
    }
}

/// An activity answers something, or says in words why it is there (P0-11, P1-24).
fn link(index: usize, activity: &Activity, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.activities.links else { return };
    let in_scope = match rule.scope {
        ActivityScope::All => true,
        ActivityScope::Elective => activity.data.part == Some(RoutePart::Elective),
    };
    if in_scope && !is_linked(rule, activity) {
        let words = if rule.justification_instead {
            Text::new(
                "Укажите дефицит или потребность, на которые отвечает мероприятие, или обоснование",
                "Name the deficit or need the activity answers, or justify it in words",
            )
        } else {
            Text::new("Укажите, на что отвечает мероприятие", "Name what the activity answers")
        };
        let problem =
            FieldProblem::new(format!("/activities/{index}/deficit_ids"), "deficit_link_required", words);
        findings.add(rule.severity, problem.because("P0-11", rule.paragraph.as_deref()));
    }
}

/// One link to what the regulation names suffices; where it allows so, words of justification replace it.
fn is_linked(rule: &ActivityLinksRule, activity: &Activity) -> bool {
    let data = &activity.data;
    let justified = data.justification.as_deref().is_some_and(|words| !words.trim().is_empty());
    (rule.justification_instead && justified)
        || rule.targets.iter().any(|target| match target {
            ActivityLinkTarget::Deficit => !data.deficit_ids.is_empty(),
            ActivityLinkTarget::Need => !data.need_ids.is_empty(),
            ActivityLinkTarget::Problem => !data.problem_ids.is_empty(),
            ActivityLinkTarget::OutcomeFinding => !data.finding_ids.is_empty(),
        })
}

/// Hours of each activity, content of self-education, mode and group of methodical work.
fn details(index: usize, activity: &Activity, rules: &RouteProfile, findings: &mut Findings) {
    let data = &activity.data;
    if let Some(rule) = &rules.activities.hours_required
        && !data.hours.is_some_and(Hours::is_positive)
    {
        let problem =
            required(format!("/activities/{index}/hours")).because("P1-39", rule.paragraph.as_deref());
        findings.add(rule.severity, problem);
    }
    if let Some(rule) = &rules.activities.self_education
        && data.kind == ActivityKind::SelfEducation
        && data.content.as_deref().is_none_or(|content| content.trim().is_empty())
    {
        let words =
            Text::new("Опишите содержание самообразования", "Describe the content of the self-education");
        let problem = FieldProblem::new(format!("/activities/{index}/content"), "content_required", words);
        findings.add(rule.severity, problem.because("P1-4", rule.paragraph.as_deref()));
    }
    if let Some(rule) = &rules.activities.methodical_work
        && data.kind == ActivityKind::MethodicalWork
    {
        let paragraph = rule.paragraph.as_deref();
        match data.work_mode {
            None => {
                let words = Text::new(
                    "Укажите: индивидуально или в творческой группе",
                    "Say whether it is done alone or in a creative group",
                );
                let pointer = format!("/activities/{index}/work_mode");
                let problem = FieldProblem::new(pointer, "work_mode_required", words);
                findings.add(rule.severity, problem.because("P0-19", paragraph));
            }
            Some(WorkMode::CreativeGroup) if data.group_title.is_none() => {
                let words = Text::new("Назовите творческую группу", "Name the creative group");
                let pointer = format!("/activities/{index}/group_title");
                let problem = FieldProblem::new(pointer, "group_title_required", words);
                findings.add(rule.severity, problem.because("P0-19", paragraph));
            }
            Some(_) => {}
        }
    }
}

/// Where the regulation counts on it, the route has some self-education (P1-4).
fn self_education(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = rules.activities.self_education.as_ref().filter(|rule| rule.required) else { return };
    if !draft.activities.iter().any(|activity| activity.data.kind == ActivityKind::SelfEducation) {
        let words = Text::new("В маршруте нет самообразования", "The route has no self-education");
        let problem = FieldProblem::new("/activities", "self_education_missing", words);
        findings.add(rule.severity, problem.because("P1-4", rule.paragraph.as_deref()));
    }
}
