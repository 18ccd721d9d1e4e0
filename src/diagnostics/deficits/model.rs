//! What a deficit is, and what a result makes of the deficits of a person. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::{CompetencyName, JobFunction};

/// Where a deficit stands (состояние дефицита).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeficitState {
    /// Found, nothing answers it yet.
    Open,
    /// A route in force answers it.
    Addressed,
    /// A repeat diagnostic shows it no more.
    Closed,
}

impl DeficitState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Addressed, Self::Closed];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Addressed => "addressed",
            Self::Closed => "closed",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// How a deficit became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeficitOrigin {
    /// A diagnostic result shows it.
    Diagnostic,
    /// Somebody reported a difficulty without a test (профессиональное затруднение).
    Difficulty,
}

impl DeficitOrigin {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Diagnostic => "diagnostic",
            Self::Difficulty => "difficulty",
        }
    }

    /// The origin of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Diagnostic, Self::Difficulty].into_iter().find(|origin| origin.as_str() == name)
    }
}

/// A deficit of a person (P4-5).
#[derive(Debug, Clone)]
pub struct Deficit {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school of the person when the deficit was found.
    pub organization_id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// What lacks.
    pub competency_id: Uuid,
    /// How it became known.
    pub origin: DeficitOrigin,
    /// The result that showed it last.
    pub result_id: Option<Uuid>,
    /// The level shown.
    pub level: String,
    /// How grave: 1 to 3.
    pub severity: i16,
    /// Weight of the competency in the instrument.
    pub weight: Score,
    /// The job function in which it shows.
    pub job_function: Option<String>,
    /// The difficulty in words.
    pub note: Option<String>,
    /// Where it stands.
    pub state: DeficitState,
    /// Day it was found.
    pub opened_on: NaiveDate,
    /// Day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The repeat result that closed it.
    pub closed_by_result_id: Option<Uuid>,
    /// Row version.
    pub version: i64,
}

/// What happens to a deficit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeficitEventKind {
    /// Somebody reported a difficulty.
    Reported,
    /// A result showed it first.
    Opened,
    /// Another result showed it again.
    Confirmed,
    /// A route in force answers it.
    Addressed,
    /// No route in force answers it any more.
    Released,
    /// A repeat diagnostic shows it no more.
    Closed,
    /// A later result, or a correction, showed it again after it had been closed.
    Reopened,
}

impl DeficitEventKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Reported,
        Self::Opened,
        Self::Confirmed,
        Self::Addressed,
        Self::Released,
        Self::Closed,
        Self::Reopened,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Opened => "opened",
            Self::Confirmed => "confirmed",
            Self::Addressed => "addressed",
            Self::Released => "released",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The fact that moved a deficit.
#[derive(Debug, Clone, Copy)]
pub struct DeficitFact {
    /// Its day.
    pub day: NaiveDate,
    /// The result, if it is one.
    pub result_id: Option<Uuid>,
    /// The learning route, if it is one.
    pub route_id: Option<Uuid>,
}

/// One entry of the history of a deficit.
#[derive(Debug, Clone)]
pub struct DeficitEvent {
    /// The id.
    pub id: Uuid,
    /// What happened.
    pub kind: DeficitEventKind,
    /// Where the deficit stood from then on.
    pub state: DeficitState,
    /// The level shown.
    pub level: String,
    /// How grave.
    pub severity: i16,
    /// The result that moved it.
    pub result_id: Option<Uuid>,
    /// The learning route that moved it.
    pub route_id: Option<Uuid>,
    /// Day of the fact.
    pub happened_on: NaiveDate,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A deficit with the name of what lacks.
#[derive(Debug, Clone)]
pub struct NamedDeficit {
    /// The deficit.
    pub deficit: Deficit,
    /// The competency.
    pub competency: CompetencyName,
    /// The job functions that the competency is associated with.
    pub job_functions: Vec<JobFunction>,
}

/// The level a result shows for one competency.
#[derive(Debug, Clone)]
pub struct MeasuredLevel {
    /// What was measured.
    pub competency_id: Uuid,
    /// Name of the level.
    pub level: String,
    /// Whether the level is a deficit.
    pub is_deficit: bool,
    /// How grave.
    pub severity: i16,
    /// Weight of the competency in the instrument.
    pub weight: Score,
    /// The job function of the competency.
    pub job_function: Option<String>,
}

/// What is done to the deficits of a person because of one measured level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeficitChange {
    /// A new deficit.
    Opened,
    /// The deficit shows still, with the level now measured.
    Confirmed(Uuid),
    /// The deficit shows no more.
    Closed(Uuid),
    /// It shows again after it had been closed, or a correction takes back what had closed it.
    Reopened(Uuid),
}

/// What a measured level means for the deficit of the same competency, if there is one.
///
/// `corrects` is the result that the new one replaces. A competency that lacks again is the same deficit again, not a
/// new one: its history goes on.
pub fn change(
    level: &MeasuredLevel,
    taken_on: NaiveDate,
    known: &[Deficit],
    corrects: Option<Uuid>,
) -> Option<DeficitChange> {
    let same = || known.iter().filter(|deficit| deficit.competency_id == level.competency_id);
    let live = same().find(|deficit| deficit.state != DeficitState::Closed);
    match (live, level.is_deficit) {
        (Some(deficit), true) => Some(DeficitChange::Confirmed(deficit.id)),
        // History that is loaded late does not close what was found after it, unless it puts that very result right.
        (Some(deficit), false) => (deficit.opened_on <= taken_on
            || (corrects.is_some() && deficit.result_id == corrects))
            .then_some(DeficitChange::Closed(deficit.id)),
        (None, true) => {
            let taken_back =
                same().find(|deficit| corrects.is_some() && deficit.closed_by_result_id == corrects);
            let closed = taken_back.or_else(|| same().max_by_key(|deficit| (deficit.closed_on, deficit.id)));
            Some(closed.map_or(DeficitChange::Opened, |deficit| DeficitChange::Reopened(deficit.id)))
        }
        (None, false) => None,
    }
}

/// How many deficits stand where (P4-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeficitCounts {
    /// Found, nothing answers them yet.
    pub open: i64,
    /// A route in force answers them.
    pub addressed: i64,
    /// Closed by repeat diagnostics.
    pub closed: i64,
}

impl DeficitCounts {
    /// These and those.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            open: self.open + other.open,
            addressed: self.addressed + other.addressed,
            closed: self.closed + other.closed,
        }
    }

    /// All of them.
    pub const fn total(self) -> i64 {
        self.open + self.addressed + self.closed
    }

    /// Closed ones in per cent of all, rounded down; `None` when there are none at all.
    pub const fn closed_percent(self) -> Option<i64> {
        (self.closed * 100).checked_div(self.total())
    }
}
