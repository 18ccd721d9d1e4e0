//! Documents about a route as they travel: assembled from what is recorded, never typed anew.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::regulations::profile::{ActivityBasis, ActivityKind, DossierGroup, RouteCardBlock, RoutePart};
use crate::values::Hours;

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteDocumentFact {
    /// The name, in the caller's language.
    #[schema(max_length = 500)]
    pub name: String,
    /// What it is.
    #[schema(max_length = 8000)]
    pub value: String,
}

/// A decision of the approval chain on paper (отметка о согласовании).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteDocumentDecision {
    /// What was decided, in the caller's language.
    #[schema(max_length = 500)]
    pub decision: String,
    /// As what somebody decided, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub role: Option<String>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub name: Option<String>,
    /// When, by the region's clock.
    pub decided_on: NaiveDate,
    /// The number of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub act_number: Option<String>,
    /// The date of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
}

/// A line of the plan of measures (строка перечня мероприятий).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutePlanLine {
    /// The activity.
    pub activity_id: Uuid,
    /// Its number.
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// The kind, with form and level of an event, in the caller's language.
    #[schema(max_length = 1000)]
    pub form: String,
    /// Level of an event, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub level: Option<String>,
    /// The part of the route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<RoutePart>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Academic hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub hours: Option<Hours>,
    /// Who teaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub provider_name: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub place: Option<String>,
    /// Why it is there.
    pub basis: ActivityBasis,
    /// The difficulties, needs and problems it answers, in words.
    #[schema(max_items = 200, max_length = 2000)]
    pub answers: Vec<String>,
    /// Day it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
}

/// A stage on paper (этап).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutePlanStage {
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Concrete result.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub expected_result: Option<String>,
    /// Form of its report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub report_form: Option<String>,
}

/// A row of the thematic study plan on paper (строка учебно-тематического плана).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutePlanLesson {
    /// Topic.
    #[schema(max_length = 1000)]
    pub topic: String,
    /// Academic hours.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub hours: Hours,
    /// The day.
    pub on_date: NaiveDate,
    /// Form.
    #[schema(max_length = 500)]
    pub form: String,
}

/// A line of the budget on paper (строка сметы).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutePlanMoney {
    /// Where the money comes from, in the caller's language.
    #[schema(max_length = 500)]
    pub source: String,
    /// How much, in kopecks.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_kopecks: i64,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
}

/// What every document says of its route (сведения о маршруте).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteDocumentHead {
    /// The route.
    pub route_id: Uuid,
    /// Its version when the document was assembled.
    #[schema(minimum = 1, maximum = 9007199254740991_i64)]
    pub route_version: i64,
    /// The day it was assembled, by the region's clock.
    pub assembled_on: NaiveDate,
    /// The regulation's own name of a route.
    #[schema(max_length = 500)]
    pub kind_title: String,
    /// Title of the route.
    #[schema(max_length = 500)]
    pub title: String,
    /// Where the route stands, in the caller's language.
    #[schema(max_length = 100)]
    pub state: String,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's name.
    #[schema(max_length = 500)]
    pub learner_name: String,
    /// The learner's post.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub position: Option<String>,
    /// The school.
    #[schema(max_length = 1000)]
    pub organization_name: String,
    /// The regulation.
    #[schema(max_length = 1000)]
    pub regulation_title: String,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
}

/// A route as a plan with measures (индивидуальный план действий и перечень мероприятий, P1-3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutePlanDocument {
    /// The route.
    pub head: RouteDocumentHead,
    /// The explanatory note and the context, filled fields only.
    #[schema(max_items = 50)]
    pub note: Vec<RouteDocumentFact>,
    /// The problems it answers.
    #[schema(max_items = 50, max_length = 2000)]
    pub problems: Vec<String>,
    /// Its stages.
    #[schema(max_items = 50)]
    pub stages: Vec<RoutePlanStage>,
    /// Its measures.
    #[schema(max_items = 1000)]
    pub lines: Vec<RoutePlanLine>,
    /// Their academic hours.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 100000)]
    pub hours: Hours,
    /// Its thematic study plan.
    #[schema(max_items = 300)]
    pub study_plan: Vec<RoutePlanLesson>,
    /// Its budget.
    #[schema(max_items = 200)]
    pub budget: Vec<RoutePlanMoney>,
    /// What was decided on it, oldest first.
    #[schema(max_items = 10_000)]
    pub decisions: Vec<RouteDocumentDecision>,
}

/// A block of the card with what stands in it (раздел карты).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteCardSection {
    /// The block.
    pub block: RouteCardBlock,
    /// Its heading, in the caller's language.
    #[schema(max_length = 500)]
    pub heading: String,
    /// Names and what they are.
    #[schema(max_items = 50)]
    pub facts: Vec<RouteDocumentFact>,
    /// Measures.
    #[schema(max_items = 1000)]
    pub lines: Vec<RoutePlanLine>,
    /// Decisions.
    #[schema(max_items = 10_000)]
    pub decisions: Vec<RouteDocumentDecision>,
}

/// The card of a route by the blocks of its regulation (карта повышения квалификации, P3-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteCardDocument {
    /// The route.
    pub head: RouteDocumentHead,
    /// Its blocks in the order of the regulation.
    #[schema(max_items = 64)]
    pub blocks: Vec<RouteCardSection>,
}

/// A document of the dossier (документ комплекта).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteDossierItem {
    /// What it is, in the caller's language.
    #[schema(max_length = 2000)]
    pub title: String,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated_on: Option<NaiveDate>,
    /// Where it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub href: Option<String>,
}

/// A group of the dossier (группа документов).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RouteDossierGroup)]
pub struct RouteDossierGroupView {
    /// The group.
    pub group: DossierGroup,
    /// Its name, in the caller's language.
    #[schema(max_length = 500)]
    pub title: String,
    /// Its documents.
    #[schema(max_items = 10_000)]
    pub items: Vec<RouteDossierItem>,
    /// There are none.
    pub missing: bool,
    /// The regulation demands the group.
    pub required: bool,
}

/// The set of documents about a route (комплект документов, P1-59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RouteDossierDocument {
    /// The route.
    pub head: RouteDocumentHead,
    /// The six groups.
    #[schema(max_items = 6)]
    pub groups: Vec<RouteDossierGroupView>,
    /// Groups that hold nothing.
    #[schema(max_items = 6)]
    pub missing: Vec<DossierGroup>,
}

/// A document to be printed: PDF, A4, with its fonts (документ для печати).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 200_000_000, format = Binary, example = "%PDF-1.7")]
pub struct RoutePaper(pub String);
