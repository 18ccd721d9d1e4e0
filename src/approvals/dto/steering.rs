//! What changes the way of a request without deciding on it: a step put in or taken out again, a withdrawal.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::super::model::{Deadline, Position, StepKind};
use super::super::service::{NewStep, Removal};
use super::DeadlineUnitDto;
use crate::authz::Role;
use crate::error::{Error, Result};

/// What an inserted step asks for (вид шага). Approvals and consents come from the regulation alone.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InsertedStepKind {
    /// Agreement (согласование); may return the subject for rework.
    Endorse,
    /// Taking note (ознакомление).
    Acknowledge,
    /// An opinion; never holds the chain up (обсуждение).
    Discuss,
}

impl From<InsertedStepKind> for StepKind {
    fn from(kind: InsertedStepKind) -> Self {
        match kind {
            InsertedStepKind::Endorse => Self::Endorse,
            InsertedStepKind::Acknowledge => Self::Acknowledge,
            InsertedStepKind::Discuss => Self::Discuss,
        }
    }
}

/// A step that somebody else is to take before the own one (дополнительный шаг): a role at an organization, or the head
/// of an association.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStepCreate {
    /// The own step, before which the new one is put; it endorses or approves and is not taken yet.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, example = 4)]
    pub before: u16,
    /// What is asked for.
    pub kind: InsertedStepKind,
    /// The role that is asked; goes with `organization_id`.
    pub role: Option<Role>,
    /// The organization at which the role is held.
    pub organization_id: Option<Uuid>,
    /// The association whose head is asked; instead of role and organization.
    pub association_id: Option<Uuid>,
    /// The time given, in days from the opening of the step; when it has passed, the seat is reminded.
    #[validate(range(min = 1, max = 366))]
    #[schema(minimum = 1, maximum = 366, example = 3)]
    pub deadline_days: Option<u16>,
    /// How these days are counted; goes with `deadline_days`.
    pub deadline_unit: Option<DeadlineUnitDto>,
    /// Why somebody else is to be asked (причина).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Нужно мнение заместителя о нагрузке")]
    pub reason: String,
    /// The absent person in whose name it is put in; absent: in the caller's own name.
    pub acting_for_person_id: Option<Uuid>,
}

impl ApprovalStepCreate {
    /// The step as asked for.
    pub fn to_model(&self) -> Result<NewStep> {
        if self.deadline_days.is_some() != self.deadline_unit.is_some() {
            return Err(Error::field(
                "/deadline_unit",
                "incomplete",
                "Число дней и способ их счёта указываются вместе",
                "The number of days and how they are counted go together",
            ));
        }
        let working = matches!(self.deadline_unit, Some(DeadlineUnitDto::Working));
        Ok(NewStep {
            before: Position(self.before),
            kind: self.kind.into(),
            role: self.role,
            organization_id: self.organization_id,
            association_id: self.association_id,
            deadline: self.deadline_days.map(|days| Deadline { days, working }),
            reason: self.reason.clone(),
            acting_for: self.acting_for_person_id,
        })
    }
}

/// A step that is not to be asked for any more (отмена дополнительного шага).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStepRemoval {
    /// The position of the step: one that somebody put in, at which nobody has decided in this round.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, example = 5)]
    pub step: u16,
    /// Why it is not asked for any more (причина).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Заместитель в отпуске, решу без него")]
    pub reason: String,
    /// The absent person in whose name it is taken out; absent: in the caller's own name.
    pub acting_for_person_id: Option<Uuid>,
}

impl From<ApprovalStepRemoval> for Removal {
    fn from(body: ApprovalStepRemoval) -> Self {
        Self { step: Position(body.step), reason: body.reason, acting_for: body.acting_for_person_id }
    }
}

/// Taking a request back (отзыв).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalWithdrawal {
    /// Why (причина); required of whoever did not submit it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Тот, кто подал, больше не работает в школе")]
    pub reason: Option<String>,
}
