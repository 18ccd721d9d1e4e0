//! What travels about the report of routes.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Figures, percent};
use super::service::{CuratorFigures, PartFigures, Report};
use crate::learning_routes::dto::RouteStateDto;
use crate::learning_routes::model::RouteState;
use crate::values::Hours;

/// How many routes stand in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteStateCount {
    /// The state.
    pub state: RouteStateDto,
    /// How many.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub routes: i64,
}

/// How far the activities of approved routes are fulfilled.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteFulfilmentFigures {
    /// Activities to be done, completed ones included.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub planned: i64,
    /// Completed activities.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub completed: i64,
    /// Completed activities in per cent, rounded down; 0 when there are none.
    #[schema(minimum = 0, maximum = 100)]
    pub share: i64,
    /// Academic hours of the activities to be done.
    #[schema(value_type = f64, minimum = 0, maximum = 1_000_000_000, multiple_of = 0.5)]
    pub planned_hours: Hours,
    /// Academic hours of the completed activities.
    #[schema(value_type = f64, minimum = 0, maximum = 1_000_000_000, multiple_of = 0.5)]
    pub completed_hours: Hours,
}

/// Growth cards of the running year (карты роста).
#[derive(Debug, Serialize, ToSchema)]
pub struct GrowthCardFigures {
    /// How many are owed.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub owed: i64,
    /// Never handed in.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub missing: i64,
    /// Not handed in although their day is past.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub overdue: i64,
    /// Handed in, waiting for somebody.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub submitted: i64,
    /// Accepted.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub accepted: i64,
}

/// Approved routes in which an activity cites a deficit or a finding of pupils' assessment (адресность).
#[derive(Debug, Serialize, ToSchema)]
pub struct CitedBasisFigures {
    /// Routes that were approved.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub routes: i64,
    /// Those with a cited basis.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub cited: i64,
    /// Their share in per cent, rounded down; 0 when there are none.
    #[schema(minimum = 0, maximum = 100)]
    pub share: i64,
}

/// Figures of some routes (показатели маршрутов).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteFigures {
    /// Routes by state; states without routes are left out.
    #[schema(max_items = 20)]
    pub states: Vec<RouteStateCount>,
    /// Routes in force with an activity past its last day.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub overdue_routes: i64,
    /// Activities of routes in force past their last day.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub overdue_activities: i64,
    /// Stages of routes in force past their last day.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub late_stages: i64,
    /// Returned routes whose rework is late.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub rework_overdue: i64,
    /// How far approved routes are fulfilled.
    pub fulfilment: RouteFulfilmentFigures,
    /// Growth cards of the running year.
    pub growth_cards: GrowthCardFigures,
    /// Approved routes with a cited basis.
    pub cited_basis: CitedBasisFigures,
}

impl From<Figures> for RouteFigures {
    fn from(figures: Figures) -> Self {
        let counted = RouteState::ALL.into_iter().map(|state| (state, figures.in_state(state)));
        let states = counted
            .filter(|(_, routes)| *routes > 0)
            .map(|(state, routes)| RouteStateCount { state: state.into(), routes })
            .collect();
        Self {
            states,
            overdue_routes: figures.overdue_routes,
            overdue_activities: figures.overdue_activities,
            late_stages: figures.late_stages,
            rework_overdue: figures.rework_overdue,
            fulfilment: RouteFulfilmentFigures {
                planned: figures.planned,
                completed: figures.completed,
                share: percent(figures.completed, figures.planned),
                planned_hours: figures.planned_hours(),
                completed_hours: figures.completed_hours(),
            },
            growth_cards: GrowthCardFigures {
                owed: figures.cards.owed,
                missing: figures.cards.missing,
                overdue: figures.cards.overdue,
                submitted: figures.cards.submitted,
                accepted: figures.cards.accepted,
            },
            cited_basis: CitedBasisFigures {
                routes: figures.approved,
                cited: figures.cited,
                share: percent(figures.cited, figures.approved),
            },
        }
    }
}

/// Figures of a municipality or school.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteReportPart {
    /// The municipal authority or the school.
    pub organization_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// The figures.
    pub figures: RouteFigures,
}

impl From<PartFigures> for RouteReportPart {
    fn from(part: PartFigures) -> Self {
        Self { organization_id: part.organization_id, name: part.name, figures: part.figures.into() }
    }
}

/// Figures of the routes that a curator follows (куратор).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteReportCurator {
    /// The curator; absent of routes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curator_id: Option<Uuid>,
    /// The curator's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// The figures.
    pub figures: RouteFigures,
}

impl From<CuratorFigures> for RouteReportCurator {
    fn from(curator: CuratorFigures) -> Self {
        let (curator_id, name) = curator.curator.unzip();
        Self { curator_id, full_name: name.map(|name| name.to_string()), figures: curator.figures.into() }
    }
}

/// How the routes of a place are fulfilled (отчёт о выполнении маршрутов).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteReport {
    /// The organization it is about: a ministry stands for its region, a municipal authority for its municipality.
    pub organization_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// The day: today by the region's clock.
    pub as_of: NaiveDate,
    /// Everything together.
    pub figures: RouteFigures,
    /// By the places below that have routes, by name; empty for a school.
    #[schema(max_items = 10_000)]
    pub parts: Vec<RouteReportPart>,
    /// By curator; for a school only.
    #[schema(max_items = 1000)]
    pub curators: Vec<RouteReportCurator>,
}

impl From<Report> for RouteReport {
    fn from(report: Report) -> Self {
        Self {
            organization_id: report.organization_id,
            name: report.name,
            as_of: report.as_of,
            figures: report.figures.into(),
            parts: report.parts.into_iter().map(Into::into).collect(),
            curators: report.curators.into_iter().map(Into::into).collect(),
        }
    }
}
