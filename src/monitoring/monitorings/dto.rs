//! Monitorings as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Monitoring, MonitoringFinding};
use super::service::ShownMonitoring;
use crate::authz::Role;
use crate::http::page_view;
use crate::monitoring::held::dto::MonitoringLevel;
use crate::regulations::profile::{MonitoringSubject, PeriodKind};

/// The monitoring of a year to be begun (мониторинг).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringCreate {
    /// Who holds it; where one holds a role that may, by default.
    pub organization_id: Option<Uuid>,
    /// What is monitored.
    pub subject: MonitoringSubject,
    /// The calendar year in which the monitored year begins.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100, example = 2026)]
    pub year: i32,
}

/// Something found (вывод мониторинга).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringFindingRecord {
    /// The organization it is about; absent for the whole.
    pub about_id: Option<Uuid>,
    /// What was found.
    #[validate(length(min = 1, max = 4000))]
    #[schema(
        min_length = 1,
        max_length = 4000,
        example = "В трёх школах диагностику прошла половина учителей"
    )]
    pub text: String,
}

/// The end of a monitoring (итоги мониторинга).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringClose {
    /// What is concluded (заключение).
    #[validate(length(min = 1, max = 10000))]
    #[schema(min_length = 1, max_length = 10000, example = "Охват диагностикой вырос до 80 %")]
    pub conclusion: String,
}

/// Something that a monitoring found (вывод мониторинга).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonitoringFinding)]
pub struct MonitoringFindingView {
    /// Its number in the monitoring, from 1.
    #[schema(minimum = 1, maximum = 200)]
    pub position: i32,
    /// The organization it is about; absent for the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about_id: Option<Uuid>,
    /// What was found.
    #[schema(max_length = 4000)]
    pub text: String,
    /// Day it was recorded.
    pub recorded_on: NaiveDate,
}

impl From<MonitoringFinding> for MonitoringFindingView {
    fn from(finding: MonitoringFinding) -> Self {
        Self {
            position: finding.position,
            about_id: finding.about_id,
            text: finding.text,
            recorded_on: finding.recorded_on,
        }
    }
}

/// The monitoring of a year in a list (мониторинг).
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringItem {
    /// The monitoring's id.
    pub id: Uuid,
    /// Who holds it.
    pub organization_id: Uuid,
    /// What it is about: a region, a municipality or an organization.
    pub level: MonitoringLevel,
    /// What is monitored.
    pub subject: MonitoringSubject,
    /// School or calendar year.
    pub period: PeriodKind,
    /// The calendar year in which the monitored year begins.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// Whether it is over.
    pub closed: bool,
}

impl From<Monitoring> for MonitoringItem {
    fn from(monitoring: Monitoring) -> Self {
        Self {
            id: monitoring.id,
            organization_id: monitoring.holder.organization_id,
            level: monitoring.holder.level.into(),
            subject: monitoring.subject,
            period: monitoring.span.period,
            year: monitoring.span.year,
            closed: monitoring.closing.is_some(),
        }
    }
}

/// The monitoring of a year (мониторинг).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Monitoring)]
pub struct MonitoringView {
    /// The monitoring's id.
    pub id: Uuid,
    /// Who holds it.
    pub organization_id: Uuid,
    /// What it is about: a region, a municipality or an organization.
    pub level: MonitoringLevel,
    /// The regulation it is held under.
    pub regulation_id: Uuid,
    /// What is monitored.
    pub subject: MonitoringSubject,
    /// School or calendar year.
    pub period: PeriodKind,
    /// The calendar year in which the monitored year begins.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// First day of the monitored year.
    pub starts_on: NaiveDate,
    /// Last day of the monitored year.
    pub ends_on: NaiveDate,
    /// Who submits into it; empty where nobody does.
    #[schema(max_items = 64)]
    pub submitters: Vec<Role>,
    /// Whether it is over: then nothing is added to it.
    pub closed: bool,
    /// What was concluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10000)]
    pub conclusion: Option<String>,
    /// Day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// What it found, in the order in which it was recorded; those about other organizations are left out for those who
    /// read their own place alone.
    #[schema(max_items = 200)]
    pub findings: Vec<MonitoringFindingView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 4)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownMonitoring> for MonitoringView {
    fn from(shown: ShownMonitoring) -> Self {
        let monitoring = shown.monitoring;
        let closed = monitoring.closing.is_some();
        let (conclusion, closed_on) =
            monitoring.closing.map(|closing| (closing.conclusion, closing.closed_on)).unzip();
        Self {
            id: monitoring.id,
            organization_id: monitoring.holder.organization_id,
            level: monitoring.holder.level.into(),
            regulation_id: monitoring.regulation_id,
            subject: monitoring.subject,
            period: monitoring.span.period,
            year: monitoring.span.year,
            starts_on: monitoring.span.starts_on,
            ends_on: monitoring.span.ends_on,
            submitters: monitoring.submitters,
            closed,
            conclusion,
            closed_on,
            findings: shown.findings.into_iter().map(Into::into).collect(),
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of monitorings, the newest year first.
    MonitoringPage of MonitoringItem
}

/// Which monitorings to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonitoringQuery {
    /// Only of this subject.
    pub subject: Option<MonitoringSubject>,
    /// Only of the year that begins in this calendar year.
    #[validate(range(min = 2000, max = 2100))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// Only those that this organization holds.
    pub organization_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
