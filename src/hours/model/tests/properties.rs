//! What holds for every history.

use std::collections::HashSet;

use chrono::Days;
use proptest::prelude::*;

use super::super::*;
use super::support::*;
use crate::values::DocumentKind;
use crate::values::Hours;
use crate::values::period::{add_months, previous_day};

fn credits() -> impl Strategy<Value = Credit> {
    let kind = prop::sample::select(DocumentKind::ALL.to_vec());
    let founder = prop::sample::select(FounderType::ALL.to_vec());
    let dates = (0_u64..3_000, 0_u64..400);
    // Few numbers, so that the same paper comes often.
    (1_u128..1_000, 0_u128..12, 1_i32..200, kind, founder, dates, any::<bool>()).prop_map(
        |(number, paper, halves, kind, founder, (completed, recorded), credited)| {
            let completed_on = day("2018-01-01") + Days::new(completed);
            let mut credit = of_kind(kind, certificate(number, 1, "2018-01-01"));
            credit.document.number = (paper > 0).then(|| paper.to_string());
            credit.document.registration_number = (paper % 3 == 0).then(|| (paper / 2).to_string());
            Credit {
                hours: Hours::from_halves(halves),
                completed_on: Some(completed_on),
                credited: credited && paper % 4 == 0,
                provider: founded_by(founder),
                recorded_at: at("2018-01-01") + Days::new(completed + recorded),
                ..credit
            }
        },
    )
}

/// Entries with ids of their own, and reversals of some.
pub(super) fn histories() -> impl Strategy<Value = History> {
    prop::collection::vec((credits(), 0_u8..5), 0..16).prop_map(|drawn| {
        let mut entries = Vec::new();
        for ((credit, chance), number) in drawn.into_iter().zip(1_u128..) {
            let credit = Credit { id: id(number), ..credit };
            // Storage lets one reversal through; two, as after a bad restore, must not depend on order either.
            for reversal in [1_000_u128, 2_000].into_iter().take(usize::from(2_u8.saturating_sub(chance))) {
                let later = credit.recorded_at + Days::new(30);
                entries.push(LedgerEntry::Reversal(credit.reversal(id(reversal + number), later)));
            }
            entries.push(LedgerEntry::Credit(credit));
        }
        History { entries, ..History::default() }
    })
}

pub(super) fn days() -> impl Strategy<Value = chrono::NaiveDate> {
    (0_u64..4_500).prop_map(|days| day("2018-01-01") + Days::new(days))
}

pub(super) fn any_norm() -> impl Strategy<Value = HoursRule> {
    (1_i32..150, any::<bool>())
        .prop_map(|(hours, credited_modules_count)| HoursRule { credited_modules_count, ..norm(hours) })
}

pub(super) fn ask(history: &History, rule: &HoursRule, as_of: chrono::NaiveDate) -> Balance {
    balance(history, rule, as_of, at("2040-01-01"))
}

fn credit_of(history: &History, entry: uuid::Uuid) -> &Credit {
    let mut credits = history.entries.iter().filter_map(|line| match line {
        LedgerEntry::Credit(credit) => Some(credit),
        LedgerEntry::Reversal(_) => None,
    });
    credits.find(|credit| credit.id == entry).unwrap()
}

proptest! {
    /// Design §6.3, wanted 3: the order in which history was loaded does not matter.
    #[test]
    fn the_order_of_loading_does_not_matter(
        (history, shuffled) in histories().prop_flat_map(|history| {
            let shuffled = Just(history.entries.clone()).prop_shuffle();
            (Just(history), shuffled)
        }),
        rule in any_norm(),
        as_of in days(),
    ) {
        let shuffled = History { entries: shuffled, ..History::default() };
        prop_assert_eq!(ask(&history, &rule, as_of), ask(&shuffled, &rule, as_of));
    }

    /// Design §6.4: neither an entry nor a paper counts twice, and every entry has exactly one place.
    #[test]
    fn nothing_counts_twice_and_nothing_is_lost(history in histories(), rule in any_norm(), as_of in days()) {
        let balance = ask(&history, &rule, as_of);
        let counted: HashSet<_> = balance.counted.iter().map(|counted| counted.entry).collect();
        prop_assert_eq!(counted.len(), balance.counted.len());
        for (index, one) in balance.counted.iter().enumerate() {
            let identity = credit_of(&history, one.entry).identity();
            for other in balance.counted.iter().skip(index + 1) {
                prop_assert!(!identity.is_same_paper(&credit_of(&history, other.entry).identity()));
            }
        }
        let credits = history.entries.iter().filter(|line| matches!(line, LedgerEntry::Credit(_))).count();
        prop_assert_eq!(balance.counted.len() + balance.not_counted.len(), credits);
        let sum: Hours = balance.counted.iter().map(|counted| counted.hours).sum();
        prop_assert_eq!(balance.local_hours.counted, sum);
    }

    /// Loading the same history again changes nothing.
    #[test]
    fn a_retry_changes_nothing(history in histories(), rule in any_norm(), as_of in days()) {
        let mut again = history.clone();
        again.entries.extend(history.entries.iter().filter(|l| matches!(l, LedgerEntry::Credit(_))).cloned());
        prop_assert_eq!(ask(&history, &rule, as_of), ask(&again, &rule, as_of));
    }

    /// Design §6.1: a reversal restores the balance exactly.
    #[test]
    fn a_reversal_restores_the_balance(
        history in histories(), added in credits(), rule in any_norm(), as_of in days(),
    ) {
        let before = ask(&history, &rule, as_of);
        let added = Credit { id: id(5_000), ..added };
        let mut after = history;
        after.entries.push(LedgerEntry::Reversal(added.reversal(id(5_001), added.recorded_at)));
        after.entries.push(LedgerEntry::Credit(added));
        let mut after = ask(&after, &rule, as_of);
        after.not_counted.retain(|not_counted| not_counted.source != Source::Entry(id(5_000)));
        prop_assert_eq!(before, after);
    }

    /// P0-18: a later day never counts an entry that has left the window.
    #[test]
    fn what_left_the_window_never_counts_again(
        history in histories(), rule in any_norm(), one in days(), two in days(),
    ) {
        let (early, late) = (one.min(two), one.max(two));
        let left: HashSet<_> = ask(&history, &rule, early).not_counted.into_iter()
            .filter(|not_counted| matches!(not_counted.reason, Reason::OutsideWindow { .. }))
            .map(|not_counted| not_counted.source)
            .collect();
        for counted in ask(&history, &rule, late).counted {
            prop_assert!(!left.contains(&Source::Entry(counted.entry)));
            prop_assert!(counted.date > add_months(late, -36) && counted.date <= late);
        }
    }

    /// The forecast is what the balance will say if nothing is added.
    #[test]
    fn the_forecast_comes_true(history in histories(), rule in any_norm(), as_of in days()) {
        let mut past = history;
        past.entries.retain(|line| match line {
            LedgerEntry::Credit(credit) => credit.completed_on <= Some(as_of),
            LedgerEntry::Reversal(_) => true,
        });
        let now = ask(&past, &rule, as_of);
        for expiry in &now.expiring {
            prop_assert_eq!(ask(&past, &rule, expiry.leaves_on).local_hours.counted, expiry.left);
        }
        if let Some(breaks_on) = now.norm_breaks_on {
            let eve = previous_day(breaks_on);
            prop_assert_eq!(ask(&past, &rule, eve).local_hours.status, LocalStatus::Met);
            prop_assert_eq!(ask(&past, &rule, breaks_on).local_hours.status, LocalStatus::NotMet);
        }
    }
}
