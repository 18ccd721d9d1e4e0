//! Lines of plans, candidates and uncovered deficits as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Candidate, Line, LineWish, UncoveredDeficit};
use super::service::LineFilter;
use super::vocabulary::{PlanCandidateSort, PlanSection};
use crate::http::page_view;
use crate::regulations::profile::ActivityKind;
use crate::values::text::{collapse, is_blank};
use crate::values::{Hours, day};

/// A line to be added to a plan (строка плана). Either `school_line_id`, or `activity_id`, or words.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanLineAdd {
    /// The section.
    pub section: PlanSection,
    /// For a base line: the line of the approved plan of methodical work of the school.
    pub school_line_id: Option<Uuid>,
    /// For a variative line: the activity of an approved or active route of the school.
    pub activity_id: Option<Uuid>,
    /// For a variative line in words: whose it is.
    pub person_id: Option<Uuid>,
    /// For a line in words: what kind of activity; needed for a variative one.
    pub kind: Option<ActivityKind>,
    /// For a line in words: title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Семинар «Формирующее оценивание»")]
    pub title: Option<String>,
    /// For a line in words: what is done.
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000, example = "Открытые уроки и их разбор")]
    pub content: Option<String>,
    /// For a line in words: academic hours in steps of 0.5.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 6)]
    pub hours: Option<Hours>,
    /// For a line in words: first day, in the period of the plan.
    #[serde(default, deserialize_with = "day")]
    #[schema(example = "2026-10-05")]
    pub starts_on: Option<NaiveDate>,
    /// For a line in words: last day, in the period of the plan.
    #[serde(default, deserialize_with = "day")]
    #[schema(example = "2026-10-30")]
    pub ends_on: Option<NaiveDate>,
    /// For a variative line in words: why it is there without a deficit.
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000, example = "Приоритет школы")]
    pub justification: Option<String>,
    /// For a variative line in words: the open deficits of the person that it answers.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub deficit_ids: Vec<Uuid>,
}

impl From<PlanLineAdd> for LineWish {
    fn from(body: PlanLineAdd) -> Self {
        Self {
            section: body.section,
            school_line_id: body.school_line_id,
            activity_id: body.activity_id,
            person_id: body.person_id,
            kind: body.kind,
            title: body.title.map(|title| collapse(&title)),
            content: body.content.filter(|text| !is_blank(text)),
            hours: body.hours,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            justification: body.justification.filter(|text| !is_blank(text)),
            deficit_ids: body.deficit_ids,
        }
    }
}

/// A line of a plan (строка плана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanLine)]
pub struct PlanLineView {
    /// The line's id.
    pub id: Uuid,
    /// The section.
    pub section: PlanSection,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// What is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub content: Option<String>,
    /// What kind of activity; absent for what the school does as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActivityKind>,
    /// Whose line it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The route it was composed of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
    /// The activity of that route; absent once a revision of the route has taken it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// The line of the plan of methodical work it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_line_id: Option<Uuid>,
    /// The line of the prospective plan it was drawn from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_line_id: Option<Uuid>,
    /// The program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// Academic hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Why it is there without a deficit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub justification: Option<String>,
    /// The deficits it answers.
    #[schema(max_items = 1000)]
    pub deficit_ids: Vec<Uuid>,
}

impl From<Line> for PlanLineView {
    fn from(line: Line) -> Self {
        let data = line.data;
        Self {
            id: line.id,
            section: data.section,
            title: data.title,
            content: data.content,
            kind: data.kind,
            person_id: data.person_id,
            route_id: data.route_id,
            activity_id: data.activity_id,
            school_line_id: data.school_line_id,
            source_line_id: data.source_line_id,
            program_id: data.program_id,
            hours: data.hours,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            justification: data.justification,
            deficit_ids: data.deficit_ids,
        }
    }
}

page_view! {
    /// One page of the lines of a plan, by their first day.
    PlanLinePage of PlanLineView
}

/// Which lines to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanLineQuery {
    /// Only of this section.
    pub section: Option<PlanSection>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
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

impl PlanLineQuery {
    /// The lines asked for.
    pub fn filter(&self) -> LineFilter {
        LineFilter { section: self.section, person_id: self.person_id }
    }
}

/// Code of a priority category by the regulation (код приоритетной категории).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 100, example = "category_claimant")]
pub struct PlanCategory(pub String);

/// An employee as a candidate for training (кандидат на обучение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanCandidate)]
pub struct PlanCandidateView {
    /// Who.
    pub person_id: Uuid,
    /// Surname, name and patronymic.
    #[schema(max_length = 300)]
    pub person_name: String,
    /// Codes of the priority categories by which he or she comes first, in the order of the regulation.
    #[schema(max_items = 64, value_type = Vec<PlanCategory>, example = json!(["category_claimant"]))]
    pub categories: Vec<String>,
    /// Whether a line of the plan is his or hers.
    pub planned: bool,
}

impl From<Candidate> for PlanCandidateView {
    fn from(candidate: Candidate) -> Self {
        Self {
            person_id: candidate.person_id,
            person_name: candidate.name,
            categories: candidate.categories,
            planned: candidate.planned,
        }
    }
}

page_view! {
    /// One page of candidates, in the order that was asked for.
    PlanCandidatePage of PlanCandidateView
}

/// In which order to list candidates.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanCandidateQuery {
    /// The order: `priority` puts those first whom the regulation puts first, `name` goes by name; `priority` when
    /// absent.
    #[param(inline)]
    pub sort: Option<PlanCandidateSort>,
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

/// A deficit that no line of the plan answers (дефицит без строки плана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UncoveredDeficit)]
pub struct UncoveredDeficitView {
    /// The deficit.
    pub deficit_id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// Title of the competency.
    #[schema(max_length = 4000)]
    pub title: String,
    /// Level shown, as named by the instrument; `reported` for a difficulty.
    #[schema(max_length = 100, example = "high_deficit")]
    pub level: String,
    /// Severity: the greater, the graver.
    #[schema(minimum = 1, maximum = 100)]
    pub severity: i32,
    /// Since when.
    pub opened_on: NaiveDate,
}

impl From<UncoveredDeficit> for UncoveredDeficitView {
    fn from(found: UncoveredDeficit) -> Self {
        Self {
            deficit_id: found.deficit_id,
            person_id: found.person_id,
            competency_id: found.competency_id,
            title: found.competency_title,
            level: found.level,
            severity: found.severity.into(),
            opened_on: found.opened_on,
        }
    }
}

page_view! {
    /// One page of deficits that a plan does not cover, the gravest first.
    UncoveredDeficitPage of UncoveredDeficitView
}

/// Which page.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UncoveredDeficitQuery {
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
