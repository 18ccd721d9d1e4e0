//! The choice against every possible choice, on small problems; and that order and needless candidates change nothing.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use super::dominance::thinned;
use super::model::{Candidate, Demand, Topics, Worth};
use super::solve::{Failure, choose};
use super::verify::worth;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(number)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn candidate(program: u128, topics: &[usize], hours: i32) -> Candidate {
    Candidate {
        program_id: id(program),
        module_id: None,
        offering_id: None,
        topics: topics.iter().fold(Topics::default(), |all, topic| all.and(Topics::only(*topic))),
        hours,
        counted: hours,
        price: 0,
        penalty: 0,
        days: None,
    }
}

fn demand(weights: &[i32]) -> Demand {
    Demand {
        weights: weights.to_vec(),
        missing: 0,
        max_hours: None,
        max_price: None,
        max_parallel: 1,
        asked: Vec::new(),
    }
}

/// The best of all choices there are.
fn best(demand: &Demand, candidates: &[Candidate]) -> Option<Worth> {
    let choices = (0_u32..1 << candidates.len()).filter_map(|mask| {
        let chosen: Vec<&Candidate> = candidates
            .iter()
            .enumerate()
            .filter(|(place, _)| (mask >> place) & 1 == 1)
            .map(|(_, it)| it)
            .collect();
        worth(demand, &chosen)
    });
    choices.min_by_key(Worth::rank)
}

prop_compose! {
    fn any_candidate()(
        program in 1_u128..5, module in 0_u128..4, offering in 0_u128..3, topics in 0_usize..16,
        hours in 2_i32..60, eligible in 0..4, price in 0_i32..30, penalty in 0_i32..3, first in 0_u64..60, length in 3_u64..30,
    ) -> Candidate {
        let answered: Vec<usize> = (0..4).filter(|bit| (topics >> bit) & 1 == 1).collect();
        Candidate {
            module_id: (module > 0).then(|| id(program * 10 + module)),
            offering_id: (offering > 0).then(|| id(program * 100 + module * 10 + offering)),
            counted: if eligible > 0 { hours } else { 0 },
            price: if price < 10 { 0 } else { price * 250 },
            penalty,
            days: (offering > 0).then(|| (day(first), day(first + length))),
            ..candidate(program, &answered, hours)
        }
    }
}

prop_compose! {
    fn any_demand()(
        weights in proptest::collection::vec(1_i32..500, 4), missing in 0_i32..2, lacks in 20_i32..150,
        hours in 0..2, max_hours in 30_i32..200, price in 0..2, max_price in 0_i32..10_000, max_parallel in 1_usize..3,
    ) -> Demand {
        Demand {
            weights,
            missing: missing * lacks,
            max_hours: (hours > 0).then_some(max_hours),
            max_price: (price > 0).then_some(max_price),
            max_parallel,
            asked: Vec::new(),
        }
    }
}

/// Different things only: one program, module and date is one candidate.
fn distinct(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_cached_key(Candidate::place);
    candidates.dedup_by_key(|it| it.place());
    candidates
}

fn capped(demand: &Demand, candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.into_iter().map(|it| Candidate { counted: it.counted.min(demand.missing), ..it }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_choice_is_better(demand in any_demand(), some in proptest::collection::vec(any_candidate(), 1..11)) {
        let candidates = capped(&demand, distinct(some));
        let choice = choose(&demand, &candidates).unwrap();
        prop_assert_eq!(choice.unproven, None);
        prop_assert_eq!(choice.worth.rank(), best(&demand, &candidates).unwrap().rank());
    }

    #[test]
    fn no_choice_with_what_is_asked_is_better(
        demand in any_demand(), some in proptest::collection::vec(any_candidate(), 1..11),
    ) {
        let candidates = capped(&demand, distinct(some));
        let asked = candidates.iter().map(|it| it.program_id).min().into_iter().collect();
        let demand = Demand { asked, ..demand };
        match choose(&demand, &candidates) {
            Ok(choice) => {
                prop_assert_eq!(choice.worth.rank(), best(&demand, &candidates).unwrap().rank());
            }
            Err(failure) => {
                prop_assert_eq!(failure, Failure::Asked);
                prop_assert_eq!(best(&demand, &candidates), None);
            }
        }
    }

    #[test]
    fn what_is_needless_changes_nothing(
        demand in any_demand(), some in proptest::collection::vec(any_candidate(), 1..12),
    ) {
        let candidates = capped(&demand, distinct(some));
        let left = thinned(&demand, candidates.clone());
        prop_assert_eq!(best(&demand, &left).unwrap().rank(), best(&demand, &candidates).unwrap().rank());
    }

    #[test]
    fn the_order_of_candidates_changes_nothing(
        demand in any_demand(), some in proptest::collection::vec(any_candidate(), 1..30), turn in 0_usize..30,
    ) {
        let candidates = distinct(some);
        let mut turned = candidates.clone();
        turned.rotate_left(turn % candidates.len());
        turned.reverse();
        prop_assert_eq!(choose(&demand, &candidates).unwrap(), choose(&demand, &turned).unwrap());
    }
}

#[test]
fn deficits_come_before_money_and_the_heavier_deficit_before_the_lighter() {
    let mut dear = candidate(1, &[0], 20);
    dear.price = 9_000;
    let cheap = candidate(2, &[1], 20);
    let mut asked = demand(&[300, 100]);
    let both = choose(&asked, &[dear.clone(), cheap.clone()]).unwrap();
    assert_eq!((both.chosen.len(), both.worth.coverage), (2, 400));
    asked.max_hours = Some(30);
    let one = choose(&asked, &[dear, cheap]).unwrap();
    assert_eq!(one.chosen.iter().map(|it| it.program_id).collect::<Vec<_>>(), [id(1)]);
}

#[test]
fn a_choice_that_breaks_what_is_asked_is_worth_nothing() {
    let asked = Demand { max_price: Some(1_000), max_hours: Some(50), ..demand(&[1]) };
    let one = candidate(1, &[0], 30);
    let other = candidate(2, &[], 30);
    assert!(worth(&asked, &[&one]).is_some());
    assert_eq!(worth(&asked, &[&one, &other]), None, "60 halves of hours");
    assert_eq!(worth(&asked, &[&one, &one]), None, "one program twice");
    let dear = Candidate { price: 1_001, ..one.clone() };
    assert_eq!(worth(&asked, &[&dear]), None);
    let at = |program, first, last| Candidate {
        days: Some((day(first), day(last))),
        ..candidate(program, &[0], 10)
    };
    assert_eq!(worth(&asked, &[&at(1, 0, 5), &at(2, 5, 9)]), None, "both on the sixth day");
    assert!(worth(&asked, &[&at(1, 0, 5), &at(2, 6, 9)]).is_some());
    let module = |number| Candidate { module_id: Some(id(number)), ..candidate(1, &[0], 10) };
    assert!(worth(&asked, &[&module(1), &module(2)]).is_some());
    assert_eq!(worth(&asked, &[&module(1), &candidate(1, &[0], 10)]), None, "a module and the whole program");
    assert_eq!(worth(&Demand { asked: vec![id(9)], ..asked }, &[&one]), None);
}

/// Forty cheaper programs a topic hide the four that answer two topics each and cost less together.
#[test]
fn what_does_not_look_promising_is_found() {
    let singles = (0..320_usize).map(|n| {
        let (number, hours) = (u128::try_from(n).unwrap(), i32::try_from(n % 40).unwrap());
        Candidate { price: 600, ..candidate(number, &[n / 40], 20 + 2 * hours) }
    });
    let pairs = [0_usize, 2, 4, 6].map(|topic| {
        let number = 1_000 + u128::try_from(topic).unwrap();
        Candidate { price: 1_000, ..candidate(number, &[topic, topic + 1], 300) }
    });
    let some: Vec<Candidate> = singles.chain(pairs).collect();
    let choice = choose(&demand(&[100; 8]), &some).unwrap();
    assert_eq!((choice.worth.coverage, choice.worth.price, choice.unproven), (800, 40, None));
    assert_eq!(choice.chosen.len(), 4);
}

/// Whole hours are filled to the last one where many programs of the same hours could do it.
#[test]
fn hours_are_filled_exactly() {
    let hours = [36, 32, 48, 72, 34, 22];
    let some: Vec<Candidate> = (0..600_usize)
        .map(|n| candidate(u128::try_from(n).unwrap(), &[n % 5], hours[n % 6] + 144 * i32::from(n % 7 == 0)))
        .collect();
    let asked = Demand { missing: 216, ..demand(&[300, 200, 100, 100, 100]) };
    let choice = choose(&asked, &some).unwrap();
    assert_eq!((choice.worth.coverage, choice.worth.short, choice.worth.hours), (800, 0, 108));
    assert_eq!(choice.unproven, None);
}
