//! What a route must say: note, fields, final report, evidence, diagnostics.

use super::super::model::RouteDraft;
use super::{Findings, RouteFacts};
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{RouteEvidenceKind, RouteField, RouteMoment, RouteProfile};

pub(super) fn check(draft: &RouteDraft, facts: &RouteFacts, rules: &RouteProfile, findings: &mut Findings) {
    let content = &rules.content;
    for rule in &content.note_fields {
        if !draft.note.has_note_field(rule.field) {
            let pointer = format!("/note/{}", rule.field.as_str());
            findings.error(required(pointer).because("P1-38", rule.paragraph.as_deref()));
        }
    }
    for rule in &content.fields {
        if !has_field(draft, rule.field) {
            let problem =
                required(pointer(rule.field)).because(source(rule.field), rule.paragraph.as_deref());
            findings.add(rule.severity, problem);
        }
    }
    if let Some(rule) = &content.final_report {
        for (present, pointer) in [
            (draft.note.has_field(RouteField::ExpectedResults), "/note/expected_result"),
            (
                Some(draft.note.report_form.as_deref().is_some_and(|form| !form.trim().is_empty())),
                "/note/report_form",
            ),
        ] {
            if present == Some(false) {
                findings.add(rule.severity, required(pointer).because("P1-26", rule.paragraph.as_deref()));
            }
        }
    }
    evidence(draft, facts, rules, findings);
}

/// A result of diagnostics, where the regulation asks for one at that moment (P4-13).
pub(super) fn diagnostics(
    facts: &RouteFacts,
    rules: &RouteProfile,
    moment: RouteMoment,
    findings: &mut Findings,
) {
    let Some(rule) = &rules.content.diagnostics else { return };
    if rule.needed_at == moment && !facts.has_result {
        let words = Text::new(
            "Сначала нужна диагностика: результатов у педагога нет",
            "Diagnostics come first: the learner has no result",
        );
        let problem = FieldProblem::new("/person_id", "diagnostic_required", words);
        findings.add(rule.severity, problem.because("P4-13", rule.paragraph.as_deref()));
    }
}

/// What the route names as evidence, and what the system knows of the learner or the route cites (P1-23).
fn evidence(draft: &RouteDraft, facts: &RouteFacts, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.content.evidence else { return };
    let known = |kind: RouteEvidenceKind| match kind {
        RouteEvidenceKind::Diagnostics => usize::from(facts.has_result),
        RouteEvidenceKind::Difficulties => facts.deficits,
        RouteEvidenceKind::OutcomeFindings => {
            draft.activities.iter().map(|activity| activity.data.finding_ids.len()).sum()
        }
        RouteEvidenceKind::Monitoring
        | RouteEvidenceKind::InternalControl
        | RouteEvidenceKind::MarketStudy => 0,
    };
    let named = |kind: RouteEvidenceKind| draft.evidence.iter().filter(|item| item.kind == kind).count();
    let items: usize = rule.kinds.iter().map(|kind| known(*kind) + named(*kind)).sum();
    if items < usize::from(rule.min_items) {
        let words = Text::new("Не на чем основывать маршрут", "The route rests on too little evidence");
        let problem = FieldProblem::new("/evidence", "evidence_missing", words);
        findings.add(rule.severity, problem.because("P1-23", rule.paragraph.as_deref()));
    }
}

fn has_field(draft: &RouteDraft, field: RouteField) -> bool {
    match field {
        // A route cannot be written without its dates.
        RouteField::Dates => draft.route.ends_on >= draft.route.starts_on,
        RouteField::Deficits => !draft.deficit_ids().is_empty(),
        _ => draft.note.has_field(field).unwrap_or(false),
    }
}

const fn pointer(field: RouteField) -> &'static str {
    match field {
        RouteField::Goal => "/note/goal",
        RouteField::ExpectedResults => "/note/expected_result",
        RouteField::StudyForm => "/note/study_form",
        RouteField::Dates => "/starts_on",
        RouteField::Priorities => "/note/priorities",
        RouteField::Needs => "/note/needs",
        RouteField::Directions => "/note/directions",
        RouteField::Content => "/note/content",
        RouteField::Technologies => "/note/technologies",
        RouteField::Pace => "/note/pace",
        RouteField::TotalHours => "/note/total_hours",
        RouteField::Deficits => "/activities",
        RouteField::PersonalResources => "/note/personal_resources",
        RouteField::SchoolContext => "/note/school_context",
    }
}

/// The requirement a field was read from.
const fn source(field: RouteField) -> &'static str {
    match field {
        RouteField::Goal | RouteField::ExpectedResults | RouteField::StudyForm | RouteField::Dates => "P0-30",
        RouteField::Priorities => "P1-4",
        RouteField::Needs | RouteField::Directions => "P1-14",
        RouteField::Content
        | RouteField::Technologies
        | RouteField::Pace
        | RouteField::TotalHours
        | RouteField::Deficits
        | RouteField::PersonalResources
        | RouteField::SchoolContext => "P4-4",
    }
}

/// A field that must not be empty.
pub(super) fn required(pointer: impl Into<String>) -> FieldProblem {
    FieldProblem::new(pointer, "required", Text::new("Обязательное поле", "The field is required"))
}
