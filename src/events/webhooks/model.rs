//! Webhooks and what they are told, as rules see them.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::authz::Target;
use crate::directory::organizations::model::OrganizationKind;
use crate::events::changes::model::{Change, Circle, Places, Position};

/// Where a webhook stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    /// It is told of changes.
    Active,
    /// Its keeper lets it rest.
    Paused,
    /// It did not answer for too long.
    Disabled,
}

impl WebhookState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Disabled];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Disabled => "disabled",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Whose changes a webhook is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookReach {
    /// Of the whole region.
    Region,
    /// Of a municipality.
    Municipality,
    /// Of one organization.
    Organization,
}

impl WebhookReach {
    /// Every reach.
    pub const ALL: [Self; 3] = [Self::Region, Self::Municipality, Self::Organization];

    /// The reach of an organization of that kind.
    pub const fn of(kind: OrganizationKind) -> Self {
        match kind {
            OrganizationKind::Ministry => Self::Region,
            OrganizationKind::MunicipalAuthority => Self::Municipality,
            OrganizationKind::MunicipalCenter
            | OrganizationKind::School
            | OrganizationKind::Provider
            | OrganizationKind::RegionalOperator
            | OrganizationKind::RegionalCoordinator
            | OrganizationKind::QualityCenter => Self::Organization,
        }
    }

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Municipality => "municipality",
            Self::Organization => "organization",
        }
    }

    /// The reach of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.as_str() == name)
    }
}

/// What a keeper says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookData {
    /// Where it is told.
    pub url: String,
    /// What it is for.
    pub note: Option<String>,
    /// Of which kinds of things; all when empty.
    pub subject_kinds: Vec<String>,
}

/// The keys of its signatures, sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecrets {
    /// The one that holds.
    pub current: Vec<u8>,
    /// The one before, and until when it holds too.
    pub previous: Option<(Vec<u8>, DateTime<Utc>)>,
}

impl std::fmt::Debug for SealedSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: Uuid,
    /// Its region.
    pub region_id: Uuid,
    /// The municipality of its organization.
    pub municipality_id: Option<Uuid>,
    /// The organization whose system it is.
    pub organization_id: Uuid,
    /// Whose changes it is told of.
    pub reach: WebhookReach,
    /// What its keeper says of it.
    pub data: WebhookData,
    /// Where it stands.
    pub state: WebhookState,
    /// How far it has been told.
    pub told: Position,
    /// Since when it does not answer.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the last rotation signs too.
    pub previous_until: Option<DateTime<Utc>>,
    /// Its version.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Webhook {
    /// As a target of rights.
    pub fn target(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, self.municipality_id)
    }

    /// Whose changes it is told of.
    pub fn circle(&self) -> Circle {
        let places = match self.reach {
            WebhookReach::Region => None,
            WebhookReach::Municipality => Some(Places {
                municipalities: self.municipality_id.into_iter().collect(),
                ..Places::default()
            }),
            WebhookReach::Organization => {
                Some(Places { organizations: vec![self.organization_id], ..Places::default() })
            }
        };
        Circle { region_id: self.region_id, places }
    }
}

/// How something a webhook is told went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits for its next attempt.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// The last attempt failed.
    Failed,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Something a webhook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id; the receiver knows a repeat by it.
    pub id: Uuid,
    /// Which change.
    pub event_id: Uuid,
    /// How it went.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i16,
    /// When it is tried next.
    pub due_at: Option<DateTime<Utc>>,
    /// The status of the last answer.
    pub status: Option<i16>,
    /// Why the last attempt failed.
    pub problem: Option<String>,
    /// When it was noted down.
    pub created_at: DateTime<Utc>,
    /// When the receiver took it.
    pub delivered_at: Option<DateTime<Utc>>,
}

/// A delivery with the change it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldChange {
    /// The delivery.
    pub delivery: Delivery,
    /// The change.
    pub change: Change,
}

/// How long the secret before a rotation signs beside the new one.
pub const ROTATION: TimeDelta = TimeDelta::hours(24);

/// How long a webhook may stay silent.
const SILENCE: TimeDelta = TimeDelta::days(5);

/// The waits between attempts: the first repeat comes at once, the last one the day after.
const WAITS: [TimeDelta; 7] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(1),
    TimeDelta::minutes(10),
    TimeDelta::hours(1),
    TimeDelta::hours(3),
    TimeDelta::hours(8),
    TimeDelta::hours(24),
];

/// How long to wait after that many attempts; none when there was the last one.
pub fn wait_after(attempts: i16) -> Option<TimeDelta> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    WAITS.get(place).copied()
}

/// How an attempt went: the status of the answer, or why there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There was an answer.
    Answered(u16),
    /// There was none.
    Failed(String),
}

impl Outcome {
    /// Whether the receiver took it.
    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }

    /// Whether the receiver says that it wants nothing any more (410).
    pub const fn is_farewell(&self) -> bool {
        matches!(self, Self::Answered(410))
    }
}

/// Whether a webhook that just failed is disabled.
pub fn gives_up(failing_since: DateTime<Utc>, now: DateTime<Utc>, outcome: &Outcome) -> bool {
    outcome.is_farewell() || now - failing_since >= SILENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_eight_attempts_over_a_day_and_a_half() {
        let waits: Vec<TimeDelta> = (1..).map_while(wait_after).collect();
        assert_eq!(waits.len(), 7);
        assert!(waits.windows(2).all(|two| two[0] < two[1]));
        assert!(waits.iter().sum::<TimeDelta>() > TimeDelta::hours(36));
        assert_eq!(wait_after(0), None);
    }

    #[test]
    fn only_long_silence_or_a_farewell_ends_a_webhook() {
        let since: DateTime<Utc> = "2026-03-02T06:00:00Z".parse().unwrap();
        let failed = Outcome::Answered(500);
        assert!(!gives_up(since, since + TimeDelta::days(4), &failed));
        assert!(gives_up(since, since + TimeDelta::days(5), &failed));
        assert!(gives_up(since, since, &Outcome::Answered(410)));
        assert!(!Outcome::Answered(302).is_success() && Outcome::Answered(204).is_success());
    }
}
