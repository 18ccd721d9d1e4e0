//! How a route is followed, as it goes out.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::learning_routes::model::{Gate, GateKind, StageStanding, StageStatus};
use crate::learning_routes::service::Following;
use crate::learning_routes::stage_reports::vocabulary::StageReportState;
use crate::regulations::profile::RuleSeverity;

/// Where a stage stands (состояние этапа): `planned`, `running`, `late` when its last day is past, `closed`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StageStatus)]
pub enum StageStatusDto {
    /// It has not begun.
    Planned,
    /// It goes on.
    Running,
    /// Its last day is past and it is not closed.
    Late,
    /// Closed.
    Closed,
}

crate::values::mirror!(StageStatusDto => StageStatus { Planned, Running, Late, Closed });

/// Where a stage of a route stands, with its report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StageStanding)]
pub struct StageStandingView {
    /// The stage.
    pub stage_id: Uuid,
    /// Where it stands.
    pub status: StageStatusDto,
    /// The day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// Who closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<Uuid>,
    /// Its report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_id: Option<Uuid>,
    /// Where the report stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_state: Option<StageReportState>,
}

impl From<StageStanding> for StageStandingView {
    fn from(standing: StageStanding) -> Self {
        Self {
            stage_id: standing.stage_id,
            status: standing.status.into(),
            closed_on: standing.closing.map(|closing| closing.closed_on),
            closed_by: standing.closing.and_then(|closing| closing.closed_by),
            report_id: standing.report.map(|(id, _)| id),
            report_state: standing.report.map(|(_, state)| state),
        }
    }
}

/// What a route still needs (чего не хватает маршруту). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteGateKind {
    /// Preliminary control with an analysis of difficulties.
    DifficultiesAnalysis,
    /// Preliminary control of the budget.
    Budget,
    /// An accepted report of the stage.
    StageReport,
    /// Final control.
    FinalControl,
}

/// Something the regulation demands before the route comes into force, or before it is completed, and that is missing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteGate)]
pub struct RouteGateView {
    /// What is missing.
    pub kind: RouteGateKind,
    /// The stage whose report is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// `error`: it holds the route up; `warning`: it is only said.
    pub severity: RuleSeverity,
    /// The paragraph of the regulation that demands it.
    #[schema(max_length = 40)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
}

impl From<Gate> for RouteGateView {
    fn from(gate: Gate) -> Self {
        let (kind, stage_id) = match gate.kind {
            GateKind::DifficultiesAnalysis => (RouteGateKind::DifficultiesAnalysis, None),
            GateKind::Budget => (RouteGateKind::Budget, None),
            GateKind::StageReport(id) => (RouteGateKind::StageReport, Some(id)),
            GateKind::FinalControl => (RouteGateKind::FinalControl, None),
        };
        Self { kind, stage_id, severity: gate.severity, paragraph: gate.paragraph }
    }
}

/// How a route is followed (ход реализации), derived from stages, reports and control.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteFollowing)]
pub struct RouteFollowingView {
    /// Where each stage stands, in their order.
    #[schema(max_items = 50)]
    pub stages: Vec<StageStandingView>,
    /// What is missing before the route may come into force, or be completed when it is in force.
    #[schema(max_items = 100)]
    pub next_gates: Vec<RouteGateView>,
}

impl From<Following> for RouteFollowingView {
    fn from(following: Following) -> Self {
        Self {
            stages: following.stages.into_iter().map(Into::into).collect(),
            next_gates: following.gates.into_iter().map(Into::into).collect(),
        }
    }
}
