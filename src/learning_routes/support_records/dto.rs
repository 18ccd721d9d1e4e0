//! What travels about support of routes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Filter, Period, ReportRow, SupportData, SupportKind, SupportRecord};
use crate::authz::Role;
use crate::http::page_view;
use crate::values::day;

/// What was done for a route.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteSupportData)]
pub struct RouteSupportBody {
    /// Kind.
    pub kind: SupportKind,
    /// Day; not in the future.
    #[serde(deserialize_with = "day")]
    pub held_on: NaiveDate,
    /// Topic (тема).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Разбор первого этапа")]
    pub topic: String,
    /// What was done, in words.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
}

impl From<RouteSupportBody> for SupportData {
    fn from(body: RouteSupportBody) -> Self {
        Self { kind: body.kind, held_on: body.held_on, topic: body.topic, text: body.text }
    }
}

/// A record of support of a route (запись о сопровождении).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteSupport)]
pub struct RouteSupportView {
    /// The record's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's school.
    pub organization_id: Uuid,
    /// Who helped.
    pub supporter_id: Uuid,
    /// In which role; `route_tutor` for the tutor of the route.
    pub supporter_role: Role,
    /// What was done.
    pub data: RouteSupportBody,
}

impl From<SupportRecord> for RouteSupportView {
    fn from(record: SupportRecord) -> Self {
        let data = record.data;
        Self {
            id: record.id,
            route_id: record.route_id,
            person_id: record.person_id,
            organization_id: record.organization_id,
            supporter_id: record.supporter_id,
            supporter_role: record.supporter_role,
            data: RouteSupportBody {
                kind: data.kind,
                held_on: data.held_on,
                topic: data.topic,
                text: data.text,
            },
        }
    }
}

page_view! {
    /// One page of records, newest first.
    RouteSupportPage of RouteSupportView
}

/// Which records of a route to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteSupportQuery {
    /// Only of this kind.
    pub kind: Option<SupportKind>,
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

/// Which records to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportRecordQuery {
    /// Only of learners of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only by this supporter.
    pub supporter_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<SupportKind>,
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

impl SupportRecordQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> Filter {
        Filter {
            route_id: None,
            organization_id: self.organization_id,
            person_id: self.person_id,
            supporter_id: self.supporter_id,
            kind: self.kind,
        }
    }
}

/// The days of a report, both included.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportReportQuery {
    /// First day.
    #[serde(deserialize_with = "day")]
    pub from: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "day")]
    pub until: NaiveDate,
}

/// Records of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportKindCount {
    /// The kind.
    pub kind: SupportKind,
    /// How many.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub records: i64,
}

/// What one supporter did (отчёт куратора).
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportReportRow {
    /// Who.
    pub supporter_id: Uuid,
    /// The name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supporter_name: Option<String>,
    /// Consultations given to the organization and its people.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub consultations: i64,
    /// Records of support by kind; only kinds that there are.
    #[schema(max_items = 10)]
    pub records: Vec<SupportKindCount>,
    /// Routes supported, each once.
    #[schema(value_type = u32, minimum = 0, maximum = 1_000_000)]
    pub supported_routes: usize,
}

/// Consultations and supported routes of an organization, by supporter (отчёт о сопровождении).
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportReport {
    /// The organization.
    pub organization_id: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Those who helped, most supported routes first.
    #[schema(max_items = 10_000)]
    pub rows: Vec<SupportReportRow>,
}

impl SupportReport {
    /// The report of that organization and period.
    pub fn new(organization_id: Uuid, period: Period, rows: Vec<ReportRow>) -> Self {
        let row = |row: ReportRow| SupportReportRow {
            supporter_id: row.supporter_id,
            supporter_name: row.name.map(|name| name.to_string()),
            consultations: row.consultations,
            records: row
                .records
                .into_iter()
                .map(|(kind, records)| SupportKindCount { kind, records })
                .collect(),
            supported_routes: row.supported_routes,
        };
        Self {
            organization_id,
            from: period.from,
            until: period.until,
            rows: rows.into_iter().map(row).collect(),
        }
    }
}
