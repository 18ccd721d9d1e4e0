//! What travels about employments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Claimed, Employment, EmploymentData, EmploymentKind, NewEmployment};
use crate::directory::checks;
use crate::directory::persons::dto::external_id;
use crate::error::{Error, Result};
use crate::http::page_view;
use crate::values::{EducationLevel, Snils, day, text};

/// Staff or part-time (вид занятости).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EmploymentKind)]
pub enum EmploymentKindDto {
    /// Main place of work (основное место работы, штатный).
    Staff,
    /// Part-time beside the main work at the same organization (внутреннее совместительство).
    InternalPartTime,
    /// Part-time, with the main place of work elsewhere (внешнее совместительство).
    ExternalPartTime,
    /// Civil contract (договор ГПХ).
    Contract,
}

crate::values::mirror!(EmploymentKindDto => EmploymentKind { Staff, InternalPartTime, ExternalPartTime, Contract });

/// A subject taught (учебный предмет).
#[derive(Debug, ToSchema)]
#[schema(min_length = 1, max_length = 200, example = "математика")]
pub struct Subject(pub String);

/// An employment to be added.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmploymentCreate {
    /// The organization the person works at.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: EmploymentBody,
    /// The system the employment is loaded from; only together with `external_id`.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "1c-hr")]
    pub source: Option<String>,
    /// The identifier in that system, unique within the region and source.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "000012345-1")]
    pub external_id: Option<String>,
}

impl EmploymentCreate {
    /// The employment as asked for; `prefix` is where it stands in the body.
    pub fn to_model(&self, prefix: &str) -> Result<NewEmployment> {
        Ok(NewEmployment {
            organization_id: self.organization_id,
            data: self.data.to_model(&format!("{prefix}/data"))?,
            external: external_id(prefix, self.source.as_deref(), self.external_id.as_deref())?,
        })
    }
}

/// Somebody who works elsewhere in the region, to be employed (приём на работу, в том числе совместителя).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonHire {
    /// СНИЛС of the person, with or without separators.
    #[validate(custom(function = "checks::snils"))]
    #[schema(min_length = 11, max_length = 14, example = "112-233-445 95")]
    pub snils: String,
    /// Last name (фамилия) of the person, the present or a former one.
    #[validate(custom(function = "checks::last_name"))]
    #[schema(min_length = 1, max_length = 100, example = "Каренина")]
    pub last_name: String,
    /// The work there.
    #[validate(nested)]
    pub employment: EmploymentCreate,
}

impl PersonHire {
    /// Who is to be employed, and as what.
    pub fn to_model(&self) -> Result<(Claimed, NewEmployment)> {
        let wrong = |_| Error::field("/snils", "checksum", "СНИЛС неверен", "The СНИЛС is wrong");
        let who =
            Claimed { snils: Snils::parse(&self.snils).map_err(wrong)?, last_name: self.last_name.clone() };
        Ok((who, self.employment.to_model("/employment")?))
    }
}

/// What is said of an employment.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmploymentData)]
pub struct EmploymentBody {
    /// Staff or part-time.
    pub kind: EmploymentKindDto,
    /// Position by the nomenclature (должность, постановление № 225).
    #[validate(length(min = 1, max = 200), custom(function = "checks::not_blank"))]
    #[schema(min_length = 1, max_length = 200, example = "учитель математики")]
    pub position: String,
    /// Levels of education taught (уровни образования): they choose the norm of hours.
    #[validate(length(max = 6))]
    #[schema(max_items = 6)]
    #[serde(default)]
    pub education_levels: Vec<EducationLevel>,
    /// Subjects taught, 1 to 200 characters each.
    #[validate(length(max = 20), custom(function = "checks::short_texts"))]
    #[schema(max_items = 20, value_type = Vec<Subject>, example = json!(["математика"]))]
    #[serde(default)]
    pub subjects: Vec<String>,
    /// First day of work.
    #[schema(example = "2021-09-01")]
    #[serde(deserialize_with = "day")]
    pub started_on: NaiveDate,
    /// Last day of work; absent while it lasts. The roles held there end the same day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub ended_on: Option<NaiveDate>,
}

impl EmploymentBody {
    /// The data as rules see it; `prefix` is where it stands in the body.
    pub fn to_model(&self, prefix: &str) -> Result<EmploymentData> {
        let mut education_levels = self.education_levels.clone();
        education_levels.sort_unstable();
        education_levels.dedup();
        let data = EmploymentData {
            kind: self.kind.into(),
            position: text::collapse(&self.position),
            education_levels,
            subjects: self.subjects.iter().map(|subject| text::collapse(subject)).collect(),
            started_on: self.started_on,
            ended_on: self.ended_on,
        };
        let problems = data.problems(prefix);
        if problems.is_empty() { Ok(data) } else { Err(Error::invalid(problems)) }
    }
}

impl From<EmploymentData> for EmploymentBody {
    fn from(data: EmploymentData) -> Self {
        Self {
            kind: data.kind.into(),
            position: data.position,
            education_levels: data.education_levels,
            subjects: data.subjects,
            started_on: data.started_on,
            ended_on: data.ended_on,
        }
    }
}

/// Work of a person at an organization (трудоустройство).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Employment)]
pub struct EmploymentView {
    /// The employment's id.
    pub id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// The organization.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: EmploymentBody,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl EmploymentView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(employment: Employment, allowed_actions: Vec<String>) -> Self {
        Self {
            id: employment.id,
            person_id: employment.person_id,
            organization_id: employment.organization_id,
            data: employment.data.into(),
            allowed_actions,
        }
    }
}

page_view! {
    /// All work of a person, present and past, newest first; it fits one page.
    EmploymentPage of EmploymentView
}
