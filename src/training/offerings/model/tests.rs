use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn events() -> Vec<OfferingEvent> {
    vec![
        OfferingEvent::Open { today: day(2), ends_on: day(20) },
        OfferingEvent::Open { today: day(21), ends_on: day(20) },
        OfferingEvent::Start { today: day(10), starts_on: day(10) },
        OfferingEvent::Start { today: day(9), starts_on: day(10) },
        OfferingEvent::Finish { unclosed: 0 },
        OfferingEvent::Finish { unclosed: 1 },
        OfferingEvent::Cancel { reason: "Нет заявок".into() },
        OfferingEvent::Cancel { reason: " ".into() },
        OfferingEvent::Change,
    ]
}

#[test]
fn what_is_final_stays() {
    for state in [OfferingState::Finished, OfferingState::Cancelled] {
        for event in events() {
            assert_eq!(step(state, &event), Err(OfferingRefusal::AlreadyFinal), "{event:?}");
        }
    }
}

#[test]
fn it_goes_forward_only() {
    let order = |state| OfferingState::ALL.iter().position(|known| *known == state);
    for state in OfferingState::ALL.iter().copied() {
        for event in events() {
            if let Ok(next) = step(state, &event) {
                assert!(order(next) >= order(state), "{state:?} {event:?} {next:?}");
            }
        }
    }
}

proptest! {
    /// Whatever is asked for in whatever order: never more seats than there are, never fewer than none, and a
    /// group is taken whole or not at all.
    #[test]
    fn seats_are_never_oversold(total in 1..40i32, asked in prop::collection::vec((any::<bool>(), -2..12i32), 0..200)) {
        let mut seats = Seats { total, taken: 0 };
        let mut held: Vec<i32> = Vec::new();
        for (takes, people) in asked {
            if takes {
                match seats.take(people) {
                    Some(after) => {
                        prop_assert_eq!(after.taken, seats.taken + people);
                        held.push(people);
                        seats = after;
                    }
                    None => prop_assert!(people <= 0 || people > seats.free()),
                }
            } else if let Some(people) = held.pop() {
                seats = seats.give_back(people);
            }
            prop_assert!((0..=total).contains(&seats.taken));
            prop_assert_eq!(seats.taken, held.iter().sum::<i32>());
        }
    }

    /// Positions count from 1 without gaps in the order of arrival; whoever does not wait fits in together.
    #[test]
    fn the_waiting_list_is_in_order(free in 0..30i32, sizes in prop::collection::vec(1..8i32, 0..40)) {
        let queue: Vec<Queued> =
            sizes.iter().map(|people| Queued { id: crate::ids::new_id(), people: *people }).collect();
        let places = waiting_positions(free, &queue);
        prop_assert_eq!(places.len(), queue.len());
        let waiting: Vec<i32> = places.iter().filter_map(|(_, position)| *position).collect();
        let expected: Vec<i32> = (1..).take(waiting.len()).collect();
        prop_assert_eq!(&waiting, &expected);
        let seated = places.len() - waiting.len();
        prop_assert!(places.iter().take(seated).all(|(_, position)| position.is_none()));
        let fits: i32 = sizes.iter().take(seated).sum();
        prop_assert!(fits <= free);
        if let Some(next) = sizes.get(seated) {
            prop_assert!(fits + next > free);
        }
    }

    /// A copy keeps every distance between its days.
    #[test]
    fn a_copy_moves_as_a_whole(shift in 1..4000i64, length in 0..400i64, before in 0..60i64) {
        let starts_on = day(1);
        let content = OfferingContent {
            data: OfferingData {
                kind: OfferingKind::Seminar, title: "Семинар".into(), annotation: None, program_id: None, module_id: None,
                venue_id: None, place: None, leader_id: None, starts_on, ends_on: starts_on + Duration::days(length),
                apply_until: Some(starts_on - Duration::days(before)), seats: 10, study_form: StudyForm::FullTime,
                delivery: vec![], hours: Some(Hours::whole(6)), practical_hours: Hours::ZERO, expected_product: None,
            },
            partner_ids: vec![],
            stages: vec![],
        };
        let copy = moved_to(&content, starts_on + Duration::days(shift));
        prop_assert_eq!((copy.data.ends_on - copy.data.starts_on).num_days(), length);
        prop_assert_eq!(copy.data.apply_until.map(|day| (copy.data.starts_on - day).num_days()), Some(before));
        prop_assert_eq!(moved_to(&copy, starts_on), content);
    }
}
