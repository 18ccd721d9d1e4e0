//! What is recorded of a person, as the fold takes it, and the papers in words.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::Paper;
use crate::hours::credentials::model::Credential;
use crate::hours::credit_transfers::model::{Granted, transfers};
use crate::hours::ledger::model::Line;
use crate::hours::model::credential::State;
use crate::hours::model::{History, LedgerEntry, Pending, PendingStanding};
use crate::registry::provider_licences::providers::Providers;

/// What had been recorded by then: a paper confirmed only later was waiting.
pub(in crate::hours) fn history(
    lines: &[Line],
    papers: &[Credential],
    granted: &[Granted],
    providers: &Providers,
    known_at: DateTime<Utc>,
) -> History {
    let entered: BTreeSet<Uuid> = lines
        .iter()
        .filter(|line| matches!(&line.entry, LedgerEntry::Credit(credit) if credit.recorded_at <= known_at))
        .map(|line| line.credential_id)
        .collect();
    let transfers = transfers(granted, lines, known_at).into_iter().map(|(_, transfer)| transfer).collect();
    let pending = papers
        .iter()
        .filter(|credential| !entered.contains(&credential.id))
        .map(|credential| Pending {
            standing: standing(credential, known_at),
            claim: credential.data.claim(
                credential.id,
                providers.of(credential.data.issuer_id),
                credential.created_at,
            ),
        })
        .collect();
    History { entries: lines.iter().map(|line| line.entry.clone()).collect(), pending, transfers }
}

fn standing(credential: &Credential, known_at: DateTime<Utc>) -> PendingStanding {
    if credential.decided_at.is_some_and(|at| at > known_at) {
        return PendingStanding::AwaitingConfirmation;
    }
    match credential.state {
        State::Disputed => PendingStanding::Disputed,
        State::Refused => PendingStanding::Refused,
        State::Reported | State::Issued | State::Confirmed | State::Annulled => {
            PendingStanding::AwaitingConfirmation
        }
    }
}

/// The papers by the id of their entry or, outside the ledger, their credential.
pub(super) fn in_words(lines: &[Line], papers: &[Credential]) -> HashMap<Uuid, Paper> {
    lines.iter().map(of_line).chain(papers.iter().map(of_credential)).collect()
}

fn of_line(line: &Line) -> (Uuid, Paper) {
    let id = match &line.entry {
        LedgerEntry::Credit(credit) => credit.id,
        LedgerEntry::Reversal(reversal) => reversal.id,
    };
    let paper = Paper {
        credential_id: Some(line.credential_id),
        planned: None,
        title: line.title.clone(),
        issuer_name: line.issuer_name.clone(),
    };
    (id, paper)
}

fn of_credential(credential: &Credential) -> (Uuid, Paper) {
    let paper = Paper {
        credential_id: Some(credential.id),
        planned: None,
        title: credential.data.title.clone(),
        issuer_name: credential.data.issuer_name.clone(),
    };
    (credential.id, paper)
}
