//! Problems and evidence of a route as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::ids::new_id;
use crate::learning_routes::model::{Evidence, EvidenceRecord, Problem};
use crate::regulations::profile::RouteEvidenceKind;
use crate::values::day;

/// A problem of professional development that a route answers (проблема профессионального развития).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteProblem)]
pub struct RouteProblemBody {
    /// Its id. In a request: one that the route has stays; any other is a name by which the activities of the same
    /// document refer to a new problem, which gets an id of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The problem in words.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Не умеет оценивать проекты по критериям")]
    pub text: String,
    /// The learner's difficulty behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deficit_id: Option<Uuid>,
}

impl From<RouteProblemBody> for Problem {
    fn from(body: RouteProblemBody) -> Self {
        Self { id: body.id.unwrap_or_else(new_id), text: body.text, deficit_id: body.deficit_id }
    }
}

impl From<Problem> for RouteProblemBody {
    fn from(problem: Problem) -> Self {
        Self { id: Some(problem.id), text: problem.text, deficit_id: problem.deficit_id }
    }
}

/// Something the development of a route rests on (основание разработки).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteEvidence)]
pub struct RouteEvidenceBody {
    /// Its id; in a request one that the route does not have means a new item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Which kind of evidence.
    pub kind: RouteEvidenceKind,
    /// What it shows.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Справка внутришкольного контроля, октябрь")]
    pub text: String,
    /// Its day.
    #[serde(default, deserialize_with = "day", skip_serializing_if = "Option::is_none")]
    pub dated_on: Option<NaiveDate>,
    /// The record it is, where the system keeps it.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RouteEvidenceRecordBody>,
}

/// A record behind a piece of evidence (запись-основание).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteEvidenceRecord)]
pub struct RouteEvidenceRecordBody {
    /// What it is.
    pub kind: RouteEvidenceRecordKind,
    /// Its id: of the learner's result, of the finding, of the learner's deficit.
    pub id: Uuid,
}

/// Which sort of record evidence may be (вид записи).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteEvidenceRecordKind {
    /// A result of diagnostics of the learner.
    DiagnosticResult,
    /// A finding of the assessment of pupils.
    OutcomeFinding,
    /// A deficit of the learner.
    Deficit,
}

impl From<RouteEvidenceRecordBody> for EvidenceRecord {
    fn from(body: RouteEvidenceRecordBody) -> Self {
        match body.kind {
            RouteEvidenceRecordKind::DiagnosticResult => Self::Result(body.id),
            RouteEvidenceRecordKind::OutcomeFinding => Self::Finding(body.id),
            RouteEvidenceRecordKind::Deficit => Self::Deficit(body.id),
        }
    }
}

impl From<EvidenceRecord> for RouteEvidenceRecordBody {
    fn from(record: EvidenceRecord) -> Self {
        let (kind, id) = match record {
            EvidenceRecord::Result(id) => (RouteEvidenceRecordKind::DiagnosticResult, id),
            EvidenceRecord::Finding(id) => (RouteEvidenceRecordKind::OutcomeFinding, id),
            EvidenceRecord::Deficit(id) => (RouteEvidenceRecordKind::Deficit, id),
        };
        Self { kind, id }
    }
}

impl From<RouteEvidenceBody> for Evidence {
    fn from(body: RouteEvidenceBody) -> Self {
        Self {
            id: body.id.unwrap_or_else(new_id),
            kind: body.kind,
            text: body.text,
            dated_on: body.dated_on,
            record: body.record.map(Into::into),
        }
    }
}

impl From<Evidence> for RouteEvidenceBody {
    fn from(item: Evidence) -> Self {
        Self {
            id: Some(item.id),
            kind: item.kind,
            text: item.text,
            dated_on: item.dated_on,
            record: item.record.map(Into::into),
        }
    }
}
