//! How many hours a route has in all (P1-5).

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::RouteProfile;
use crate::values::Hours;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.content.volume else { return };
    let hours: Hours = draft.activities.iter().filter_map(|activity| activity.data.hours).sum();
    let few = rule.min_hours.filter(|least| hours < Hours::whole(i32::from(*least)));
    let many = rule.max_hours.filter(|most| hours > Hours::whole(i32::from(*most)));
    let words = match (few, many) {
        (Some(least), _) => Text::owned(
            format!("Всего часов меньше {least}"),
            format!("There are fewer than {least} hours in all"),
        ),
        (None, Some(most)) => Text::owned(
            format!("Всего часов больше {most}"),
            format!("There are more than {most} hours in all"),
        ),
        (None, None) => return,
    };
    let problem = FieldProblem::new("/activities", "route_volume_out_of_range", words);
    findings.add(rule.severity, problem.because("P1-5", rule.paragraph.as_deref()));
}
