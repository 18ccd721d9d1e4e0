//! When control has its place: preliminary control before the route starts, the rest while it runs (P1-56 to P1-58). Pure.

use chrono::NaiveDate;

use super::model::{ControlFact, ControlPlan};
use crate::error::{FieldProblem, Text};
use crate::learning_routes::documents::day;
use crate::learning_routes::model::Route;
use crate::regulations::profile::{ControlKind, RouteControlRule};

/// The days of a route, as far as its control goes by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteDays {
    /// First day of its term.
    pub starts_on: NaiveDate,
    /// Last day of its term.
    pub ends_on: NaiveDate,
    /// The day it came into force.
    pub activated_on: Option<NaiveDate>,
    /// Today by the region's clock.
    pub today: NaiveDate,
}

impl RouteDays {
    /// Those of that route.
    pub const fn of(route: &Route, today: NaiveDate) -> Self {
        let Route { starts_on, ends_on, activated_on, .. } = *route;
        Self { starts_on, ends_on, activated_on, today }
    }

    /// The days that control of that kind may be planned for. A route that is late, at its start or at its end, is
    /// controlled today all the same.
    fn plannable(self, kind: ControlKind) -> (Option<NaiveDate>, NaiveDate) {
        match kind {
            ControlKind::Preliminary => (None, self.starts_on.max(self.today)),
            ControlKind::Ongoing | ControlKind::Final => (Some(self.starts_on), self.ends_on.max(self.today)),
        }
    }
}

/// What is wrong with the day that control is planned for.
pub fn planned_day(plan: &ControlPlan, days: RouteDays, rule: &RouteControlRule) -> Option<FieldProblem> {
    let (first, last) = days.plannable(plan.kind);
    let within = first.is_none_or(|first| plan.planned_on >= first) && plan.planned_on <= last;
    let words = match first {
        None => Text::owned(
            format!("Предварительный контроль проводят до начала реализации: не позже {}", day(last)),
            format!("Preliminary control comes before the start: not later than {last}"),
        ),
        Some(first) => Text::owned(
            format!("Контроль планируют на срок маршрута: с {} по {}", day(first), day(last)),
            format!("Control is planned within the term of the route: from {first} to {last}"),
        ),
    };
    (!within).then(|| out_of_term("/planned_on", words, plan.kind, rule))
}

/// What is wrong with the day that control was carried out on: what came before the route was in force says nothing of
/// how it is fulfilled. That it is not over is said of its state.
pub fn done_day(
    kind: ControlKind,
    fact: &ControlFact,
    days: RouteDays,
    rule: &RouteControlRule,
) -> Option<FieldProblem> {
    if fact.done_on > days.today {
        let words = Text::new("Этот день ещё не наступил", "That day has not come yet");
        return Some(FieldProblem::new("/done_on", "in_future", words));
    }
    let first = match kind {
        ControlKind::Preliminary => return None,
        ControlKind::Ongoing | ControlKind::Final => days.activated_on.unwrap_or(days.starts_on),
    };
    let words = Text::owned(
        format!("Маршрут действует с {}: раньше контролировать было нечего", day(first)),
        format!("The route is in force since {first}: there was nothing to control before"),
    );
    (fact.done_on < first).then(|| out_of_term("/done_on", words, kind, rule))
}

fn out_of_term(pointer: &str, words: Text, kind: ControlKind, rule: &RouteControlRule) -> FieldProblem {
    let requirement = match kind {
        ControlKind::Preliminary => "P1-56",
        ControlKind::Ongoing => "P1-57",
        ControlKind::Final => "P1-58",
    };
    FieldProblem::new(pointer, "control_out_of_term", words).because(requirement, rule.paragraph.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;
    use crate::regulations::profile::{ControlObject, ControlPurpose};

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule() -> RouteControlRule {
        let regulation = Preset::find("p1-grozny-school-91").unwrap().load().unwrap();
        regulation.profile().support.control.clone().unwrap()
    }

    fn route(today: &str) -> RouteDays {
        RouteDays {
            starts_on: on("2026-03-02"),
            ends_on: on("2027-03-01"),
            activated_on: Some(on("2026-03-05")),
            today: on(today),
        }
    }

    fn planned(kind: ControlKind, planned_on: &str, today: &str) -> bool {
        let plan = ControlPlan {
            kind,
            object: ControlObject::Schedule,
            purpose: ControlPurpose::Assess,
            item: None,
            planned_on: on(planned_on),
            planned_value: None,
            unit: None,
        };
        planned_day(&plan, route(today), &rule()).is_none()
    }

    fn done(kind: ControlKind, done_on: &str, today: &str) -> bool {
        let fact = ControlFact {
            done_on: on(done_on),
            measured_value: None,
            finding: String::new(),
            action: None,
            revision_id: None,
        };
        done_day(kind, &fact, route(today), &rule()).is_none()
    }

    /// P1-57, P1-58: within the term, its first and its last day included.
    #[test]
    fn ongoing_and_final_control_are_planned_within_the_term() {
        for kind in [ControlKind::Ongoing, ControlKind::Final] {
            for (day, fits) in
                [("2026-03-01", false), ("2026-03-02", true), ("2027-03-01", true), ("2027-03-02", false)]
            {
                assert_eq!(planned(kind, day, "2026-06-01"), fits, "{day}");
            }
            assert!(planned(kind, "2027-04-10", "2027-04-10"), "a late route is still controlled");
            assert!(!planned(kind, "2027-04-11", "2027-04-10"));
        }
    }

    /// P1-56: before the start; a route that starts late has it late.
    #[test]
    fn preliminary_control_is_planned_before_the_start() {
        let kind = ControlKind::Preliminary;
        assert!(planned(kind, "2026-02-01", "2026-02-10"));
        assert!(planned(kind, "2026-03-02", "2026-02-10"));
        assert!(!planned(kind, "2026-03-03", "2026-02-10"));
        assert!(planned(kind, "2026-03-09", "2026-03-09"));
    }

    #[test]
    fn what_came_before_the_route_was_in_force_counts_for_nothing() {
        for kind in [ControlKind::Ongoing, ControlKind::Final] {
            assert!(!done(kind, "2026-03-04", "2026-06-01"));
            assert!(done(kind, "2026-03-05", "2026-06-01"));
            assert!(done(kind, "2027-04-01", "2027-04-01"));
            assert!(!done(kind, "2027-04-02", "2027-04-01"));
        }
        assert!(done(ControlKind::Preliminary, "2026-01-15", "2026-03-01"));
        assert!(!done(ControlKind::Preliminary, "2026-03-02", "2026-03-01"));
    }
}
