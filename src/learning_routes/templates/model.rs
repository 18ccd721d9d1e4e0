//! What a template of routes is.

use chrono::NaiveDate;
use uuid::Uuid;

/// A stage that a template proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateStage {
    /// Title.
    pub title: String,
    /// Days from the beginning of the route.
    pub offset_days: i32,
    /// Length in days.
    pub days: i32,
    /// Concrete result.
    pub expected_result: Option<String>,
    /// Form of its report.
    pub report_form: Option<String>,
}

/// What is said of a template.
#[derive(Debug, Clone)]
pub struct TemplateData {
    /// Title.
    pub title: String,
    /// The procedure in words.
    pub procedure: String,
    /// The stages it proposes.
    pub stages: Vec<TemplateStage>,
}

/// The regional procedure of forming routes.
#[derive(Debug, Clone)]
pub struct Template {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who keeps it.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: TemplateData,
    /// Day from which everybody reads it.
    pub published_on: Option<NaiveDate>,
    /// Day it was replaced.
    pub retired_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}
