//! What a proposal chooses from and what makes one choice better than another. Pure and in whole numbers.

use chrono::NaiveDate;
use uuid::Uuid;

/// How many competencies one choice can answer; of more deficits the lightest are left out.
pub const MOST_TOPICS: usize = 128;

/// The competencies of the deficits that something answers, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Topics(u128);

impl Topics {
    /// Only that topic; none when there cannot be so many.
    pub fn only(topic: usize) -> Self {
        let shift = u32::try_from(topic).ok();
        Self(shift.and_then(|shift| 1_u128.checked_shl(shift)).unwrap_or(0))
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are among both.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether all of those are among these.
    pub const fn hold(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether one of those is among these.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// One thing that can be put into a route: a program or a single module, at one of its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The program, or the program of the module.
    pub program_id: Uuid,
    /// The single module; none: the whole program.
    pub module_id: Option<Uuid>,
    /// The offering; none: at any time of the term.
    pub offering_id: Option<Uuid>,
    /// What it answers.
    pub topics: Topics,
    /// Halves of academic hours.
    pub hours: i32,
    /// Those of them that count for the norm.
    pub counted: i32,
    /// Price in roubles.
    pub price: i32,
    /// How many wishes it does not meet.
    pub penalty: i32,
    /// First and last day; none: at any time of the term.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Candidate {
    /// The order in which candidates are looked at, whatever order they came in.
    pub fn place(&self) -> impl Ord + use<> {
        (self.program_id, self.module_id, self.days, self.offering_id)
    }

    /// Price in hundreds of roubles, each one begun counted: smaller differences decide nothing.
    pub const fn price_steps(&self) -> i32 {
        (self.price + 99) / 100
    }

    /// Academic hours, each one begun counted.
    pub const fn hour_steps(&self) -> i32 {
        (self.hours + 1) / 2
    }

    /// Whether the two cannot both be taken: one program, and the same module or the whole of it.
    pub fn excludes(&self, other: &Self) -> bool {
        let whole = self.module_id.is_none() || other.module_id.is_none();
        self.program_id == other.program_id && (whole || self.module_id == other.module_id)
    }

    /// Whether it goes on that day.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.days.is_some_and(|(first, last)| (first..=last).contains(&day))
    }
}

/// What is asked of the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The weight of each topic.
    pub weights: Vec<i32>,
    /// Halves of hours that the norm lacks at the end of the term; 0: none, or not to be made up for.
    pub missing: i32,
    /// At most so many halves of hours.
    pub max_hours: Option<i32>,
    /// At most so many roubles.
    pub max_price: Option<i32>,
    /// At most so many at a time.
    pub max_parallel: usize,
    /// Programs of which something must be taken.
    pub asked: Vec<Uuid>,
}

/// What makes a choice better, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// The weight of the deficits answered; the more the better.
    Coverage,
    /// The hours that the norm still lacks.
    Norm,
    /// Wishes that are not met.
    Wishes,
    /// Price in hundreds of roubles.
    Price,
    /// Academic hours.
    Hours,
}

impl Criterion {
    /// Every one, the weightiest first.
    pub const ALL: [Self; 5] = [Self::Coverage, Self::Norm, Self::Wishes, Self::Price, Self::Hours];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Norm => "norm",
            Self::Wishes => "wishes",
            Self::Price => "price",
            Self::Hours => "hours",
        }
    }

    /// What a candidate adds to it, where it is a sum over candidates.
    pub const fn share(self, candidate: &Candidate) -> i32 {
        match self {
            Self::Coverage | Self::Norm => 0,
            Self::Wishes => candidate.penalty,
            Self::Price => candidate.price_steps(),
            Self::Hours => candidate.hour_steps(),
        }
    }
}

/// What a choice is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Worth {
    /// See [`Criterion::Coverage`].
    pub coverage: i32,
    /// See [`Criterion::Norm`]; halves of hours.
    pub short: i32,
    /// See [`Criterion::Wishes`].
    pub wishes: i32,
    /// See [`Criterion::Price`].
    pub price: i32,
    /// See [`Criterion::Hours`].
    pub hours: i32,
}

impl Worth {
    /// By that criterion, so that less is better.
    pub const fn by(&self, criterion: Criterion) -> i32 {
        match criterion {
            Criterion::Coverage => -self.coverage,
            Criterion::Norm => self.short,
            Criterion::Wishes => self.wishes,
            Criterion::Price => self.price,
            Criterion::Hours => self.hours,
        }
    }

    /// By all criteria: the least is the best.
    pub fn rank(&self) -> [i32; 5] {
        Criterion::ALL.map(|criterion| self.by(criterion))
    }
}
