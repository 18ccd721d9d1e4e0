//! The handful of candidates that is looked at first. Whatever is left out here is still judged by the bound.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::model::{Candidate, Demand, Topics};

/// How many candidates of each topic are promising.
const PROMISING: usize = 30;
/// How many of them with the same hours and breadth.
const ALIKE: usize = 2;

/// The places of the cheapest and shortest of each topic, of those that fill the norm, and of everything asked for.
pub(super) fn promising(demand: &Demand, candidates: &[Candidate]) -> Vec<usize> {
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    order.sort_by_cached_key(|it| {
        let length = it.days.map_or(-1, |(first, last)| (last - first).num_days());
        (it.penalty, it.price, length, it.hours, it.place())
    });
    let key = |it: &Candidate| (it.program_id, it.module_id, it.offering_id);
    let mut kept: BTreeSet<(Uuid, Option<Uuid>, Option<Uuid>)> =
        candidates.iter().filter(|it| demand.asked.contains(&it.program_id)).map(key).collect();
    let topics = (0..demand.weights.len()).map(|topic| Some(Topics::only(topic)));
    for topic in topics.chain([None]) {
        let mut alike: BTreeMap<(i32, u32), usize> = BTreeMap::new();
        let mut taken = 0;
        for candidate in &order {
            let (fits, breadth) = match topic {
                Some(topic) => (candidate.topics.hold(topic), candidate.topics.count()),
                None => (candidate.counted > 0, 0),
            };
            if !fits {
                continue;
            }
            let same = alike.entry((candidate.hours, breadth)).or_default();
            if *same < ALIKE {
                *same += 1;
                taken += 1;
                kept.insert(key(candidate));
            }
            if taken == PROMISING {
                break;
            }
        }
    }
    candidates.iter().enumerate().filter(|(_, it)| kept.contains(&key(it))).map(|(place, _)| place).collect()
}
