//! How long a route may last (P0-24, P1-25, P3-19).

use chrono::NaiveDate;

use super::super::model::RouteDraft;
use super::Findings;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{RouteProfile, RouteTermRule};
use crate::values::period::{add_months, previous_day};

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let route = &draft.route;
    if let Some(rule) = &rules.term
        && !fits(rule, route.starts_on, route.ends_on)
    {
        let problem = FieldProblem::new("/ends_on", "route_term_out_of_range", words(rule));
        findings.add(rule.severity, problem.because("P0-24", rule.paragraph.as_deref()));
    }
    let inside = |from: NaiveDate, until: NaiveDate| from >= route.starts_on && until <= route.ends_on;
    for (index, stage) in draft.stages.iter().enumerate() {
        if !inside(stage.starts_on, stage.ends_on) {
            findings.error(outside(format!("/stages/{index}/ends_on")));
        }
    }
    for (index, activity) in draft.activities.iter().enumerate() {
        if !inside(activity.data.starts_on, activity.data.ends_on) {
            findings.error(outside(format!("/activities/{index}/ends_on")));
        }
    }
}

/// "From 1 September to 31 August" and "from 1 September to 1 September" are both called exactly one year: the first
/// counts the last day in, the second is how terms are counted by law (Civil Code art. 191, 192).
fn fits(rule: &RouteTermRule, starts_on: NaiveDate, ends_on: NaiveDate) -> bool {
    let after = |months: u16| add_months(starts_on, i32::from(months));
    rule.min_months.is_none_or(|months| ends_on >= previous_day(after(months)))
        && rule.max_months.is_none_or(|months| ends_on <= after(months))
}

fn words(rule: &RouteTermRule) -> Text {
    match (rule.min_months, rule.max_months) {
        (Some(min), Some(max)) => Text::owned(
            format!("Срок маршрута — от {min} до {max} месяцев"),
            format!("A route lasts {min} to {max} months"),
        ),
        (Some(min), None) => Text::owned(
            format!("Срок маршрута — не менее {min} месяцев"),
            format!("A route lasts at least {min} months"),
        ),
        (None, Some(max)) => Text::owned(
            format!("Срок маршрута — не более {max} месяцев"),
            format!("A route lasts at most {max} months"),
        ),
        (None, None) => Text::new("Недопустимый срок маршрута", "The term of the route is not allowed"),
    }
}

fn outside(pointer: String) -> FieldProblem {
    let words = Text::new("Даты выходят за срок маршрута", "The dates lie outside the term of the route");
    FieldProblem::new(pointer, "outside_route_term", words)
}
