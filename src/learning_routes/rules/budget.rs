//! The budget of a route: which sources may pay (P1-27).

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::FundingProfile;

pub(super) fn check(draft: &RouteDraft, rules: &FundingProfile, findings: &mut Findings) {
    let Some(rule) = &rules.sources else { return };
    for (index, line) in draft.budget.iter().enumerate() {
        if !rule.sources.contains(&line.source) {
            let words =
                Text::new("Положение не называет такой источник", "The regulation does not name this source");
            let pointer = format!("/budget/{index}/source");
            let problem = FieldProblem::new(pointer, "funding_source_not_allowed", words);
            findings.error(problem.because("P1-27", rule.paragraph.as_deref()));
        }
    }
}
