//! What travels about substitutions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Filter, NewSubstitution, Substitution, SubstitutionKind};
use crate::approvals::model::Act;
use crate::authz::Role;
use crate::error::{Error, Result};
use crate::http::page_view;
use crate::values::day;

/// A substitution to be given (замещение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalSubstitutionCreate {
    /// The organization at which the absent one holds the seats.
    pub organization_id: Uuid,
    /// The absent one (кого замещают).
    pub person_id: Uuid,
    /// Who decides in the name of the absent one (кто замещает); works or holds a role at the organization.
    pub substitute_person_id: Uuid,
    /// The role that is taken; every seat that the absent one holds there when absent.
    pub role: Option<Role>,
    /// First day, today or later.
    #[schema(example = "2026-03-02")]
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day, a year after the first at most.
    #[schema(example = "2026-03-13")]
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Number of the act (номер приказа); goes with its date.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "31-к")]
    pub act_number: Option<String>,
    /// Date of the act (дата приказа).
    #[schema(example = "2026-02-27")]
    #[serde(default, deserialize_with = "day")]
    pub act_date: Option<NaiveDate>,
    /// Remark (примечание).
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "На время отпуска")]
    pub note: Option<String>,
}

impl ApprovalSubstitutionCreate {
    /// The substitution as asked for.
    pub fn to_model(&self) -> Result<NewSubstitution> {
        if self.act_number.is_some() != self.act_date.is_some() {
            return Err(Error::field(
                "/act_number",
                "incomplete",
                "Номер и дата приказа указываются вместе",
                "The number and the date of the act go together",
            ));
        }
        Ok(NewSubstitution {
            organization_id: self.organization_id,
            person_id: self.person_id,
            substitute_person_id: self.substitute_person_id,
            role: self.role,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            act: self.act_number.clone().zip(self.act_date).map(|(number, date)| Act { number, date }),
            note: self.note.clone(),
        })
    }
}

/// Who gave a substitution (кем дано).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalSubstitutionKind)]
pub enum ApprovalSubstitutionKindDto {
    /// The absent one (передача полномочий).
    Delegation,
    /// A superior of the absent one (замещение).
    Substitution,
}

crate::values::mirror!(ApprovalSubstitutionKindDto => SubstitutionKind { Delegation, Substitution });

/// A substitution (замещение): from the first day to the last the substitute may decide in the name of the absent one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApprovalSubstitution)]
pub struct ApprovalSubstitutionView {
    /// The substitution's id.
    pub id: Uuid,
    /// The region.
    pub region_id: Uuid,
    /// The organization at which the absent one holds the seats.
    pub organization_id: Uuid,
    /// The absent one.
    pub person_id: Uuid,
    /// Who decides in the name of the absent one.
    pub substitute_person_id: Uuid,
    /// The role that is taken; absent: every seat there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Who gave it.
    pub kind: ApprovalSubstitutionKindDto,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Number of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub act_number: Option<String>,
    /// Date of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// The day from which it holds no more, when it was ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_on: Option<NaiveDate>,
    /// `true` when it holds today, by its days. It gives nothing that the absent one no longer holds, and nothing to a
    /// substitute who has left.
    pub in_force: bool,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl ApprovalSubstitutionView {
    /// The representation on that day.
    pub fn new(substitution: Substitution, today: NaiveDate, allowed_actions: Vec<String>) -> Self {
        let in_force = substitution.in_force(today);
        let given = substitution.given;
        let (act_number, act_date) = given.act.map(|act| (act.number, act.date)).unzip();
        Self {
            id: substitution.id,
            region_id: substitution.region_id,
            organization_id: given.organization_id,
            person_id: given.person_id,
            substitute_person_id: given.substitute_person_id,
            role: given.role,
            kind: substitution.kind.into(),
            starts_on: given.starts_on,
            ends_on: given.ends_on,
            act_number,
            act_date,
            note: given.note,
            revoked_on: substitution.revoked_on,
            in_force,
            created_at: substitution.created_at,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of substitutions, the newest first day first.
    ApprovalSubstitutionPage of ApprovalSubstitutionView
}

/// Which substitutions to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalSubstitutionQuery {
    /// Only of this absent person.
    pub person_id: Option<Uuid>,
    /// Only by this substitute.
    pub substitute_person_id: Option<Uuid>,
    /// Only at this organization.
    pub organization_id: Option<Uuid>,
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

impl ApprovalSubstitutionQuery {
    /// What is asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            person_id: self.person_id,
            substitute_person_id: self.substitute_person_id,
            organization_id: self.organization_id,
            on: self.on,
        }
    }
}
