//! How many stages a route has and what each must say (P0-30, P1-26).

use super::super::model::RouteDraft;
use super::Findings;
use super::content::required;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::RouteProfile;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.content.stages else { return };
    let paragraph = rule.paragraph.as_deref();
    if draft.stages.len() < usize::from(rule.min_stages) {
        let words = Text::owned(
            format!("Число этапов должно быть не меньше {}", rule.min_stages),
            format!("The number of stages must be at least {}", rule.min_stages),
        );
        findings.error(FieldProblem::new("/stages", "stages_missing", words).because("P0-30", paragraph));
    }
    for (index, stage) in draft.stages.iter().enumerate() {
        let mut demand = |demanded: bool, text: &Option<String>, field: &str| {
            if demanded && text.as_deref().is_none_or(|text| text.trim().is_empty()) {
                findings.error(required(format!("/stages/{index}/{field}")).because("P1-26", paragraph));
            }
        };
        demand(rule.expected_result_required, &stage.expected_result, "expected_result");
        demand(rule.report_form_required, &stage.report_form, "report_form");
    }
}
