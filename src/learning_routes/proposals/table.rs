//! One criterion as a table of whole numbers: what may be taken, and the rows that have to hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Candidate, Criterion, Demand, Topics};
use super::solve::Found;

/// What a candidate adds to a row, whether it has a column or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// One when it answers that.
    Topic(Topics),
    /// Its hours that count for the norm.
    Counted,
    /// Less its halves of hours.
    Hours,
    /// Less its price.
    Price,
    /// One when it is of that program.
    Asked(Uuid),
    /// Less what it adds to a criterion.
    Kept(Criterion),
    /// Nothing: the row is about the columns there are.
    Nothing,
}

impl Share {
    /// Whether it is a sum of hours, roubles or wishes.
    const fn is_sum(self) -> bool {
        matches!(self, Self::Counted | Self::Hours | Self::Price | Self::Kept(_))
    }

    /// Of that candidate.
    pub(super) fn of(self, candidate: &Candidate) -> i32 {
        match self {
            Self::Topic(topic) => i32::from(candidate.topics.hold(topic)),
            Self::Counted => candidate.counted,
            Self::Hours => -candidate.hours,
            Self::Price => -candidate.price,
            Self::Asked(program) => i32::from(candidate.program_id == program),
            Self::Kept(criterion) => -criterion.share(candidate),
            Self::Nothing => 0,
        }
    }
}

/// A row: the sum of its entries is at least that.
pub(super) struct Row {
    /// At least so much.
    pub(super) least: i32,
    /// What any candidate adds.
    pub(super) share: Share,
    /// Columns and how much each adds.
    pub(super) entries: Vec<(usize, i32)>,
}

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The candidate at that place is taken.
    Taken(usize),
    /// The topic is answered.
    Answered(Topics),
    /// Halves of hours that the norm still lacks.
    Short,
    /// How many of a group are taken.
    Number,
}

/// A column: something of which there is a whole number, not less than none.
pub(super) struct Column {
    /// What it stands for.
    pub(super) what: What,
    /// What each adds to the criterion.
    pub(super) cost: i32,
    /// How many there can be at most.
    pub(super) most: i32,
}

/// The table of a criterion, when nothing may be lost by the weightier ones.
#[derive(Default)]
pub(super) struct Table {
    /// The columns; those of candidates come first, in the order of the candidates.
    pub(super) columns: Vec<Column>,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

impl Table {
    /// The table of these candidates.
    pub(super) fn of(
        demand: &Demand,
        candidates: &[Candidate],
        criterion: Criterion,
        best: Option<&Found>,
        coverage: i32,
    ) -> Self {
        let mut table = Self::default();
        for (place, it) in candidates.iter().enumerate() {
            table.column(What::Taken(place), criterion.share(it), 1);
        }
        table.answer(demand, candidates, criterion, best, coverage);
        table.fill(demand, candidates, criterion, best);
        table.bound(demand, candidates);
        table.keep(candidates, criterion, best);
        table.exclude(candidates);
        table.pace(demand, candidates);
        table
    }

    /// Counts candidates that add the same to the sums together, so that the solver can decide how many of them there
    /// are before it decides which ones.
    pub(super) fn count_together(&mut self, group: &BTreeSet<usize>) {
        let number = self.columns.len();
        let costs: BTreeSet<i32> =
            group.iter().filter_map(|place| Some(self.columns.get(*place)?.cost)).collect();
        let cost = costs.first().copied().filter(|_| costs.len() == 1).unwrap_or(0);
        if costs.len() == 1 {
            group
                .iter()
                .for_each(|place| self.columns.get_mut(*place).into_iter().for_each(|it| it.cost = 0));
        }
        for row in self.rows.iter_mut().filter(|row| row.share.is_sum()) {
            let of_group: Vec<i32> = row
                .entries
                .iter()
                .filter(|(place, _)| group.contains(place))
                .map(|(_, share)| *share)
                .collect();
            let shares: BTreeSet<i32> = of_group.iter().copied().collect();
            if let Some(share) = shares.first().filter(|_| shares.len() == 1 && of_group.len() == group.len())
            {
                row.entries.retain(|(place, _)| !group.contains(place));
                row.entries.push((number, *share));
            }
        }
        self.column(What::Number, cost, i32::try_from(group.len()).unwrap_or(i32::MAX));
        let taken =
            |each: i32| group.iter().map(move |place| (*place, each)).chain([(number, -each)]).collect();
        self.least(0, Share::Nothing, taken(1));
        self.least(0, Share::Nothing, taken(-1));
    }

    fn column(&mut self, what: What, cost: i32, most: i32) {
        self.columns.push(Column { what, cost, most });
    }

    fn least(&mut self, least: i32, share: Share, entries: Vec<(usize, i32)>) {
        self.rows.push(Row { least, share, entries });
    }

    fn most(&mut self, most: i32, places: impl IntoIterator<Item = usize>) {
        let entries = places.into_iter().map(|place| (place, -1)).collect();
        self.least(-most, Share::Nothing, entries);
    }

    /// Topics that are answered: each a column of its own, unless all that can be answered must be.
    fn answer(
        &mut self,
        demand: &Demand,
        candidates: &[Candidate],
        criterion: Criterion,
        best: Option<&Found>,
        coverage: i32,
    ) {
        let all = best.is_some_and(|best| best.worth.coverage == coverage);
        let mut weighed = Vec::new();
        for (topic, weight) in demand.weights.iter().enumerate() {
            let topic = Topics::only(topic);
            let share = Share::Topic(topic);
            let mut row = sum(candidates, share);
            if all {
                // What is chosen is among the candidates: what none of them answers cannot be answered at all.
                if !row.is_empty() {
                    self.least(1, share, row);
                }
                continue;
            }
            let gain = if criterion == Criterion::Coverage { -*weight } else { 0 };
            let column = self.columns.len();
            self.column(What::Answered(topic), gain, 1);
            row.push((column, -1));
            self.least(0, share, row);
            weighed.push((column, *weight));
        }
        if let Some(best) = best.filter(|_| !all && criterion > Criterion::Coverage) {
            self.least(best.worth.coverage, Share::Nothing, weighed);
        }
    }

    /// The hours of the norm: what is short is a column until it is settled.
    fn fill(
        &mut self,
        demand: &Demand,
        candidates: &[Candidate],
        criterion: Criterion,
        best: Option<&Found>,
    ) {
        if demand.missing == 0 || criterion == Criterion::Coverage {
            return;
        }
        let mut row = sum(candidates, Share::Counted);
        if criterion > Criterion::Norm {
            let short = best.map_or(0, |best| best.worth.short);
            return self.least(demand.missing - short, Share::Counted, row);
        }
        row.push((self.columns.len(), 1));
        self.column(What::Short, 1, demand.missing);
        self.least(demand.missing, Share::Counted, row);
    }

    /// Hours, price, and what is asked for.
    fn bound(&mut self, demand: &Demand, candidates: &[Candidate]) {
        let mut row = |least, share| self.least(least, share, sum(candidates, share));
        demand.max_hours.into_iter().for_each(|most| row(-most, Share::Hours));
        demand.max_price.into_iter().for_each(|most| row(-most, Share::Price));
        demand.asked.iter().for_each(|program| row(1, Share::Asked(*program)));
    }

    /// Nothing is lost by the weightier criteria.
    fn keep(&mut self, candidates: &[Candidate], criterion: Criterion, best: Option<&Found>) {
        let Some(best) = best else { return };
        for weightier in [Criterion::Wishes, Criterion::Price, Criterion::Hours] {
            if weightier < criterion {
                let share = Share::Kept(weightier);
                self.least(-best.worth.by(weightier), share, sum(candidates, share));
            }
        }
    }

    /// At most one of a program or of a module, and no module beside the whole.
    fn exclude(&mut self, candidates: &[Candidate]) {
        let mut programs: BTreeMap<Uuid, BTreeMap<Option<Uuid>, Vec<usize>>> = BTreeMap::new();
        for (place, it) in candidates.iter().enumerate() {
            programs.entry(it.program_id).or_default().entry(it.module_id).or_default().push(place);
        }
        for mut places in programs.into_values() {
            let whole = places.remove(&None).unwrap_or_default();
            let modules: Vec<Vec<usize>> =
                if places.is_empty() { vec![Vec::new()] } else { places.into_values().collect() };
            for module in modules {
                if module.len() + whole.len() > 1 {
                    self.most(1, module.iter().chain(&whole).copied());
                }
            }
        }
    }

    /// Not more at a time than asked, on each day on which something begins.
    fn pace(&mut self, demand: &Demand, candidates: &[Candidate]) {
        let first_days: BTreeSet<NaiveDate> =
            candidates.iter().filter_map(|it| it.days).map(|(first, _)| first).collect();
        let mut days: Vec<BTreeSet<usize>> = Vec::new();
        for day in first_days {
            let running = candidates.iter().enumerate().filter(|(_, it)| it.runs_on(day));
            let row: BTreeSet<usize> = running.map(|(place, _)| place).collect();
            if row.len() <= demand.max_parallel {
                continue;
            }
            // Whoever goes on the day before and today as well need not be counted twice.
            if days.last().is_some_and(|last| last.is_subset(&row)) {
                days.pop();
            }
            days.push(row);
        }
        let parallel = i32::try_from(demand.max_parallel).unwrap_or(i32::MAX);
        for row in days {
            self.most(parallel, row);
        }
    }
}

fn sum(candidates: &[Candidate], share: Share) -> Vec<(usize, i32)> {
    let shares = candidates.iter().enumerate().map(|(place, it)| (place, share.of(it)));
    shares.filter(|(_, share)| *share != 0).collect()
}
