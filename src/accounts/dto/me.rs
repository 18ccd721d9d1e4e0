//! What a caller is shown of himself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::AccountView;
use crate::accounts::SecretText;
use crate::accounts::model::check_password;
use crate::accounts::service::{Me, allowed_actions};
use crate::approvals::service::Pending;
use crate::authz::{Actor, Level, Role, RoleGrant};
use crate::error::{Error, FieldProblem, Result};

/// The caller (текущий пользователь).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeView {
    /// The account the token belongs to; the `ETag` is its version.
    pub account: AccountView,
    /// The person behind the account; absent for services and administrators of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<MePerson>,
    /// What the token may be used as.
    #[schema(max_items = 1000)]
    pub grants: Vec<MeGrant>,
    /// How many steps of approvals wait for the caller: the length of `list_approval_inbox`.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 2)]
    pub pending_approvals: i64,
    /// What of approvals is on its way to the caller and from the caller.
    pub approvals: MeApprovals,
}

/// What of approvals is on its way (согласования).
#[derive(Debug, Serialize, ToSchema)]
pub struct MeApprovals {
    /// Steps that wait for the caller: the length of `list_approval_inbox`.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 2)]
    pub waiting: i64,
    /// Of these, those whose last day has passed.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 0)]
    pub waiting_overdue: i64,
    /// Of these, those that wait for somebody whom the caller substitutes.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 1)]
    pub waiting_as_substitute: i64,
    /// What the caller handed in and was sent back for rework.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 1)]
    pub returned: i64,
    /// Of these, those whose rework was due before today.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 0)]
    pub returned_overdue: i64,
    /// What the caller handed in and others are deciding on.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 3)]
    pub in_review: i64,
}

impl From<Pending> for MeApprovals {
    fn from(Pending { waiting, submitted }: Pending) -> Self {
        Self {
            waiting: waiting.waiting,
            waiting_overdue: waiting.overdue,
            waiting_as_substitute: waiting.as_substitute,
            returned: submitted.returned,
            returned_overdue: submitted.returned_overdue,
            in_review: submitted.in_review,
        }
    }
}

/// The person behind the caller's account.
#[derive(Debug, Serialize, ToSchema)]
pub struct MePerson {
    /// The person's id.
    pub id: Uuid,
    /// Last name (фамилия).
    #[schema(max_length = 100, example = "Иванова")]
    pub last_name: String,
    /// First name (имя).
    #[schema(max_length = 100, example = "Анна")]
    pub first_name: String,
    /// Middle name (отчество).
    #[schema(max_length = 100, example = "Петровна")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
}

/// A role the caller holds (роль).
#[derive(Debug, Serialize, ToSchema)]
pub struct MeGrant {
    /// The role.
    pub role: Role,
    /// The level of the hierarchy it acts at.
    pub level: Level,
    /// Where it is held; absent for administrators of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<MeOrganization>,
}

/// An organization the caller holds a role at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeOrganization {
    /// The organization's id.
    pub id: Uuid,
    /// Full official name.
    #[schema(max_length = 500)]
    pub name: String,
}

impl MeView {
    /// The representation for that caller.
    pub fn new(me: Me, actor: &Actor) -> Self {
        let organizations: Vec<MeOrganization> =
            me.organizations.into_iter().map(|(id, name)| MeOrganization { id, name }).collect();
        let grant = |grant: &RoleGrant| MeGrant {
            role: grant.role,
            level: grant.level,
            organization: organizations.iter().find(|place| Some(place.id) == grant.organization_id).cloned(),
        };
        let person = me.person.zip(me.account.person_id).map(|((last_name, first_name, middle_name), id)| {
            MePerson { id, last_name, first_name, middle_name }
        });
        let actions = allowed_actions(actor, &me.account);
        Self {
            account: AccountView::new(me.account, actions),
            person,
            grants: actor.grants.iter().map(grant).collect(),
            pending_approvals: me.approvals.waiting.waiting,
            approvals: me.approvals.into(),
        }
    }
}

/// A change of one's own password.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"current_password": "a long sentence", "new_password": "another long sentence"}))]
pub struct PasswordChange {
    /// The password until now.
    #[schema(value_type = String, max_length = 200, format = "password")]
    pub current_password: SecretText,
    /// The password from now on.
    #[schema(value_type = String, min_length = 12, max_length = 200, format = "password")]
    pub new_password: SecretText,
}

impl PasswordChange {
    /// Everything that is wrong with the new password.
    pub fn check(&self) -> Result<()> {
        let (current, new) = (self.current_password.reveal(), self.new_password.reveal());
        let mut problems: Vec<FieldProblem> = check_password("/new_password", new).into_iter().collect();
        if current == new {
            let words = crate::error::Text::new("Пароль тот же самый", "It is the same password");
            problems.push(FieldProblem::new("/new_password", "unchanged", words));
        }
        if current.chars().count() > 200 {
            let words = crate::error::Text::new("Не больше 200 знаков", "At most 200 characters");
            problems.push(FieldProblem::new("/current_password", "length", words));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
    }
}
