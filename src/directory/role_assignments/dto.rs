//! What travels about role assignments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Act, Holder, NewRoleAssignment, RoleAssignment};
use crate::authz::{Level, Role};
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::page_view;
use crate::values::day;

/// A role to be given.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleAssignmentCreate {
    /// The person who gets the role; either this or `account_id`.
    pub person_id: Option<Uuid>,
    /// The account without a person that gets the role: a service, an administrator of the platform.
    pub account_id: Option<Uuid>,
    /// The role; `teacher` is never given, it follows from an employment.
    pub role: Role,
    /// The organization the role is held at; absent for `platform_admin` alone.
    pub organization_id: Option<Uuid>,
    /// The act that gives the role (приказ).
    #[validate(nested)]
    pub act: Option<RoleActBody>,
    /// First day; today when absent.
    #[schema(example = "2026-03-01")]
    #[serde(default, deserialize_with = "day")]
    pub valid_from: Option<NaiveDate>,
    /// Last day; open when absent. A role ends with the employment it hangs on, whatever stands here.
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
}

impl RoleAssignmentCreate {
    /// The role as asked for.
    pub fn to_model(&self) -> Result<NewRoleAssignment> {
        let holder = match (self.person_id, self.account_id) {
            (Some(person), None) => Holder::Person(person),
            (None, Some(account)) => Holder::Account(account),
            (person, _) => {
                let words = Text::new(
                    "Укажите либо человека, либо учётную запись",
                    "Name either a person or an account",
                );
                let code = if person.is_some() { "one_holder_only" } else { "required" };
                return Err(Error::invalid(vec![FieldProblem::new("/person_id", code, words)]));
            }
        };
        Ok(NewRoleAssignment {
            holder,
            role: self.role,
            organization_id: self.organization_id,
            act: self.act.clone().map(|act| Act { number: act.number, date: act.date }),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        })
    }
}

/// The act that gives a role (приказ о назначении).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoleAct)]
pub struct RoleActBody {
    /// Number of the act.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "12-к")]
    pub number: String,
    /// Date of the act.
    #[schema(example = "2026-02-27")]
    #[serde(deserialize_with = "day")]
    pub date: NaiveDate,
}

/// The end of a role.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleAssignmentEnd {
    /// Last day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
}

/// A role held somewhere for a time (назначение роли).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoleAssignment)]
pub struct RoleAssignmentView {
    /// The assignment's id.
    pub id: Uuid,
    /// The person who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// "Last name first name middle name" of that person.
    #[schema(max_length = 302, example = "Соколова Анна Петровна")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_name: Option<String>,
    /// The account without a person that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Uuid>,
    /// The role.
    pub role: Role,
    /// The level it acts at.
    pub level: Level,
    /// The organization it is held at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The act that gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<RoleActBody>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RoleAssignmentView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(assignment: RoleAssignment, allowed_actions: Vec<String>) -> Self {
        let (person_id, account_id) = match assignment.holder {
            Holder::Person(id) => (Some(id), None),
            Holder::Account(id) => (None, Some(id)),
        };
        Self {
            id: assignment.id,
            person_id,
            person_name: assignment.holder_name.map(|name| name.to_string()),
            account_id,
            role: assignment.role,
            level: assignment.level,
            organization_id: assignment.organization_id,
            act: assignment.act.map(|act| RoleActBody { number: act.number, date: act.date }),
            valid_from: assignment.valid_from,
            valid_until: assignment.valid_until,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of role assignments, oldest first.
    RoleAssignmentPage of RoleAssignmentView
}

/// Which role assignments to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoleAssignmentQuery {
    /// Only at this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only this role.
    pub role: Option<Role>,
    /// Only those in force on this day.
    #[serde(default, deserialize_with = "day")]
    pub on: Option<NaiveDate>,
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
