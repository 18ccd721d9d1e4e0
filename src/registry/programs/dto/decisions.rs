//! Decisions on submitted programs as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::{ProgramDecision, Verdict};
use crate::values::day;

/// What is decided on a submitted program (решение).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgramDecisionKind {
    /// The program is accepted and visible to the whole region.
    Accept,
    /// It goes back for rework; `reason` and `due_on` are both required.
    Return,
    /// It is turned down; `reason` is required.
    Reject,
}

/// A decision on a submitted program.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramDecisionCreate {
    /// What is decided.
    pub decision: ProgramDecisionKind,
    /// Why; required to return and to reject.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Не указаны планируемые результаты модулей")]
    pub reason: Option<String>,
    /// Until when a returned program is to be mended; required to return, refused otherwise.
    #[serde(default, deserialize_with = "day")]
    pub due_on: Option<NaiveDate>,
}

/// The last decision on a program.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgramDecision)]
pub struct ProgramDecisionView {
    /// When it was taken.
    pub decided_at: DateTime<Utc>,
    /// Why the program was returned or rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// Until when a returned program is to be mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

impl From<ProgramDecision> for ProgramDecisionView {
    fn from(decision: ProgramDecision) -> Self {
        Self { decided_at: decision.decided_at, reason: decision.reason, due_on: decision.due_on }
    }
}

impl ProgramDecisionCreate {
    /// The decision as the rules see it, or everything that is missing or too much.
    pub fn verdict(&self) -> Result<Verdict, Vec<FieldProblem>> {
        let reason =
            self.reason.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        match (self.decision, reason, self.due_on) {
            (ProgramDecisionKind::Accept, reason, None) => Ok(Verdict::Accept { reason }),
            (ProgramDecisionKind::Return, Some(reason), Some(due_on)) => {
                Ok(Verdict::Return { reason, due_on })
            }
            (ProgramDecisionKind::Reject, Some(reason), None) => Ok(Verdict::Reject { reason }),
            (kind, reason, due_on) => Err(problems(kind, reason.is_some(), due_on.is_some())),
        }
    }
}

fn problems(kind: ProgramDecisionKind, reason: bool, due_on: bool) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !reason && kind != ProgramDecisionKind::Accept {
        let words = Text::new("Укажите причину", "Say why");
        problems.push(FieldProblem::new("/reason", "required", words).because("P4-29", None));
    }
    if !due_on && kind == ProgramDecisionKind::Return {
        let words = Text::new("Укажите срок доработки", "Say until when it is to be mended");
        problems.push(FieldProblem::new("/due_on", "required", words));
    }
    if due_on && kind != ProgramDecisionKind::Return {
        let words = Text::new("Срок бывает только у доработки", "Only a returned program has a date");
        problems.push(FieldProblem::new("/due_on", "not_allowed", words));
    }
    problems
}
