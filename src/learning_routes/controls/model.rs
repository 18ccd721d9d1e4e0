//! What an item of a control plan is, and what its fact must say.

use chrono::NaiveDate;
use uuid::Uuid;

use super::days::{RouteDays, done_day, planned_day};
use super::vocabulary::{RouteControlItem, RouteControlState};
use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::learning_routes::model::RouteState;
use crate::regulations::profile::{ControlKind, ControlObject, ControlPurpose, RouteControlRule};

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlPlan {
    /// Before the start, during fulfilment, at the end.
    pub kind: ControlKind,
    /// What is controlled.
    pub object: ControlObject,
    /// What for.
    pub purpose: ControlPurpose,
    /// What preliminary control looks at.
    pub item: Option<RouteControlItem>,
    /// The day it is planned for.
    pub planned_on: NaiveDate,
    /// What is to be reached.
    pub planned_value: Option<i64>,
    /// The unit of what is to be reached and of what is measured.
    pub unit: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlFact {
    /// The day.
    pub done_on: NaiveDate,
    /// What was measured.
    pub measured_value: Option<i64>,
    /// What was found.
    pub finding: String,
    /// What is done to correct it.
    pub action: Option<String>,
    /// The revision of the route that corrects it.
    pub revision_id: Option<Uuid>,
}

/// Whoever recorded a fact, and the role whose right was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorder {
    /// The person.
    pub person_id: Option<Uuid>,
    /// The role.
    pub role: Role,
}

/// An item of a control plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school of the route.
    pub organization_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// What is planned.
    pub plan: ControlPlan,
    /// Where it stands.
    pub state: RouteControlState,
    /// What was found, and by whom.
    pub fact: Option<(ControlFact, Recorder)>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Who planned it; none for a service.
    pub planned_by: Option<Uuid>,
    /// Needs of the learner that follow from it.
    pub need_ids: Vec<Uuid>,
    /// Row version.
    pub version: i64,
}

impl Control {
    /// Whether the learner planned it: self-control (P1-54). What others planned is not the learner's to change or cancel.
    pub fn is_self_control(&self) -> bool {
        self.planned_by == Some(self.person_id)
    }

    /// What was measured above what was planned; below is negative (P1-57).
    pub fn deviation(&self) -> Option<i64> {
        let measured = self.fact.as_ref().and_then(|(fact, _)| fact.measured_value);
        measured.zip(self.plan.planned_value).map(|(measured, planned)| measured - planned)
    }

    /// Whether its day is past and it is not carried out.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == RouteControlState::Planned && self.plan.planned_on < today
    }
}

/// A control that was carried out, as far as it opens a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoneControl {
    /// Its kind.
    pub kind: ControlKind,
    /// What it looked at.
    pub item: Option<RouteControlItem>,
}

/// Whether control of that kind still has a place in the plan of a route in that state.
pub const fn is_plannable(kind: ControlKind, route: RouteState) -> bool {
    match kind {
        ControlKind::Preliminary => is_before_start(route),
        ControlKind::Ongoing | ControlKind::Final => !route.is_final(),
    }
}

/// Whether control of that kind may be carried out on a route in that state: preliminary control before its start, the
/// others while it is in force.
pub const fn is_recordable(kind: ControlKind, route: RouteState) -> bool {
    match kind {
        ControlKind::Preliminary => is_before_start(route),
        ControlKind::Ongoing | ControlKind::Final => matches!(route, RouteState::Active),
    }
}

const fn is_before_start(route: RouteState) -> bool {
    matches!(route, RouteState::Draft | RouteState::InReview | RouteState::Rework | RouteState::Approved)
}

/// Everything that is wrong with a plan under that rule.
pub fn plan_problems(plan: &ControlPlan, rule: &RouteControlRule, days: RouteDays) -> Vec<FieldProblem> {
    let paragraph = rule.paragraph.as_deref();
    let mut problems = Vec::new();
    for (known, pointer, code, requirement) in [
        (rule.kinds.contains(&plan.kind), "/kind", "control_kind_not_allowed", "P1-54"),
        (rule.objects.contains(&plan.object), "/object", "control_object_not_allowed", "P1-55"),
        (rule.purposes.contains(&plan.purpose), "/purpose", "control_purpose_not_allowed", "P1-53"),
    ] {
        if !known {
            let words = Text::new("Положение этого не предусматривает", "The regulation does not know this");
            problems.push(FieldProblem::new(pointer, code, words).because(requirement, paragraph));
        }
    }
    match (plan.kind == ControlKind::Preliminary, plan.item) {
        (true, None) => problems.push(required("/item").because("P1-56", paragraph)),
        (false, Some(_)) => {
            let words = Text::new(
                "Предмет указывают только у предварительного контроля",
                "Only preliminary control names what it looks at",
            );
            problems.push(FieldProblem::new("/item", "item_not_allowed", words));
        }
        _ => {}
    }
    // Current control rests on what is measured: there must be something to compare with (P1-57).
    let measures = plan.kind == ControlKind::Ongoing;
    if plan.planned_value.is_none() && (measures || plan.unit.is_some()) {
        problems.push(required("/planned_value").because("P1-57", paragraph));
    }
    if plan.unit.is_none() && (measures || plan.planned_value.is_some()) {
        problems.push(required("/unit").because("P1-57", paragraph));
    }
    problems.extend(planned_day(plan, days, rule));
    problems
}

/// Everything that is wrong with the fact of that plan.
pub fn fact_problems(
    plan: &ControlPlan,
    fact: &ControlFact,
    rule: &RouteControlRule,
    days: RouteDays,
) -> Vec<FieldProblem> {
    let paragraph = rule.paragraph.as_deref();
    let mut problems: Vec<FieldProblem> = done_day(plan.kind, fact, days, rule).into_iter().collect();
    if plan.kind == ControlKind::Ongoing && fact.measured_value.is_none() {
        problems.push(required("/measured_value").because("P1-57", paragraph));
    }
    if plan.unit.is_none() && fact.measured_value.is_some() {
        let words = Text::new("В плане нет измеряемой величины", "The plan names nothing to be measured");
        problems.push(FieldProblem::new("/measured_value", "nothing_to_measure", words));
    }
    if plan.purpose == ControlPurpose::Correct && fact.action.is_none() && fact.revision_id.is_none() {
        let words = Text::new(
            "Контроль для корректировки называет принятую меру или корректировку маршрута",
            "Control that corrects names what is done, or the revision of the route",
        );
        let problem = FieldProblem::new("/action", "revision_or_action_required", words);
        problems.push(problem.because("P1-53", paragraph));
    }
    problems
}

fn required(pointer: &str) -> FieldProblem {
    FieldProblem::new(pointer, "required", Text::new("Обязательное поле", "The field is required"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    fn rule() -> RouteControlRule {
        let regulation = Preset::find("p1-grozny-school-91").unwrap().load().unwrap();
        regulation.profile().support.control.clone().unwrap()
    }

    fn plan(kind: ControlKind) -> ControlPlan {
        ControlPlan {
            kind,
            object: ControlObject::Schedule,
            purpose: ControlPurpose::Assess,
            item: None,
            planned_on: NaiveDate::MIN,
            planned_value: None,
            unit: None,
        }
    }

    fn days() -> RouteDays {
        let (starts_on, ends_on) = (NaiveDate::MIN, NaiveDate::MAX);
        RouteDays { starts_on, ends_on, activated_on: None, today: starts_on }
    }

    fn pointers(problems: &[FieldProblem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.pointer.as_str()).collect()
    }

    #[test]
    fn each_kind_names_what_it_needs() {
        let rule = rule();
        assert_eq!(pointers(&plan_problems(&plan(ControlKind::Preliminary), &rule, days())), ["/item"]);
        let found = plan_problems(&plan(ControlKind::Ongoing), &rule, days());
        assert_eq!(pointers(&found), ["/planned_value", "/unit"]);
        assert_eq!(pointers(&plan_problems(&plan(ControlKind::Final), &rule, days())), [""; 0]);
        let narrow = RouteControlRule { kinds: vec![], objects: vec![], purposes: vec![], ..rule };
        let found = plan_problems(&plan(ControlKind::Final), &narrow, days());
        assert_eq!(pointers(&found), ["/kind", "/object", "/purpose"]);
    }

    #[test]
    fn preliminary_control_is_over_when_the_route_starts() {
        for state in RouteState::ALL {
            let before = is_recordable(ControlKind::Preliminary, state);
            let during = is_recordable(ControlKind::Ongoing, state);
            assert!(!(before && during), "{}", state.as_str());
            assert_eq!(during, state == RouteState::Active);
            assert!(!state.is_final() || !is_plannable(ControlKind::Final, state));
        }
    }
}
