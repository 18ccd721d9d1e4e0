//! What travels about matching.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{MatchReason, Wanted};
use super::service::Known;
use crate::directory::checks;
use crate::error::{Error, Result};
use crate::values::{PersonName, Snils, day};

/// Who is looked for.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonMatchRequest {
    /// Last name (фамилия).
    #[validate(custom(function = "checks::last_name"))]
    #[schema(min_length = 1, max_length = 100, example = "Соколова")]
    pub last_name: String,
    /// First name (имя).
    #[validate(custom(function = "checks::first_name"))]
    #[schema(min_length = 1, max_length = 100, example = "Анна")]
    pub first_name: String,
    /// Middle name (отчество).
    #[validate(custom(function = "checks::middle_name"))]
    #[schema(max_length = 100, example = "Петровна")]
    pub middle_name: Option<String>,
    /// Insurance number (СНИЛС), with or without separators.
    #[validate(custom(function = "checks::snils"))]
    #[schema(min_length = 11, max_length = 14, example = "112-233-445 95")]
    pub snils: Option<String>,
    /// Date of birth; without it only the same СНИЛС and the same name are found.
    #[schema(example = "1984-05-17")]
    #[serde(default, deserialize_with = "day")]
    pub birth_date: Option<NaiveDate>,
}

impl PersonMatchRequest {
    /// The person in exact values.
    pub fn to_model(&self) -> Result<Wanted> {
        let name = PersonName::new(&self.last_name, &self.first_name, self.middle_name.as_deref());
        Ok(Wanted {
            name: name.map_err(Error::internal)?,
            snils: self.snils.as_deref().map(Snils::parse).transpose().map_err(Error::internal)?,
            birth_date: self.birth_date,
        })
    }
}

/// Why somebody may be the person that is looked for (основание совпадения).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PersonMatchReason)]
pub enum PersonMatchReasonDto {
    /// The same СНИЛС.
    SameSnils,
    /// The same full name and date of birth.
    SameNameAndBirthDate,
    /// A former full name is the same, and the date of birth.
    FormerNameAndBirthDate,
    /// The same date of birth, and a name that differs in a letter or two or in the order of its parts.
    SimilarNameAndBirthDate,
    /// The same date of birth, first and middle name: the last name may have changed.
    OtherLastName,
    /// The same full name; one of the dates of birth is not known or is another one.
    SameName,
    /// A former full name is the same; one of the dates of birth is not known or is another one.
    FormerName,
}

crate::values::mirror!(PersonMatchReasonDto => MatchReason {
    SameSnils, SameNameAndBirthDate, FormerNameAndBirthDate, SimilarNameAndBirthDate, OtherLastName, SameName, FormerName,
});

/// Somebody who may be the person that is looked for (совпадение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonMatch)]
pub struct PersonMatchView {
    /// The person's id; absent when the caller may not see the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// Full name today; absent when the caller may not see the person.
    #[schema(max_length = 302, example = "Соколова Анна Петровна")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why, the strongest reason first.
    #[schema(min_items = 1, max_items = 7)]
    pub reasons: Vec<PersonMatchReasonDto>,
    /// Whether `create_person` refuses to add somebody beside this person, unless `distinct_from` names the id.
    pub possible_duplicate: bool,
}

impl From<Known> for PersonMatchView {
    fn from(known: Known) -> Self {
        let Known { found, visible } = known;
        Self {
            person_id: visible.then_some(found.id),
            name: visible.then(|| found.name.to_string()),
            possible_duplicate: found.is_duplicate(),
            reasons: found.reasons.into_iter().map(Into::into).collect(),
        }
    }
}

/// Who may be the person that is looked for, the most alike first (отчёт о совпадениях).
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonMatchReport {
    /// At most fifty people; none when nobody of the region resembles the person.
    #[schema(max_items = 50)]
    pub items: Vec<PersonMatchView>,
}
