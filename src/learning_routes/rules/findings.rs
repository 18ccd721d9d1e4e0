//! What the rules found: violations that refuse, and those that are only reported.

use crate::error::{Error, FieldProblem, Result};
use crate::regulations::profile::RuleSeverity;

/// Every violation at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Violations that refuse the request.
    pub errors: Vec<FieldProblem>,
    /// Violations that are only reported.
    pub warnings: Vec<FieldProblem>,
}

impl Findings {
    /// Adds a violation.
    pub fn add(&mut self, severity: RuleSeverity, problem: FieldProblem) {
        match severity {
            RuleSeverity::Error => self.errors.push(problem),
            RuleSeverity::Warning => self.warnings.push(problem),
        }
    }

    /// Adds a violation that refuses.
    pub fn error(&mut self, problem: FieldProblem) {
        self.errors.push(problem);
    }

    /// Refuses (422) with every error, if there is one.
    ///
    /// # Errors
    /// All errors found.
    pub fn into_result(self) -> Result<()> {
        if self.errors.is_empty() { Ok(()) } else { Err(Error::invalid(self.errors)) }
    }
}
