//! Candidates that no best choice needs. What is left out here never makes the best choice worse.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::model::{Candidate, Demand, Topics};

/// The candidates that can be part of a best choice, in their order.
pub fn thinned(demand: &Demand, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let rivals = Rivals::of(&candidates);
    let mut best_first: Vec<(usize, Candidate)> = candidates.into_iter().enumerate().collect();
    best_first.sort_by_cached_key(|(index, it)| {
        let length = it.days.map_or(-1, |(first, last)| (last - first).num_days());
        let more = (std::cmp::Reverse(it.counted), std::cmp::Reverse(it.topics.count()));
        (it.price, it.penalty, it.hours, more, length, *index)
    });
    let mut kept: Vec<(usize, Candidate)> = Vec::new();
    for (index, candidate) in best_first {
        if !is_needless(demand, &rivals, &kept, &candidate) {
            kept.push((index, candidate));
        }
    }
    kept.sort_by_key(|(index, _)| *index);
    kept.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What may already be taken in the place of something: whatever excludes it.
struct Rivals {
    places: HashMap<(Uuid, Option<Uuid>), Rival>,
}

/// What all that excludes one thing has in common.
#[derive(Debug, Clone, Copy)]
struct Rival {
    /// Each answers at least this.
    topics: Topics,
    /// Each counts at least so much.
    counted: i32,
    /// Together they answer this.
    all: Topics,
}

impl Rivals {
    fn of(candidates: &[Candidate]) -> Self {
        let mut programs: BTreeMap<Uuid, Vec<&Candidate>> = BTreeMap::new();
        for candidate in candidates {
            programs.entry(candidate.program_id).or_default().push(candidate);
        }
        let mut places = HashMap::new();
        for members in programs.values() {
            for candidate in members {
                let place = (candidate.program_id, candidate.module_id);
                places.entry(place).or_insert_with(|| {
                    let rivals = || members.iter().filter(|other| candidate.excludes(other));
                    Rival {
                        topics: rivals().fold(candidate.topics, |common, it| common.common(it.topics)),
                        counted: rivals().map(|it| it.counted).min().unwrap_or(0),
                        all: rivals().fold(Topics::default(), |all, it| all.and(it.topics)),
                    }
                });
            }
        }
        Self { places }
    }

    /// Whether one can stand in for the other as long as not enough others do: it is free, or what is taken in its place
    /// answers and counts as much as the other does. Where no hours are missing, it can also take the place of all that
    /// is taken in its place, when it answers as much.
    fn let_in(&self, demand: &Demand, one: &Candidate, other: &Candidate) -> bool {
        self.places.get(&(one.program_id, one.module_id)).is_some_and(|rival| {
            (rival.topics.hold(other.topics) && rival.counted >= other.counted)
                || (demand.missing == 0 && one.topics.hold(rival.all))
        })
    }
}

/// Whether the kept ones make the candidate needless.
///
/// Another date of the same program or module that is as good stands in for it at once. One of another program stands
/// in for it unless something is taken in its place already; then the candidate is there for hours alone. With so many
/// others of as many programs that they fill the norm together, either one of them is free, or nothing is missing.
fn is_needless(demand: &Demand, rivals: &Rivals, kept: &[(usize, Candidate)], candidate: &Candidate) -> bool {
    let asked = demand.asked.contains(&candidate.program_id);
    let enough = if demand.missing == 0 || candidate.counted == 0 {
        1
    } else {
        usize::try_from((demand.missing + candidate.counted - 1) / candidate.counted).unwrap_or(usize::MAX)
    };
    let mut programs: Vec<Uuid> = Vec::new();
    for (_, other) in kept.iter().filter(|(_, other)| is_as_good(other, candidate)) {
        if other.program_id == candidate.program_id {
            if other.module_id == candidate.module_id {
                return true;
            }
            continue;
        }
        if asked || programs.contains(&other.program_id) || !rivals.let_in(demand, other, candidate) {
            continue;
        }
        programs.push(other.program_id);
        if programs.len() >= enough {
            return true;
        }
    }
    false
}

/// Whether one answers as much, counts as much, and takes no more of anything.
fn is_as_good(one: &Candidate, other: &Candidate) -> bool {
    let within = match (one.days, other.days) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(one), Some(other)) => other.0 <= one.0 && one.1 <= other.1,
    };
    within
        && one.topics.hold(other.topics)
        && one.counted >= other.counted
        && one.hours <= other.hours
        && one.price <= other.price
        && one.penalty <= other.penalty
}
