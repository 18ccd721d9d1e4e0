//! How the papers of an offering are numbered, and which kind they are.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::values::{DocumentKind, ProgramKind};

/// Consecutive numbers (сквозная нумерация).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// Series of all of them.
    pub series: Option<String>,
    /// What stands before each number.
    pub prefix: String,
    /// The first.
    pub first_number: i64,
    /// Digits at least; shorter numbers get zeros before them.
    pub digits: usize,
}

impl Numbering {
    /// The numbers one after the other, without end.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        let digits = self.digits;
        (self.first_number..).map(move |number| format!("{}{number:0digits$}", self.prefix))
    }
}

/// What is to be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuing {
    /// Kind of paper; as usual when none is said.
    pub kind: Option<DocumentKind>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// From where their numbers are.
    pub numbers: Numbers,
}

/// From where the numbers of papers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers {
    /// One after the other from a first one.
    Following(Numbering),
    /// From a range of the organiser.
    Range(Uuid),
}

/// The kind of paper that closes what was learnt: a whole program has one by law (article 76 part 15 of the Education
/// Act); for anything else the regulation of the organiser names one.
pub fn usual_kind(whole_program: Option<ProgramKind>, by_regulation: Option<DocumentKind>) -> DocumentKind {
    match whole_program {
        Some(ProgramKind::AdvancedTraining) => DocumentKind::PdCertificate,
        Some(ProgramKind::Retraining) => DocumentKind::RetrainingDiploma,
        None => by_regulation.unwrap_or(DocumentKind::ParticipationCertificate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_each_other_and_are_as_long_as_asked() {
        let numbering = Numbering { series: None, prefix: "ИМЦ-".to_owned(), first_number: 9, digits: 3 };
        let numbers: Vec<String> = numbering.numbers().take(2).collect();
        assert_eq!(numbers, ["ИМЦ-009", "ИМЦ-010"]);
    }

    #[test]
    fn a_whole_program_has_its_paper_by_law() {
        let certificate = DocumentKind::ParticipationCertificate;
        assert_eq!(
            usual_kind(Some(ProgramKind::Retraining), Some(certificate)),
            DocumentKind::RetrainingDiploma
        );
        assert_eq!(usual_kind(None, Some(DocumentKind::StudyStatement)), DocumentKind::StudyStatement);
        assert_eq!(usual_kind(None, None), certificate);
    }
}
