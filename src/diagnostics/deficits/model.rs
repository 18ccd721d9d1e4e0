//! What a deficit is, and what a result makes of the deficits of a person. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::CompetencyName;

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

/// A deficit with the name of what lacks.
#[derive(Debug, Clone)]
pub struct NamedDeficit {
    /// The deficit.
    pub deficit: Deficit,
    /// The competency.
    pub competency: CompetencyName,
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
    /// A correction takes back what had closed the deficit.
    Reopened(Uuid),
}

/// What a measured level means for the deficit of the same competency, if there is one.
///
/// `corrects` is the result that the new one replaces: a deficit which only that result had closed is the same
/// deficit again, not a new one.
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
            Some(taken_back.map_or(DeficitChange::Opened, |deficit| DeficitChange::Reopened(deficit.id)))
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
    /// All of them.
    pub const fn total(self) -> i64 {
        self.open + self.addressed + self.closed
    }

    /// Closed ones in per cent of all, rounded down; `None` when there are none at all.
    pub const fn closed_percent(self) -> Option<i64> {
        (self.closed * 100).checked_div(self.total())
    }
}
