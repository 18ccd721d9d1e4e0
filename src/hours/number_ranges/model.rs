//! What a range of numbers is, and how a number is written.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::hours::model::{Document, DocumentIdentity, Issuer};
use crate::values::DocumentKind;

/// Which number of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberPart {
    /// The number of the form.
    Form,
    /// The registration number.
    Registration,
}

impl NumberPart {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Registration => "registration",
        }
    }

    /// The part of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Form, Self::Registration].into_iter().find(|part| part.as_str() == name)
    }
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// For papers of this kind.
    pub kind: DocumentKind,
    /// Which number of them.
    pub part: NumberPart,
    /// Series of the forms.
    pub series: Option<String>,
    /// What stands before each number.
    pub prefix: String,
    /// Digits at least; shorter numbers get zeros before them.
    pub digits: u8,
}

impl Spelling {
    /// The number as it stands on the paper.
    pub fn written(&self, number: i64) -> String {
        let digits = usize::from(self.digits);
        format!("{}{number:0digits$}", self.prefix)
    }

    /// Whether both spell the same numbers, as papers are compared: without spaces, dashes and case.
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.part == other.part && self.mark() == other.mark()
    }

    fn mark(&self) -> Vec<String> {
        self.identity(Issuer::Named(String::new()), format!("{}0", self.prefix), None).marks()
    }

    fn identity(&self, issuer: Issuer, number: String, issued_on: Option<NaiveDate>) -> DocumentIdentity {
        let (number, registration_number) = match self.part {
            NumberPart::Form => (Some(number), None),
            NumberPart::Registration => (None, Some(number)),
        };
        let series = self.series.clone();
        let paper = Document { kind: self.kind, issuer, series, number, registration_number, title: None };
        DocumentIdentity::of(&paper, issued_on)
    }
}

/// A range about to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRange {
    /// How its numbers are written.
    pub spelling: Spelling,
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl NewRange {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.last < self.first {
            let words = Text::new("Последний номер меньше первого", "The last number is below the first");
            problems.push(FieldProblem::new("/last_number", "numbers_reversed", words));
        }
        if self.spelling.part == NumberPart::Registration && self.spelling.series.is_some() {
            let words = Text::new("Серия есть у номера бланка", "A series goes with the number of the form");
            problems.push(FieldProblem::new("/series", "not_of_registration", words));
        }
        problems
    }

    /// Whether it would give a number that the other gives.
    pub fn overlaps(&self, other: &NumberRange) -> bool {
        let meet = self.first <= other.last && other.first <= self.last;
        meet && self.spelling.is_same(&other.spelling)
    }
}

/// A range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRange {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The issuer.
    pub organization_id: Uuid,
    /// How its numbers are written.
    pub spelling: Spelling,
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
    /// The one that is given next; one beyond the last when none is left.
    pub next: i64,
    /// Whether numbers are still taken.
    pub open: bool,
    /// Row version: it counts what is decided on the range, not the numbers taken.
    pub version: i64,
}

impl NumberRange {
    /// Numbers that are left.
    pub const fn left(&self) -> i64 {
        self.last - self.next + 1
    }

    /// What tells a paper of that day with that number from every other.
    pub fn key(&self, number: String, issued_on: NaiveDate) -> Option<String> {
        self.spelling.identity(Issuer::Known(self.organization_id), number, Some(issued_on)).key()
    }

    /// The next number, which nobody gets again; none when none is left.
    pub fn take(&mut self) -> Option<String> {
        if self.left() <= 0 {
            return None;
        }
        let number = self.spelling.written(self.next);
        self.next += 1;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(series: Option<&str>, prefix: &str) -> Spelling {
        Spelling {
            kind: DocumentKind::PdCertificate,
            part: NumberPart::Form,
            series: series.map(str::to_owned),
            prefix: prefix.to_owned(),
            digits: 3,
        }
    }

    fn range(first: i64, last: i64) -> NumberRange {
        NumberRange {
            id: Uuid::nil(),
            region_id: Uuid::nil(),
            organization_id: Uuid::nil(),
            spelling: spelling(Some("ПК"), "22-"),
            first,
            last,
            next: first,
            open: true,
            version: 1,
        }
    }

    #[test]
    fn numbers_are_taken_in_their_order_until_none_is_left() {
        let mut range = range(9, 10);
        assert_eq!(range.left(), 2);
        assert_eq!((range.take(), range.take()), (Some("22-009".to_owned()), Some("22-010".to_owned())));
        assert_eq!((range.take(), range.left()), (None, 0));
    }

    #[test]
    fn ranges_overlap_that_spell_one_number() {
        let of = |series, prefix, first, last| NewRange { spelling: spelling(series, prefix), first, last };
        let stands = range(10, 20);
        assert!(of(Some("ПК"), "22-", 20, 30).overlaps(&stands));
        assert!(
            of(Some("пк"), "22 ", 1, 10).overlaps(&stands),
            "papers are compared without dashes and case"
        );
        assert!(!of(Some("ПК"), "22-", 21, 30).overlaps(&stands));
        assert!(!of(Some("ПК"), "23-", 10, 20).overlaps(&stands));
        assert!(!of(None, "22-", 10, 20).overlaps(&stands));
    }

    #[test]
    fn everything_wrong_with_a_range_is_told() {
        let mut new = NewRange { spelling: spelling(Some("ПК"), ""), first: 2, last: 1 };
        new.spelling.part = NumberPart::Registration;
        let pointers: Vec<String> = new.problems().into_iter().map(|problem| problem.pointer).collect();
        assert_eq!(pointers, ["/last_number", "/series"]);
    }
}
