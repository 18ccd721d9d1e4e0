//! The federal check: at least once in three years, apart from any norm.

use super::super::*;
use super::support::*;
use crate::values::DocumentKind;

fn check(credits: Vec<Credit>, as_of: &str) -> FederalFrequency {
    on(&ledger(credits), &norm(72), as_of).federal_frequency
}

/// P0-29: two checks, each with status, due date and ground; B1.3: one may hold without the other.
#[test]
fn the_two_checks_are_separate() {
    let balance = on(&ledger([certificate(1, 16, "2024-05-10")]), &norm(72), "2026-03-01");
    assert_eq!(balance.local_hours.status, LocalStatus::NotMet);
    assert_eq!(balance.federal_frequency.status, FrequencyStatus::Met);
    assert_eq!(balance.federal_frequency.ground, "273-ФЗ ст. 47 ч. 5 п. 2, ст. 48 ч. 1 п. 7");
    assert_eq!(balance.next_training_due_on, Some(day("2027-05-09")));
}

#[test]
fn training_is_overdue_from_the_day_after_it_was_due() {
    let paper = || vec![certificate(1, 16, "2024-02-29")];
    let due = check(paper(), "2027-02-28");
    assert_eq!((due.status, due.due_on), (FrequencyStatus::Met, Some(day("2027-02-28"))));
    let late = check(paper(), "2027-03-01");
    assert_eq!((late.status, late.due_on), (FrequencyStatus::Overdue, Some(day("2027-02-28"))));
    let never = check(vec![], "2027-03-01");
    assert_eq!((never.status, never.due_on), (FrequencyStatus::NeverTrained, Some(day("2027-03-01"))));
}

/// B1.5, B1.10, B1.11: only a qualification document of the lawful volume completes training.
#[test]
fn only_a_qualification_document_completes_training() {
    let status =
        |kind, hours| check(vec![of_kind(kind, certificate(1, hours, "2025-05-10"))], "2026-03-01").status;
    use DocumentKind::*;
    assert_eq!(status(PdCertificate, 16), FrequencyStatus::Met);
    assert_eq!(status(PdCertificate, 15), FrequencyStatus::NeverTrained);
    assert_eq!(status(RetrainingDiploma, 250), FrequencyStatus::Met);
    assert_eq!(status(RetrainingDiploma, 249), FrequencyStatus::NeverTrained);
    assert_eq!(status(ParticipationCertificate, 72), FrequencyStatus::NeverTrained);
    assert_eq!(status(StudyStatement, 72), FrequencyStatus::NeverTrained);
}

/// B1.8: what an ineligible provider taught does not complete it either.
#[test]
fn an_ineligible_provider_completes_nothing() {
    let paper = Credit { provider: founded_by(FounderType::Private), ..certificate(1, 72, "2025-12-10") };
    assert_eq!(check(vec![paper], "2026-03-01").status, FrequencyStatus::NeverTrained);
}

/// P0-2: a gap between two trainings, and one that lasts, is reported.
#[test]
fn gaps_are_reported() {
    let papers = vec![
        certificate(3, 36, "2022-09-15"),
        certificate(1, 36, "2016-03-10"),
        certificate(2, 36, "2019-03-10"),
    ];
    let gaps = check(papers, "2026-03-01").gaps;
    let closed = Gap { from: day("2022-03-10"), until: Some(day("2022-09-14")) };
    let open = Gap { from: day("2025-09-15"), until: None };
    assert_eq!(gaps, [closed, open]);
}
