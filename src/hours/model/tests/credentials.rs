//! The life of a credential and what a paper must say.

use super::super::credential::{Event, LedgerEffect, Refusal, State, Transition, step};
use super::super::*;
use super::support::*;
use crate::values::Hours;
use crate::values::{DocumentKind, ProgramKind};

fn why() -> String {
    "Не совпадает дата".into()
}

/// Design §5: confirmation posts the entry, annulment its reversal.
#[test]
fn confirmation_posts_and_annulment_reverses() {
    for state in [State::Reported, State::Issued, State::Disputed] {
        let posted = Transition { to: State::Confirmed, effect: Some(LedgerEffect::Post) };
        assert_eq!(step(state, &Event::Confirm, false), Ok(posted));
    }
    let reversed = Transition { to: State::Annulled, effect: Some(LedgerEffect::Reverse) };
    assert_eq!(step(State::Confirmed, &Event::Annul { reason: why() }, false), Ok(reversed));
}

/// Wanted 9: the person may dispute, but not settle what is about himself or herself.
#[test]
fn the_person_disputes_but_does_not_settle() {
    let disputed = Transition { to: State::Disputed, effect: None };
    assert_eq!(step(State::Issued, &Event::Dispute { reason: why() }, true), Ok(disputed));
    assert_eq!(step(State::Reported, &Event::Confirm, true), Err(Refusal::OwnCredential));
    assert_eq!(step(State::Confirmed, &Event::Annul { reason: why() }, true), Err(Refusal::OwnCredential));
}

#[test]
fn only_a_confirmation_needs_no_reason() {
    let blank = || "\u{200b} ".to_owned();
    for event in [Event::Dispute { reason: blank() }, Event::Refuse { reason: blank() }] {
        assert_eq!(step(State::Issued, &event, false), Err(Refusal::ReasonRequired));
    }
    let annul = Event::Annul { reason: blank() };
    assert_eq!(step(State::Confirmed, &annul, false), Err(Refusal::ReasonRequired));
}

/// Nothing is posted twice: a repeated confirmation is refused.
#[test]
fn a_confirmed_credential_is_not_confirmed_again() {
    assert_eq!(step(State::Confirmed, &Event::Confirm, false), Err(Refusal::AlreadyConfirmed));
    for state in [State::Refused, State::Annulled] {
        assert_eq!(step(state, &Event::Confirm, false), Err(Refusal::AlreadyFinal));
    }
}

/// P3-13: topic and hours are required.
#[test]
fn a_certificate_needs_a_topic_and_hours() {
    let paper = of_kind(DocumentKind::ParticipationCertificate, certificate(1, 0, "2026-02-02"));
    let document = Document { title: Some(" ".into()), ..paper.document.clone() };
    let problems = issue_problems(&Credit { document, program_kind: None, ..paper });
    assert_eq!(problems, [IssueProblem::TitleMissing, IssueProblem::HoursMissing]);
}

/// B1.5, B1.7: 16 hours for a certificate, 250 for a diploma; a long advanced training stays one.
#[test]
fn qualification_documents_have_a_least_volume() {
    let problems = |kind, program_kind, hours| {
        let paper = of_kind(kind, certificate(1, hours, "2026-02-02"));
        issue_problems(&Credit { program_kind: Some(program_kind), ..paper })
    };
    let below = |hours| vec![IssueProblem::HoursBelowMinimum { minimum: Hours::whole(hours) }];
    let (advanced, retraining) = (ProgramKind::AdvancedTraining, ProgramKind::Retraining);
    assert_eq!(problems(DocumentKind::PdCertificate, advanced, 15), below(16));
    assert_eq!(problems(DocumentKind::PdCertificate, advanced, 300), []);
    assert_eq!(problems(DocumentKind::RetrainingDiploma, retraining, 249), below(250));
    assert_eq!(problems(DocumentKind::RetrainingDiploma, retraining, 250), []);
    assert_eq!(problems(DocumentKind::RetrainingDiploma, advanced, 260), [IssueProblem::KindDoesNotFit]);
    assert_eq!(problems(DocumentKind::StudyStatement, retraining, 8), []);
}

#[test]
fn the_dates_of_a_paper_follow_each_other() {
    let paper = Credit { started_on: Some(day("2026-02-03")), ..certificate(1, 36, "2026-02-02") };
    assert_eq!(issue_problems(&paper), [IssueProblem::DatesOutOfOrder]);
    let undated = Credit { started_on: None, completed_on: None, ..paper };
    assert_eq!(issue_problems(&undated), [IssueProblem::DateMissing]);
}
