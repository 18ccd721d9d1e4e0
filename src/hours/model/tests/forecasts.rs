//! What comes if nothing is added: month by month, and over many days.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::super::*;
use super::properties::{any_norm, ask, days, histories};
use super::support::*;
use crate::values::Hours;

/// P0-18: what leaves the window in one month is told together, months without anything are left out.
#[test]
fn what_leaves_is_told_month_by_month() {
    let history = ledger([
        certificate(1, 36, "2024-01-10"),
        certificate(2, 40, "2024-01-31"),
        certificate(3, 18, "2025-09-10"),
    ]);
    let months = by_month(&on(&history, &norm(72), "2026-03-01").expiring);
    let month = |month, hours, left, entries| MonthOfExpiry {
        month: day(month),
        hours: Hours::whole(hours),
        left: Hours::whole(left),
        entries,
    };
    assert_eq!(months, [month("2027-01-01", 76, 18, 2), month("2028-09-01", 18, 0, 1)]);
    assert!(by_month(&[]).is_empty());
}

/// P0-2, P0-17: the answers change on the day the norm breaks and on the day after training was due, not before.
#[test]
fn the_answers_change_on_their_days() {
    let history = ledger([certificate(1, 36, "2024-01-10"), certificate(2, 36, "2024-05-10")]);
    let asked = ["2026-03-01", "2027-01-09", "2027-01-10", "2027-05-09", "2027-05-10"].map(day);
    let found = course(&history, &norm(72), &asked, at("2030-01-01"));
    let local: Vec<_> = found.iter().map(|answers| answers.local_hours.as_str()).collect();
    let federal: Vec<_> = found.iter().map(|answers| answers.federal_frequency.as_str()).collect();
    assert_eq!(local, ["met", "met", "not_met", "not_met", "not_met"]);
    assert_eq!(federal, ["met", "met", "met", "met", "overdue"]);
}

proptest! {
    /// The months together are everything that counts, and everything that counts leaves.
    #[test]
    fn the_months_sum_up_to_what_leaves(history in histories(), rule in any_norm(), as_of in days()) {
        let balance = ask(&history, &rule, as_of);
        let months = by_month(&balance.expiring);
        let hours: Hours = months.iter().map(|month| month.hours).sum();
        prop_assert_eq!(hours, balance.local_hours.counted);
        prop_assert_eq!(months.iter().map(|month| usize::try_from(month.entries).unwrap()).sum::<usize>(), balance.counted.len());
        prop_assert!(months.is_sorted_by_key(|month| month.month));
        prop_assert!(months.last().is_none_or(|last| last.left == Hours::ZERO));
        let mut left = balance.local_hours.counted;
        for month in months {
            left = left - month.hours;
            prop_assert_eq!(month.left, left);
        }
    }

    /// The course is the balance of every day, whatever is known of days to come.
    #[test]
    fn the_course_is_the_balance_of_every_day(
        history in histories(), rule in any_norm(), first in days(), step in 1_u64..60,
    ) {
        let asked: Vec<NaiveDate> = (0..60).map(|number| first + Days::new(number * step)).collect();
        let found = course(&history, &rule, &asked, at("2040-01-01"));
        for (day, answers) in asked.into_iter().zip(found) {
            prop_assert_eq!(answers, Answers::from(&ask(&history, &rule, day)));
        }
    }
}
