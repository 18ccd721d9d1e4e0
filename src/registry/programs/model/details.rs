//! What else is said of a program: standards, positions, partners, quality marks, funding.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ProgramFunding, QualityMarkKind, StandardKind};
use crate::error::{FieldProblem, Text};

/// What is said of a program beside its title, volume and audience.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgramDetails {
    /// Positions it is meant for; empty: all.
    pub positions: Vec<String>,
    /// Standards it is written in line with (P2-8).
    pub standards: Vec<ProgramStandard>,
    /// Whether it is carried out together with partners.
    pub network_form: bool,
    /// The partners.
    pub partner_ids: Vec<Uuid>,
    /// Marks of quality, shown to whoever chooses (P1-33).
    pub quality_marks: Vec<QualityMark>,
    /// Who may pay for it.
    pub funding: Vec<ProgramFunding>,
    /// Its number in the federal registry of programs.
    pub federal_registry_id: Option<String>,
}

/// A standard by its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramStandard {
    /// Professional standard or federal state educational standard.
    pub kind: StandardKind,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Option<String>,
}

/// A mark of quality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityMark {
    /// What it is.
    pub kind: QualityMarkKind,
    /// Who gave it.
    pub issuer: String,
    /// When.
    pub issued_on: NaiveDate,
    /// The last day it is good for; none: for good.
    pub valid_until: Option<NaiveDate>,
}

impl ProgramDetails {
    /// Every rule that the details break by themselves.
    pub(super) fn problems(&self, today: NaiveDate) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (index, _) in
            self.positions.iter().enumerate().filter(|(_, name)| !(2..=100).contains(&name.chars().count()))
        {
            let words = Text::new("Допустимая длина: 2–100", "Allowed length: 2–100");
            problems.push(FieldProblem::new(format!("/data/positions/{index}"), "length", words));
        }
        if self.network_form && self.partner_ids.is_empty() {
            let words = Text::new("У сетевой формы есть партнёры", "A program in network form has partners");
            problems.push(FieldProblem::new("/data/partner_ids", "required", words));
        }
        if !self.network_form && !self.partner_ids.is_empty() {
            let words =
                Text::new("Партнёры бывают только у сетевой формы", "Only the network form has partners");
            problems.push(FieldProblem::new("/data/partner_ids", "not_allowed", words));
        }
        for (index, mark) in self.quality_marks.iter().enumerate() {
            if mark.issued_on > today {
                let words = Text::new("День ещё не наступил", "The day has not come yet");
                let pointer = format!("/data/quality_marks/{index}/issued_on");
                problems.push(FieldProblem::new(pointer, "date_in_future", words));
            }
            if mark.valid_until.is_some_and(|until| until < mark.issued_on) {
                let words = Text::new("Срок раньше даты выдачи", "It ends before it begins");
                let pointer = format!("/data/quality_marks/{index}/valid_until");
                problems.push(FieldProblem::new(pointer, "range", words));
            }
        }
        problems
    }
}
