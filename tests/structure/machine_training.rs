//! The life cycles of training as tables, so that a changed rule is seen as a changed line.

use std::fmt::Write;

use chrono::NaiveDate;
use rost::training::applications::model::{self as applications, ApplicationEvent};
use rost::training::enrollments::model::{self as enrollments, EnrollmentEvent};
use rost::training::offerings::model::{self as offerings, OfferingEvent};
use rost::training::vocabulary::{ApplicationState, EnrollmentState, OfferingState};

use crate::golden::assert_golden;

/// One line of a table: what follows, or why not.
fn line(table: &mut String, event: &str, outcome: Result<&'static str, &'static str>) {
    let outcome = outcome.map_or_else(|code| format!("x  {code}"), |state| format!("-> {state}"));
    writeln!(table, "  {event:<28} {outcome}").unwrap();
}

#[test]
fn the_tables_of_training_are_the_committed_ones() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let reason = || "Болезнь".to_owned();
    let mut table = String::from("# Training: state, event, what follows (or why not).\n");
    for state in OfferingState::ALL.iter().copied() {
        writeln!(table, "\noffering {}", state.as_str()).unwrap();
        for (name, event) in [
            ("open", OfferingEvent::Open { today: day(2), ends_on: day(12) }),
            ("open after the last day", OfferingEvent::Open { today: day(13), ends_on: day(12) }),
            ("start", OfferingEvent::Start { today: day(10), starts_on: day(10) }),
            ("start before the first day", OfferingEvent::Start { today: day(9), starts_on: day(10) }),
            ("finish", OfferingEvent::Finish { unclosed: 0 }),
            ("finish with open enrollments", OfferingEvent::Finish { unclosed: 1 }),
            ("cancel", OfferingEvent::Cancel { reason: reason() }),
            ("cancel without a reason", OfferingEvent::Cancel { reason: String::new() }),
            ("change", OfferingEvent::Change),
        ] {
            let outcome = offerings::step(state, &event);
            line(&mut table, name, outcome.map(OfferingState::as_str).map_err(|refusal| refusal.code()));
        }
    }
    for state in ApplicationState::ALL.iter().copied() {
        writeln!(table, "\napplication {}", state.as_str()).unwrap();
        for (name, event) in [
            ("accept", ApplicationEvent::Accept),
            ("decline", ApplicationEvent::Decline { reason: reason() }),
            ("decline without a reason", ApplicationEvent::Decline { reason: String::new() }),
            ("withdraw", ApplicationEvent::Withdraw),
        ] {
            let outcome = applications::step(state, &event);
            line(&mut table, name, outcome.map(ApplicationState::as_str).map_err(|refusal| refusal.code()));
        }
    }
    for state in EnrollmentState::ALL.iter().copied() {
        writeln!(table, "\nenrollment {}", state.as_str()).unwrap();
        for (name, event) in [
            ("start", EnrollmentEvent::Start),
            ("record", EnrollmentEvent::Record),
            ("finish, mastered in full", EnrollmentEvent::Finish { mastered_in_full: true }),
            ("finish, mastered in part", EnrollmentEvent::Finish { mastered_in_full: false }),
            ("fail", EnrollmentEvent::Fail { reason: reason() }),
            ("fail without a reason", EnrollmentEvent::Fail { reason: String::new() }),
            ("withdraw", EnrollmentEvent::Withdraw { reason: reason() }),
            ("withdraw without a reason", EnrollmentEvent::Withdraw { reason: String::new() }),
        ] {
            let outcome = enrollments::step(state, &event);
            line(&mut table, name, outcome.map(EnrollmentState::as_str).map_err(|refusal| refusal.code()));
        }
    }
    assert_golden("machine/training.txt", &table);
}
