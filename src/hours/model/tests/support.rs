//! Papers, rules and dates for the tests.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::*;
use crate::values::Hours;
use crate::values::{DocumentKind, ProgramKind};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    day(text).and_hms_opt(9, 0, 0).unwrap().and_utc()
}

pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A certificate of a state provider, completed and recorded on that day, with a number of its own.
pub(super) fn certificate(number: u128, hours: i32, completed_on: &str) -> Credit {
    Credit {
        id: id(number),
        hours: Hours::whole(hours),
        started_on: None,
        completed_on: Some(day(completed_on)),
        issued_on: None,
        document: Document {
            kind: DocumentKind::PdCertificate,
            issuer: Issuer::Named("АИРО".into()),
            series: Some("ПК".into()),
            number: Some(format!("22-{number}")),
            registration_number: None,
            title: Some("Функциональная грамотность".into()),
        },
        program_kind: Some(ProgramKind::AdvancedTraining),
        credited: false,
        provider: founded_by(FounderType::State),
        recorded_at: at(completed_on),
    }
}

pub(super) fn founded_by(founder: FounderType) -> Arc<ProviderFacts> {
    Arc::new(ProviderFacts {
        founders: vec![FounderSpan { founder, from: None, until: None }],
        ..ProviderFacts::default()
    })
}

pub(super) fn of_kind(kind: DocumentKind, credit: Credit) -> Credit {
    Credit { document: Document { kind, ..credit.document.clone() }, ..credit }
}

pub(super) fn ledger(credits: impl IntoIterator<Item = Credit>) -> History {
    History { entries: credits.into_iter().map(LedgerEntry::Credit).collect(), ..History::default() }
}

/// P0 §2.5: 72 hours for primary teachers, 108 for basic school.
pub(super) fn norm(hours: i32) -> HoursRule {
    let norm = Norm { hours: Hours::whole(hours), paragraph: "2.5".into() };
    HoursRule { norm: Some(norm), ..HoursRule::default() }
}

pub(super) fn on(history: &History, rule: &HoursRule, as_of: &str) -> Balance {
    balance(history, rule, day(as_of), at("2030-01-01"))
}

pub(super) fn reasons(balance: &Balance) -> Vec<&'static str> {
    balance.not_counted.iter().map(|not_counted| not_counted.reason.code()).collect()
}
