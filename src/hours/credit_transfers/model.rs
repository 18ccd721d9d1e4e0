//! What a credit transfer is, how it ends, and what it takes off the hours of its target.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::hours::ledger::model::Line;
use crate::hours::model::{Credit, LedgerEntry, Transfer};
use crate::registry::credit_rules::model::Creditable;
use crate::values::Hours;
use crate::values::text::is_blank;

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferState {
    /// It waits for whoever credits.
    Requested,
    /// The hours are credited.
    Granted,
    /// Refused, with a reason.
    Refused,
    /// Taken back before it was decided.
    Withdrawn,
    /// Granted, and taken back with a reason.
    Revoked,
}

impl TransferState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Requested, Self::Granted, Self::Refused, Self::Withdrawn, Self::Revoked];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Revoked => "revoked",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What happens to a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferEvent {
    /// The hours are credited.
    Grant,
    /// They are not.
    Refuse {
        /// Why; never blank.
        reason: String,
    },
    /// They are no more.
    Revoke {
        /// Why; never blank.
        reason: String,
    },
    /// Nobody asks for it any more.
    Withdraw,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferRefusal {
    /// It has been decided on.
    AlreadyDecided,
    /// It has not been granted.
    NotGranted,
    /// It has ended.
    AlreadyFinal,
    /// A reason is needed.
    ReasonRequired,
}

impl TransferRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyDecided => "already_decided",
            Self::NotGranted => "not_granted",
            Self::AlreadyFinal => "already_final",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(state: TransferState, event: &TransferEvent) -> Result<TransferState, TransferRefusal> {
    let with_reason = |reason: &str, next: TransferState| {
        if is_blank(reason) { Err(TransferRefusal::ReasonRequired) } else { Ok(next) }
    };
    match (state, event) {
        (TransferState::Refused | TransferState::Withdrawn | TransferState::Revoked, _) => {
            Err(TransferRefusal::AlreadyFinal)
        }
        (TransferState::Requested, TransferEvent::Grant) => Ok(TransferState::Granted),
        (TransferState::Requested, TransferEvent::Refuse { reason }) => {
            with_reason(reason, TransferState::Refused)
        }
        (TransferState::Requested, TransferEvent::Withdraw) => Ok(TransferState::Withdrawn),
        (TransferState::Requested, TransferEvent::Revoke { .. }) => Err(TransferRefusal::NotGranted),
        (TransferState::Granted, TransferEvent::Revoke { reason }) => {
            with_reason(reason, TransferState::Revoked)
        }
        (
            TransferState::Granted,
            TransferEvent::Grant | TransferEvent::Refuse { .. } | TransferEvent::Withdraw,
        ) => Err(TransferRefusal::AlreadyDecided),
    }
}

/// A credit transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditTransfer {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who credits.
    pub organization_id: Uuid,
    /// Whose learning it is.
    pub person_id: Uuid,
    /// By which rule.
    pub credit_rule_id: Uuid,
    /// The document about what was learnt.
    pub credential_id: Uuid,
    /// In what it is credited.
    pub target: Creditable,
    /// The enrollment in that program.
    pub enrollment_id: Option<Uuid>,
    /// How much is credited.
    pub hours: Hours,
    /// Where it stands.
    pub state: TransferState,
    /// Why it was refused or revoked.
    pub reason: Option<String>,
    /// Who decided last.
    pub decided_by: Option<Uuid>,
    /// When it was granted or refused.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was taken back after that.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i64,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

/// A transfer that was granted, as far as hours are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Whose learning it is.
    pub person_id: Uuid,
    /// The document about what was learnt.
    pub credential_id: Uuid,
    /// How much is credited.
    pub hours: Hours,
    /// When it was granted.
    pub granted_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Documents of the person about the target: credential and day of issue, the earliest first.
    pub papers: Vec<(Uuid, NaiveDate)>,
}

/// What granted transfers take off which lines, by person, from what had been recorded by then. The target of a transfer
/// is the first document about its program since the learning, that stands in the ledger.
pub fn transfers(granted: &[Granted], lines: &[Line], known_at: DateTime<Utc>) -> Vec<(Uuid, Transfer)> {
    if granted.is_empty() {
        return Vec::new();
    }
    let reversed: HashSet<Uuid> = lines
        .iter()
        .filter_map(|line| match &line.entry {
            LedgerEntry::Reversal(reversal) if reversal.recorded_at <= known_at => Some(reversal.reverses),
            LedgerEntry::Reversal(_) | LedgerEntry::Credit(_) => None,
        })
        .collect();
    let standing = |credential_id: Uuid| -> Option<&Credit> {
        lines.iter().filter(|line| line.credential_id == credential_id).find_map(|line| match &line.entry {
            LedgerEntry::Credit(credit)
                if credit.recorded_at <= known_at && !reversed.contains(&credit.id) =>
            {
                Some(credit)
            }
            LedgerEntry::Credit(_) | LedgerEntry::Reversal(_) => None,
        })
    };
    let lasts = |grant: &&Granted| {
        grant.granted_at <= known_at && grant.revoked_at.is_none_or(|revoked_at| revoked_at > known_at)
    };
    let found = granted.iter().filter(lasts).filter_map(|grant| {
        let source = standing(grant.credential_id)?;
        let mut since = grant.papers.iter().filter(|(id, issued_on)| {
            *id != grant.credential_id && source.issued_on.is_none_or(|learnt| learnt <= *issued_on)
        });
        let target = since.find_map(|(id, _)| standing(*id))?;
        Some((grant.person_id, Transfer { source: source.id, target: target.id, hours: grant.hours }))
    });
    found.collect()
}
