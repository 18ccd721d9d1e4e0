//! Where the stages of a route stand, and what still holds it up: before it comes into force, and before it is
//! completed. All of it is derived, never stored.

use chrono::NaiveDate;
use uuid::Uuid;

use super::activity::Stage;
use super::state::RouteState;
use crate::error::{Code, Error, FieldProblem, Text};
use crate::learning_routes::controls::model::DoneControl;
use crate::learning_routes::controls::vocabulary::RouteControlItem;
use crate::learning_routes::stage_reports::model::StageReport;
use crate::learning_routes::stage_reports::vocabulary::StageReportState;
use crate::regulations::profile::{ControlKind, PreliminaryControlItem, RouteProfile, RuleSeverity};

/// Where a stage stands (P1-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageStatus {
    /// It has not begun.
    Planned,
    /// It goes on.
    Running,
    /// Its last day is past and it is not closed.
    Late,
    /// Closed.
    Closed,
}

/// That a stage was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageClosing {
    /// The stage.
    pub stage_id: Uuid,
    /// The day.
    pub closed_on: NaiveDate,
    /// By whom.
    pub closed_by: Option<Uuid>,
}

/// Where a stage stands, with its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageStanding {
    /// The stage.
    pub stage_id: Uuid,
    /// Where it stands.
    pub status: StageStatus,
    /// The day it was closed, and by whom.
    pub closing: Option<StageClosing>,
    /// Its report.
    pub report: Option<(Uuid, StageReportState)>,
}

/// What the stages of a route in that state are at on that day; one that has ended is judged by the day of its end.
pub fn standings(
    state: RouteState,
    ended_on: Option<NaiveDate>,
    stages: &[Stage],
    closings: &[StageClosing],
    reports: &[StageReport],
    today: NaiveDate,
) -> Vec<StageStanding> {
    let day = ended_on.map_or(today, |ended_on| ended_on.min(today));
    let in_force = matches!(state, RouteState::Active | RouteState::Completed | RouteState::ClosedIncomplete);
    let standing = |stage: &Stage| {
        let closing = closings.iter().find(|closing| closing.stage_id == stage.id).copied();
        let report = reports.iter().find(|report| report.stage_id == stage.id);
        let status = match closing {
            Some(_) => StageStatus::Closed,
            None if !in_force || day < stage.starts_on => StageStatus::Planned,
            None if day <= stage.ends_on => StageStatus::Running,
            None => StageStatus::Late,
        };
        StageStanding {
            stage_id: stage.id,
            status,
            closing,
            report: report.map(|report| (report.id, report.state)),
        }
    };
    stages.iter().map(standing).collect()
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateKind {
    /// Preliminary control with an analysis of difficulties (P1-56).
    DifficultiesAnalysis,
    /// Preliminary control of the budget of a funded route (P1-56).
    Budget,
    /// An accepted report of that stage (P1-9).
    StageReport(Uuid),
    /// Final control (P1-58).
    FinalControl,
}

/// Something that the regulation demands and that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// What.
    pub kind: GateKind,
    /// Whether it holds the route up or is only said.
    pub severity: RuleSeverity,
    /// The paragraph that demands it.
    pub paragraph: Option<String>,
}

/// What is missing before the route may come into force.
pub fn before_start(rules: &RouteProfile, done: &[DoneControl], funded: bool) -> Vec<Gate> {
    let Some(rule) = &rules.life.preliminary_control else { return Vec::new() };
    let is_done = |item: RouteControlItem| {
        done.iter().any(|done| done.kind == ControlKind::Preliminary && done.item == Some(item))
    };
    let missing = |item: &PreliminaryControlItem| match item {
        PreliminaryControlItem::DifficultiesAnalysis => {
            (!is_done(RouteControlItem::DifficultiesAnalysis)).then_some(GateKind::DifficultiesAnalysis)
        }
        PreliminaryControlItem::BudgetIfFunded => {
            (funded && !is_done(RouteControlItem::Budget)).then_some(GateKind::Budget)
        }
    };
    let gate = |kind| Gate { kind, severity: rule.severity, paragraph: rule.paragraph.clone() };
    rule.items.iter().filter_map(missing).map(gate).collect()
}

/// What is missing before the route may be completed.
pub fn before_completion(
    rules: &RouteProfile,
    standings: &[StageStanding],
    done: &[DoneControl],
) -> Vec<Gate> {
    let mut gates = Vec::new();
    if let Some(rule) = rules.content.stages.as_ref().filter(|rule| rule.report_before_closing) {
        let reported = |standing: &&StageStanding| {
            standing.closing.is_some()
                || standing.report.is_some_and(|(_, state)| state == StageReportState::Accepted)
        };
        let missing = standings.iter().filter(|standing| !reported(standing));
        gates.extend(missing.map(|standing| Gate {
            kind: GateKind::StageReport(standing.stage_id),
            severity: RuleSeverity::Error,
            paragraph: rule.paragraph.clone(),
        }));
    }
    if let Some(rule) = &rules.life.final_control
        && !done.iter().any(|done| done.kind == ControlKind::Final)
    {
        let (severity, paragraph) = (rule.severity, rule.paragraph.clone());
        gates.push(Gate { kind: GateKind::FinalControl, severity, paragraph });
    }
    gates
}

/// Whether nothing holds the route up.
pub fn is_open(gates: &[Gate]) -> bool {
    gates.iter().all(|gate| gate.severity == RuleSeverity::Warning)
}

/// The refusal with everything that holds the route up, open activities first; another refusal stays as it is.
pub fn explained(refusal: Error, open: Vec<FieldProblem>, gates: &[Gate], stages: &[Stage]) -> Error {
    let holding = || gates.iter().filter(|gate| gate.severity == RuleSeverity::Error);
    let reports = holding().any(|gate| matches!(gate.kind, GateKind::StageReport(_)));
    let code = match refusal.code {
        Code::NotFullyCompleted => Code::NotFullyCompleted,
        Code::ControlMissing if reports => Code::ReportMissing,
        Code::ControlMissing => Code::ControlMissing,
        _ => return refusal,
    };
    let fields = open.into_iter().chain(holding().map(|gate| problem(gate, stages))).collect();
    Error { fields, ..Error::new(code) }
}

fn problem(gate: &Gate, stages: &[Stage]) -> FieldProblem {
    let (pointer, code, words, requirement) = match gate.kind {
        GateKind::DifficultiesAnalysis => (
            "/controls".to_owned(),
            "preliminary_control_missing",
            Text::new(
                "Не проведён предварительный контроль: анализ затруднений и продвижений",
                "Preliminary control is missing: the analysis of difficulties and growth",
            ),
            "P1-56",
        ),
        GateKind::Budget => (
            "/controls".to_owned(),
            "budget_control_missing",
            Text::new(
                "Не проведён предварительный контроль: бюджет реализации",
                "Preliminary control is missing: the budget",
            ),
            "P1-56",
        ),
        GateKind::StageReport(id) => {
            let place = stages.iter().position(|stage| stage.id == id).unwrap_or_default();
            (
                format!("/stages/{place}"),
                "stage_report_missing",
                Text::new("Нет принятого отчёта по этапу", "The stage has no accepted report"),
                "P1-9",
            )
        }
        GateKind::FinalControl => (
            "/controls".to_owned(),
            "final_control_missing",
            Text::new("Не проведён заключительный контроль", "Final control is missing"),
            "P1-58",
        ),
    };
    FieldProblem::new(pointer, code, words).because(requirement, gate.paragraph.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    fn grozny() -> RouteProfile {
        Preset::find("p1-grozny-school-91").unwrap().load().unwrap().profile().route.clone()
    }

    fn kinds(gates: &[Gate]) -> Vec<GateKind> {
        gates.iter().map(|gate| gate.kind).collect()
    }

    fn stage(number: u128, from: &str, until: &str) -> Stage {
        Stage {
            id: Uuid::from_u128(number),
            title: "Этап".into(),
            starts_on: from.parse().unwrap(),
            ends_on: until.parse().unwrap(),
            expected_result: None,
            report_form: None,
        }
    }

    #[test]
    fn a_budget_is_controlled_only_where_there_is_one() {
        let rules = grozny();
        let done = |item| DoneControl { kind: ControlKind::Preliminary, item: Some(item) };
        assert_eq!(kinds(&before_start(&rules, &[], false)), [GateKind::DifficultiesAnalysis]);
        let both = before_start(&rules, &[], true);
        assert_eq!(kinds(&both), [GateKind::DifficultiesAnalysis, GateKind::Budget]);
        let analysis = [done(RouteControlItem::DifficultiesAnalysis)];
        assert!(is_open(&before_start(&rules, &analysis, false)));
        assert_eq!(kinds(&before_start(&rules, &analysis, true)), [GateKind::Budget]);
        assert!(before_start(&RouteProfile::default(), &[], true).is_empty());
    }

    #[test]
    fn a_stage_is_late_the_day_after_its_last() {
        let stages = [stage(1, "2026-03-01", "2026-03-10"), stage(2, "2026-03-11", "2026-03-20")];
        let on = |state, ended: Option<&str>, today: &str| {
            let ended = ended.map(|day| day.parse().unwrap());
            standings(state, ended, &stages, &[], &[], today.parse().unwrap())
                .iter()
                .map(|standing| standing.status)
                .collect::<Vec<_>>()
        };
        use StageStatus::{Late, Planned, Running};
        assert_eq!(on(RouteState::Approved, None, "2026-03-15"), [Planned, Planned]);
        assert_eq!(on(RouteState::Active, None, "2026-03-10"), [Running, Planned]);
        assert_eq!(on(RouteState::Active, None, "2026-03-11"), [Late, Running]);
        assert_eq!(on(RouteState::Completed, Some("2026-03-10"), "2026-05-01"), [Running, Planned]);
    }
}
