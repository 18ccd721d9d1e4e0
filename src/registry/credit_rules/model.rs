//! What a credit rule is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Target;
use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::ProgramFacts;
use crate::values::Hours;

/// A whole program, or one of its modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Creditable {
    /// The program.
    pub program_id: Uuid,
    /// The module; none for the whole program.
    pub module_id: Option<Uuid>,
}

impl Creditable {
    /// Its volume, if the program is this one and has such a module.
    pub fn hours(self, program: &ProgramFacts) -> Option<Hours> {
        match self.module_id {
            None => Some(program.hours),
            Some(id) => program.module(id).map(|module| module.data.hours),
        }
    }
}

/// A credit rule.
#[derive(Debug, Clone)]
pub struct CreditRule {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Whose rule it is.
    pub organization_id: Uuid,
    /// What was learnt.
    pub source: Creditable,
    /// What it is credited in.
    pub target: Creditable,
    /// How much.
    pub hours: Hours,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_until: Option<NaiveDate>,
    /// Remark.
    pub note: Option<String>,
    /// Row version.
    pub version: i64,
}

impl CreditRule {
    /// The rule as a target of rights.
    pub fn target_of_rights(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, None)
    }

    /// What is wrong with hours and dates; the volumes are those of source and target.
    pub fn problems(&self, source: Option<Hours>, target: Option<Hours>) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.source == self.target {
            let words = Text::new("Источник и цель совпадают", "Source and target are the same");
            problems.push(FieldProblem::new("/target", "same_as_source", words));
        }
        let volume = source.into_iter().chain(target).min();
        if self.hours <= Hours::ZERO || volume.is_some_and(|volume| volume < self.hours) {
            let words = Text::new(
                "Зачесть можно больше нуля и не больше объёма источника и цели",
                "More than nothing is credited, and not more than source and target hold",
            );
            problems.push(FieldProblem::new("/hours", "hours_out_of_range", words));
        }
        if self.valid_until.is_some_and(|until| until < self.valid_from) {
            let words = Text::new("Кончается раньше, чем начинается", "It ends before it begins");
            problems.push(FieldProblem::new("/valid_until", "dates_reversed", words));
        }
        problems
    }
}
