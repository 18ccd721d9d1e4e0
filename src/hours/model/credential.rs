//! The life of a credential: reported or issued, then confirmed, disputed or refused; a confirmed one may be
//! annulled. Confirmation posts the ledger entry, annulment its reversal (design §5).
#![deny(clippy::wildcard_enum_match_arm)]

use crate::values::text::is_blank;

/// Where a credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Reported by the person.
    Reported,
    /// Issued by the provider.
    Issued,
    /// In the ledger.
    Confirmed,
    /// Doubted by the person or by whoever confirms; settled by confirming or refusing.
    Disputed,
    /// Not accepted.
    Refused,
    /// Taken out of the ledger again.
    Annulled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Reported, Self::Issued, Self::Confirmed, Self::Disputed, Self::Refused, Self::Annulled];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Issued => "issued",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Refused => "refused",
            Self::Annulled => "annulled",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What happens to a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Accepted into the ledger.
    Confirm,
    /// Doubted.
    Dispute {
        /// Why; never blank.
        reason: String,
    },
    /// Not accepted.
    Refuse {
        /// Why; never blank.
        reason: String,
    },
    /// Taken out of the ledger again.
    Annul {
        /// Why; never blank.
        reason: String,
    },
}

impl Event {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Dispute { .. } => "dispute",
            Self::Refuse { .. } => "refuse",
            Self::Annul { .. } => "annul",
        }
    }
}

/// What the service does to the ledger in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LedgerEffect {
    /// Post the entry.
    Post,
    /// Post the reversal of the entry.
    Reverse,
}

/// A permitted event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Transition {
    /// The state after it.
    pub to: State,
    /// What follows for the ledger.
    pub effect: Option<LedgerEffect>,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The credential has been confirmed already.
    #[error("the credential is confirmed already")]
    AlreadyConfirmed,
    /// It is under dispute already.
    #[error("the credential is under dispute already")]
    AlreadyDisputed,
    /// It has ended, refused or annulled; a new one may be reported.
    #[error("the credential is refused or annulled")]
    AlreadyFinal,
    /// Only a confirmed credential is annulled; any other is refused.
    #[error("only a confirmed credential is annulled")]
    NotConfirmed,
    /// Nobody settles a credential of his or her own.
    #[error("nobody confirms, refuses or annuls a credential of his or her own")]
    OwnCredential,
    /// No reason is given.
    #[error("a reason is required")]
    ReasonRequired,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyConfirmed => "already_confirmed",
            Self::AlreadyDisputed => "already_disputed",
            Self::AlreadyFinal => "already_final",
            Self::NotConfirmed => "not_confirmed",
            Self::OwnCredential => "own_credential",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event. `own` says that the actor is the person whom the credential is about.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(state: State, event: &Event, own: bool) -> Result<Transition, Refusal> {
    let (to, effect) = match state {
        State::Reported | State::Issued => match event {
            Event::Confirm => (State::Confirmed, Some(LedgerEffect::Post)),
            Event::Dispute { .. } => (State::Disputed, None),
            Event::Refuse { .. } => (State::Refused, None),
            Event::Annul { .. } => return Err(Refusal::NotConfirmed),
        },
        State::Disputed => match event {
            Event::Confirm => (State::Confirmed, Some(LedgerEffect::Post)),
            Event::Refuse { .. } => (State::Refused, None),
            Event::Dispute { .. } => return Err(Refusal::AlreadyDisputed),
            Event::Annul { .. } => return Err(Refusal::NotConfirmed),
        },
        State::Confirmed => match event {
            Event::Annul { .. } => (State::Annulled, Some(LedgerEffect::Reverse)),
            Event::Confirm | Event::Dispute { .. } | Event::Refuse { .. } => {
                return Err(Refusal::AlreadyConfirmed);
            }
        },
        State::Refused | State::Annulled => return Err(Refusal::AlreadyFinal),
    };
    match event {
        Event::Confirm | Event::Refuse { .. } | Event::Annul { .. } if own => Err(Refusal::OwnCredential),
        Event::Dispute { reason } | Event::Refuse { reason } | Event::Annul { reason }
            if is_blank(reason) =>
        {
            Err(Refusal::ReasonRequired)
        }
        Event::Confirm | Event::Dispute { .. } | Event::Refuse { .. } | Event::Annul { .. } => {
            Ok(Transition { to, effect })
        }
    }
}
