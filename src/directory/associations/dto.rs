//! What travels about associations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Association, AssociationData, Member};
use crate::directory::checks;
use crate::http::page_view;
use crate::values::{day, text};

/// An association to be added.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssociationCreate {
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: AssociationBody,
}

/// What is said of an association.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssociationData)]
pub struct AssociationBody {
    /// Name, unique within the organization (наименование МО).
    #[validate(length(min = 2, max = 200), custom(function = "checks::not_blank"))]
    #[schema(min_length = 2, max_length = 200, example = "МО учителей математики")]
    pub name: String,
    /// The subject it is about.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "математика")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The head (руководитель МО), who works at the organization, or in the municipality when the association is one of
    /// a municipal authority or centre; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_person_id: Option<Uuid>,
}

impl From<AssociationBody> for AssociationData {
    fn from(body: AssociationBody) -> Self {
        Self {
            name: text::collapse(&body.name),
            subject: body.subject.as_deref().map(text::collapse),
            head_person_id: body.head_person_id,
        }
    }
}

impl From<AssociationData> for AssociationBody {
    fn from(data: AssociationData) -> Self {
        Self { name: data.name, subject: data.subject, head_person_id: data.head_person_id }
    }
}

/// A methodical association (методическое объединение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Association)]
pub struct AssociationView {
    /// The association's id.
    pub id: Uuid,
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: AssociationBody,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl AssociationView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(association: Association, allowed_actions: Vec<String>) -> Self {
        Self {
            id: association.id,
            organization_id: association.organization_id,
            data: association.data.into(),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of associations, by name.
    AssociationPage of AssociationView
}

/// Which associations to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssociationQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
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

/// A member to be added to an association.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssociationMemberAdd {
    /// The person, who works at the organization of the association; in its municipality when the association is one of a
    /// municipal authority or centre.
    pub person_id: Uuid,
    /// First day of membership; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<NaiveDate>,
}

/// When a membership ends.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssociationMemberRemoval {
    /// Last day of membership; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
}

/// A member of an association (член МО).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AssociationMember)]
pub struct MemberView {
    /// The person.
    pub person_id: Uuid,
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
    /// First day of membership.
    pub since: NaiveDate,
    /// Last day of membership; absent while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            person_id: member.person_id,
            last_name: member.name.last().to_owned(),
            first_name: member.name.first().to_owned(),
            middle_name: member.name.middle().map(str::to_owned),
            since: member.since,
            until: member.until,
        }
    }
}

page_view! {
    /// Everybody who belongs or belonged to an association, by name; it fits one page.
    AssociationMemberPage of MemberView
}
