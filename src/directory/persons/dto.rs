//! What travels about persons.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{ExternalId, FormerName, NewPerson, PersonData, PersonLine, PersonSheet, Post};
use crate::directory::checks;
use crate::directory::employments::dto::EmploymentCreate;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::page_view;
use crate::values::{PersonName, Snils, day};

/// A person to be added.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonCreate {
    /// What is said of the person.
    #[validate(nested)]
    pub data: PersonBody,
    /// The first employment; without it only roles of the region may add a person.
    #[validate(nested)]
    pub employment: Option<EmploymentCreate>,
    /// The system the person is loaded from; only together with `external_id`.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "1c-hr")]
    pub source: Option<String>,
    /// The identifier in that system, unique within the region and source.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "000012345")]
    pub external_id: Option<String>,
    /// Ids of people who have the same full name and date of birth and are others: without them a possible duplicate is
    /// refused (однофамильцы, проверено).
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub distinct_from: Vec<Uuid>,
}

impl PersonCreate {
    /// The person as asked for.
    pub fn to_model(&self) -> Result<NewPerson> {
        Ok(NewPerson {
            data: self.data.to_model()?,
            external: external_id("", self.source.as_deref(), self.external_id.as_deref())?,
            distinct_from: self.distinct_from.clone(),
            employment: self.employment.as_ref().map(|work| work.to_model("/employment")).transpose()?,
        })
    }
}

/// Where a loaded thing came from: both parts or none.
pub fn external_id(prefix: &str, source: Option<&str>, id: Option<&str>) -> Result<Option<ExternalId>> {
    match (source, id) {
        (None, None) => Ok(None),
        (Some(source), Some(id)) => Ok(Some(ExternalId { source: source.to_owned(), id: id.to_owned() })),
        (source, _) => {
            let missing = if source.is_none() { "source" } else { "external_id" };
            let words = Text::new(
                "source и external_id указываются вместе",
                "source and external_id are given together",
            );
            Err(Error::invalid(vec![FieldProblem::new(format!("{prefix}/{missing}"), "required", words)]))
        }
    }
}

/// What is said of a person.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PersonData)]
pub struct PersonBody {
    /// Last name (фамилия).
    #[validate(custom(function = "checks::last_name"))]
    #[schema(min_length = 1, max_length = 100, example = "Соколова")]
    pub last_name: String,
    /// First name (имя).
    #[validate(custom(function = "checks::first_name"))]
    #[schema(min_length = 1, max_length = 100, example = "Анна")]
    pub first_name: String,
    /// Middle name (отчество); many people have none.
    #[validate(custom(function = "checks::middle_name"))]
    #[schema(max_length = 100, example = "Петровна")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// Insurance number (СНИЛС), with or without separators, with valid control digits; unique within the region.
    /// Shown to the person and to roles that need it.
    #[validate(custom(function = "checks::snils"))]
    #[schema(min_length = 11, max_length = 14, example = "112-233-445 95")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snils: Option<String>,
    /// Date of birth. Shown to the person and to roles that need it.
    #[schema(example = "1984-05-17")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub birth_date: Option<NaiveDate>,
    /// E-mail address. Shown to the person and to roles that need it.
    #[validate(email, length(max = 254))]
    #[schema(max_length = 254, example = "a.sokolova@school7.example")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl PersonBody {
    /// The data in exact values.
    pub fn to_model(&self) -> Result<PersonData> {
        // The checks of the body have refused what does not parse.
        let name = PersonName::new(&self.last_name, &self.first_name, self.middle_name.as_deref());
        Ok(PersonData {
            name: name.map_err(Error::internal)?,
            snils: self.snils.as_deref().map(Snils::parse).transpose().map_err(Error::internal)?,
            birth_date: self.birth_date,
            email: self.email.as_ref().map(|email| email.trim().to_lowercase()),
        })
    }

    /// What a caller sees: the name, and the rest if he needs it.
    fn shown(data: PersonData, private: bool) -> Self {
        Self {
            last_name: data.name.last().to_owned(),
            first_name: data.name.first().to_owned(),
            middle_name: data.name.middle().map(str::to_owned),
            snils: data.snils.filter(|_| private).map(|snils| snils.to_string()),
            birth_date: data.birth_date.filter(|_| private),
            email: data.email.filter(|_| private),
        }
    }
}

/// A change of what is said of a person.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonUpdate {
    /// Everything that is said of the person from now on.
    #[validate(nested)]
    pub data: PersonBody,
    /// First day of the new name, if the name changes; today when absent. The former name stays in the history.
    #[serde(default, deserialize_with = "day")]
    pub name_changed_on: Option<NaiveDate>,
}

/// A person (физическое лицо).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    /// The person's id.
    pub id: Uuid,
    /// The region the person belongs to.
    pub region_id: Uuid,
    /// What is said of the person; personal data only for those who need it.
    pub data: PersonBody,
    /// Work that has not ended, newest first.
    #[schema(max_items = 100)]
    pub posts: Vec<PostView>,
    /// The kept card of the same person, when this card was merged into it: go on there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into_id: Option<Uuid>,
    /// Day the personal data was erased by an act (обезличено); hours and documents stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased_on: Option<NaiveDate>,
    /// What the caller may do with the person now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl PersonView {
    /// The representation for a caller.
    pub fn new(sheet: PersonSheet, private: bool, allowed_actions: Vec<String>) -> Self {
        let posts = sheet.posts().into_iter().map(Into::into).collect();
        let person = sheet.person;
        Self {
            id: person.id,
            region_id: person.region_id,
            merged_into_id: person.merged_into_id,
            erased_on: person.erased_on,
            data: PersonBody::shown(person.data, private),
            posts,
            allowed_actions,
        }
    }
}

/// A post (должность) at an organization.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Post)]
pub struct PostView {
    /// The organization.
    pub organization_id: Uuid,
    /// Position (должность).
    #[schema(max_length = 200, example = "учитель математики")]
    pub position: String,
}

impl From<Post> for PostView {
    fn from(post: Post) -> Self {
        Self { organization_id: post.organization_id, position: post.position }
    }
}

/// A person in a list: name and posts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonItem {
    /// The person's id.
    pub id: Uuid,
    /// Last name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// First name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Middle name.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// The kept card of the same person, when this card was merged into it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into_id: Option<Uuid>,
    /// Work that has not ended, newest first.
    #[schema(max_items = 100)]
    pub posts: Vec<PostView>,
}

impl From<PersonLine> for PersonItem {
    fn from(line: PersonLine) -> Self {
        Self {
            id: line.id,
            last_name: line.name.last().to_owned(),
            first_name: line.name.first().to_owned(),
            middle_name: line.name.middle().map(str::to_owned),
            merged_into_id: line.merged_into_id,
            posts: line.posts.into_iter().map(Into::into).collect(),
        }
    }
}

page_view! {
    /// One page of persons, by last name, first name and id.
    PersonPage of PersonItem
}

/// Which persons to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PersonQuery {
    /// Only those who work at this organization.
    pub organization_id: Option<Uuid>,
    /// Only those who work on the territory of this municipal authority.
    pub municipality_id: Option<Uuid>,
    /// Only those who work in this position (должность), in any case of letters.
    #[validate(length(min = 1, max = 200))]
    #[param(min_length = 1, max_length = 200)]
    pub position: Option<String>,
    /// Part of "last name first name middle name", in any case of letters.
    #[validate(length(min = 2, max = 100))]
    #[param(min_length = 2, max_length = 100)]
    pub q: Option<String>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 1000))]
    #[param(max_length = 1000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// A name a person used to have (прежнее имя).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonFormerName)]
pub struct FormerNameView {
    /// Last name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// First name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Middle name.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// Last day the name was in use.
    pub used_until: NaiveDate,
}

impl From<FormerName> for FormerNameView {
    fn from(former: FormerName) -> Self {
        Self {
            last_name: former.name.last().to_owned(),
            first_name: former.name.first().to_owned(),
            middle_name: former.name.middle().map(str::to_owned),
            used_until: former.used_until,
        }
    }
}

page_view! {
    /// Former names of a person, newest first; a history fits one page.
    FormerNamePage of FormerNameView
}
