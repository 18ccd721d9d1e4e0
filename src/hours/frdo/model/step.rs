//! What is to be sent of a document after all that was sent before: the document, its change, its annulment, or nothing.

use chrono::NaiveDate;
use uuid::Uuid;

use super::cell::{Cell, CellProblem, cells};
use super::classifier::{DUPLICATE, ORIGINAL, YES};
use super::field::{Field, Record};
use super::layout::Layout;
use crate::error::Text;
use crate::hours::model::credential::State;
use crate::values::DocumentKind;
use crate::values::text::is_blank;

/// As what a row goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// A document for the first time.
    Original,
    /// A duplicate of one, with the original beside it.
    Duplicate,
    /// A change of what the register has.
    Change,
    /// What the register has is void.
    Annulment,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Original, Self::Duplicate, Self::Change, Self::Annulment];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Duplicate => "duplicate",
            Self::Change => "change",
            Self::Annulment => "annulment",
        }
    }

    /// The action of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }
}

/// A document that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The document.
    pub credential_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Its kind.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: State,
    /// The duplicate (дубликат) of the document that this form is; none: the document itself.
    pub duplicate_id: Option<Uuid>,
    /// Day of issue of this form.
    pub issued_on: NaiveDate,
    /// Day of issue of the document: its duplicates are listed with it.
    pub first_issued_on: NaiveDate,
    /// What is written about it.
    pub record: Record,
}

/// A row that the register has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// As what it went.
    pub action: Action,
    /// The layout.
    pub layout: Layout,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Sent {
    fn get(&self, field: Field) -> Option<&str> {
        let columns = self.layout.columns().iter().zip(&self.cells);
        columns.into_iter().find(|(column, _)| column.field == field).map(|(_, cell)| cell.as_str())
    }
}

/// What was sent of a document before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// A package with it waits for the answer of the register.
    pub is_waiting: bool,
    /// The last row of it that was accepted.
    pub last: Option<Sent>,
}

/// What would come of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It goes into the next package.
    Clean,
    /// The register would reject it.
    Rejected,
    /// A package with it waits for the answer.
    Waiting,
    /// The register has it as it is, or it never was there and is void.
    NothingToSend,
}

/// A document as the table would have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The document.
    pub paper: Paper,
    /// As what it would go.
    pub action: Action,
    /// What would come of it.
    pub outcome: Outcome,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Why it is rejected as a whole.
    pub problem: Option<CellProblem>,
}

/// What comes next of a document and its duplicates, one after the other: the register has a form before that which replaces
/// it. None of no form.
pub fn next_line(layout: Layout, forms: Vec<(Paper, Standing)>) -> Option<Line> {
    let mut last = None;
    for (paper, before) in forms {
        let next = line(layout, paper, &before);
        if next.outcome != Outcome::NothingToSend {
            return Some(next);
        }
        last = Some(next);
    }
    last
}

/// The row of one form of a document after what was sent of it before.
pub fn line(layout: Layout, paper: Paper, before: &Standing) -> Line {
    let action = action(&paper, before.last.as_ref());
    let record = sent_as(action, &paper, before.last.as_ref());
    let cells = cells(layout, action, &record);
    let problem = as_a_whole(&paper);
    let was_annulled = before.last.as_ref().is_some_and(|sent| sent.action == Action::Annulment);
    let void = paper.state == State::Annulled && !is_known(&paper, before.last.as_ref());
    let unchanged =
        paper.state != State::Annulled && before.last.as_ref().is_some_and(|sent| is_same(sent, &cells));
    let outcome = if before.is_waiting {
        Outcome::Waiting
    } else if was_annulled || void || unchanged {
        Outcome::NothingToSend
    } else if problem.is_some() || cells.iter().any(|cell| cell.problem.is_some()) {
        Outcome::Rejected
    } else {
        Outcome::Clean
    };
    Line { paper, action, outcome, cells, problem }
}

/// Whoever had sent the document by another system says which number the register has: it goes as a change then.
fn action(paper: &Paper, last: Option<&Sent>) -> Action {
    match (paper.state, is_known(paper, last), paper.duplicate_id.is_some()) {
        (State::Annulled, ..) => Action::Annulment,
        (_, true, _) => Action::Change,
        (_, false, true) => Action::Duplicate,
        (_, false, false) => Action::Original,
    }
}

fn is_known(paper: &Paper, last: Option<&Sent>) -> bool {
    last.is_some() || !is_blank(paper.record.get(Field::ReplacesNumber))
}

/// A correction names the number that the register has. What is void goes as destroyed: the template has no other word.
fn sent_as(action: Action, paper: &Paper, last: Option<&Sent>) -> Record {
    let status = if paper.duplicate_id.is_some() { DUPLICATE } else { ORIGINAL };
    let mut record = paper.record.clone().with(Field::DocumentStatus, status);
    if let Some(number) = last.and_then(|sent| sent.get(Field::Number)) {
        record.set(Field::ReplacesNumber, number);
    }
    if action == Action::Annulment {
        record.set(Field::DestructionConfirmed, YES);
    }
    record
}

/// Whether the register has what would be sent, as far as both tables say it.
fn is_same(sent: &Sent, cells: &[Cell]) -> bool {
    cells
        .iter()
        .filter(|cell| !cell.column.field.is_about_sending())
        .filter_map(|cell| Some((cell, sent.get(cell.column.field)?)))
        .all(|(cell, before)| cell.value == before)
}

/// Only qualification documents are in the register (B1.10, B1.11); what is disputed waits.
fn as_a_whole(paper: &Paper) -> Option<CellProblem> {
    if !matches!(paper.kind, DocumentKind::PdCertificate | DocumentKind::RetrainingDiploma) {
        return Some(CellProblem::new(
            "not_in_register",
            Text::new(
                "Сертификаты и справки в ФРДО не передают",
                "Certificates of participation and statements are not in the register",
            ),
        ));
    }
    (paper.state == State::Disputed).then(|| {
        CellProblem::new(
            "disputed",
            Text::new("Документ оспорен: сначала решите спор", "The document is disputed: settle that first"),
        )
    })
}
