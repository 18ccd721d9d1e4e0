//! Whether a choice keeps everything that is asked, and what it is worth: counted anew, without the solver.

use super::model::{Candidate, Demand, Topics, Worth};

/// What the choice is worth; none when it breaks anything that is asked.
pub fn worth(demand: &Demand, chosen: &[&Candidate]) -> Option<Worth> {
    let excluded =
        |(index, one): (usize, &&Candidate)| chosen.iter().skip(index + 1).any(|other| one.excludes(other));
    if chosen.iter().enumerate().any(excluded) || !keeps_pace(demand, chosen) {
        return None;
    }
    let price: i32 = chosen.iter().map(|it| it.price).sum();
    let hours: i32 = chosen.iter().map(|it| it.hours).sum();
    if demand.max_price.is_some_and(|most| price > most) || demand.max_hours.is_some_and(|most| hours > most)
    {
        return None;
    }
    if demand.asked.iter().any(|id| !chosen.iter().any(|it| it.program_id == *id)) {
        return None;
    }
    let answered = chosen.iter().fold(Topics::default(), |all, it| all.and(it.topics));
    let coverage = demand.weights.iter().enumerate();
    let counted: i32 = chosen.iter().map(|it| it.counted).sum();
    Some(Worth {
        coverage: coverage
            .filter(|(topic, _)| answered.hold(Topics::only(*topic)))
            .map(|(_, weight)| weight)
            .sum(),
        short: (demand.missing - counted).max(0),
        wishes: chosen.iter().map(|it| it.penalty).sum(),
        price: chosen.iter().map(|it| it.price_steps()).sum(),
        hours: chosen.iter().map(|it| it.hour_steps()).sum(),
    })
}

/// Whether no day sees more at a time than is asked: most of all go on the first day of one of them.
fn keeps_pace(demand: &Demand, chosen: &[&Candidate]) -> bool {
    let first_days = chosen.iter().filter_map(|it| it.days).map(|(first, _)| first);
    first_days
        .into_iter()
        .all(|day| chosen.iter().filter(|it| it.runs_on(day)).count() <= demand.max_parallel)
}
