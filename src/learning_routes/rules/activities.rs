//! What the activities of a route are and how each is justified.

use super::super::model::{Activity, RouteDraft};
use super::Findings;
use super::content::required;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{
    ActivityBasis, ActivityKind, ActivityLinkTarget, ActivityLinksRule, ActivityScope, EventField, RoutePart,
    RouteProfile,
};
use crate::values::Hours;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    for (index, activity) in draft.activities.iter().enumerate() {
        kind_and_basis(index, activity, rules, findings);
        link(index, activity, rules, findings);
        details(index, activity, rules, findings);
    }
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

/// Problems and findings are named by the reason of the activity together with its words; needs so as well, or as
/// records.
fn is_linked(rule: &ActivityLinksRule, activity: &Activity) -> bool {
    let data = &activity.data;
    let justified = data.justification.as_deref().is_some_and(|words| !words.trim().is_empty());
    (rule.justification_instead && justified)
        || rule.targets.iter().any(|target| match target {
            ActivityLinkTarget::Deficit => !data.deficit_ids.is_empty(),
            ActivityLinkTarget::Need => {
                !data.need_ids.is_empty() || justified && data.reason == ActivityBasis::Need
            }
            ActivityLinkTarget::Problem => justified && data.reason == ActivityBasis::PersonalProblem,
            ActivityLinkTarget::OutcomeFinding => justified && data.reason == ActivityBasis::OutcomeFinding,
        })
}

fn details(index: usize, activity: &Activity, rules: &RouteProfile, findings: &mut Findings) {
    let data = &activity.data;
    let has_hours = data.hours.is_some_and(Hours::is_positive);
    if let Some(rule) = &rules.activities.hours_required
        && !has_hours
    {
        let problem =
            required(format!("/activities/{index}/hours")).because("P1-39", rule.paragraph.as_deref());
        findings.add(rule.severity, problem);
    }
    if let Some(rule) = &rules.activities.events
        && data.kind == ActivityKind::Event
    {
        for field in &rule.required_fields {
            let (filled, name) = match field {
                EventField::Hours => (has_hours, "hours"),
                EventField::Place => (data.place.is_some(), "place"),
                EventField::Level => (data.event_level.is_some(), "event_level"),
                EventField::Participation => (data.participation.is_some(), "participation"),
            };
            if !filled {
                let problem = required(format!("/activities/{index}/{name}"));
                findings.error(problem.because("P1-40", rule.paragraph.as_deref()));
            }
        }
    }
}
