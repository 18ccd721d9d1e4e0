//! Many decisions at once.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::super::model::RequestHead;
use super::{ApprovalDecisionCreate, ApprovalStateDto};
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::ProblemView;

/// Decisions on several requests (решения по нескольким вопросам), each request once. Each is taken or refused alone.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalDecisionBatch {
    /// The decisions, in the order in which they are taken.
    #[validate(length(min = 1, max = 100), nested)]
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<ApprovalDecisionItem>,
}

/// A decision on one of several requests (решение по одному из вопросов).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalDecisionItem {
    /// The request.
    pub request_id: Uuid,
    /// The version of the request that the caller has seen.
    #[validate(range(min = 1, max = 1_000_000_000))]
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 3)]
    pub version: i64,
    /// What `decide_approval` would be sent.
    #[validate(nested)]
    pub decision: ApprovalDecisionCreate,
}

impl ApprovalDecisionBatch {
    /// Each request once: the second decision on it would be on another version.
    pub fn check(&self) -> Result<()> {
        let mut seen = HashSet::new();
        let again = |(place, item): (usize, &ApprovalDecisionItem)| {
            let words = Text::new("Этот вопрос назван дважды", "This request is named twice");
            let problem = || FieldProblem::new(format!("/items/{place}/request_id"), "duplicate", words);
            (!seen.insert(item.request_id)).then(problem)
        };
        let problems: Vec<FieldProblem> = self.items.iter().enumerate().filter_map(again).collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
    }
}

/// Where a request stands after a decision: what is kept for a repeat.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApprovalDecided {
    version: i64,
    state: ApprovalStateDto,
    #[serde(default)]
    open_step: Option<u16>,
}

impl ApprovalDecided {
    /// The request as it is now.
    pub fn new(head: &RequestHead) -> Self {
        Self {
            version: head.version,
            state: (&head.state).into(),
            open_step: head.open_step().map(|at| at.0),
        }
    }
}

/// What came of one of several decisions (итог): where the request stands now, or why it was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalDecisionResult {
    /// The request.
    pub request_id: Uuid,
    /// The HTTP status that `decide_approval` would have answered with.
    #[schema(minimum = 200, maximum = 499, format = Int32, example = 200)]
    pub status: u16,
    /// The version of the request after the decision.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Where it stands after the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ApprovalStateDto>,
    /// Position of the step it waits at; only in review.
    #[schema(minimum = 1, maximum = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_step: Option<u16>,
    /// Why it was refused; pointers lead into the body that was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemView>,
}

impl ApprovalDecisionResult {
    /// It was taken.
    pub fn decided(request_id: Uuid, decided: &ApprovalDecided) -> Self {
        Self {
            request_id,
            status: 200,
            version: Some(decided.version),
            state: Some(decided.state),
            open_step: decided.open_step,
            problem: None,
        }
    }

    /// It was refused.
    pub const fn refused(request_id: Uuid, problem: ProblemView) -> Self {
        let status = problem.status;
        Self { request_id, status, version: None, state: None, open_step: None, problem: Some(problem) }
    }
}

/// What came of several decisions, in the order sent (итоги).
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalDecisionResults {
    /// One for each decision.
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<ApprovalDecisionResult>,
    /// How many were taken.
    #[schema(value_type = u32, minimum = 0, maximum = 100, example = 2)]
    pub decided: usize,
    /// How many were refused.
    #[schema(value_type = u32, minimum = 0, maximum = 100, example = 1)]
    pub refused: usize,
}

impl From<Vec<ApprovalDecisionResult>> for ApprovalDecisionResults {
    fn from(items: Vec<ApprovalDecisionResult>) -> Self {
        let refused = items.iter().filter(|item| item.problem.is_some()).count();
        Self { decided: items.len().saturating_sub(refused), refused, items }
    }
}
