//! The local norm, the window and the forecast.

use super::super::*;
use super::support::*;
use crate::values::Hours;

/// P0-17: 36 + 36 from two providers meet 72, and 36 are missing to 108.
#[test]
fn hours_of_two_providers_add_up_to_the_norm() {
    let mut second = certificate(2, 36, "2025-05-20");
    second.document.issuer = Issuer::Named("ЧИППКРО".into());
    let history = ledger([certificate(1, 36, "2024-11-15"), second]);

    let primary = on(&history, &norm(72), "2026-03-01").local_hours;
    assert_eq!((primary.status, primary.missing), (LocalStatus::Met, Hours::ZERO));
    assert_eq!(primary.paragraph.as_deref(), Some("2.5"));

    let basic = on(&history, &norm(108), "2026-03-01").local_hours;
    assert_eq!((basic.status, basic.missing), (LocalStatus::NotMet, Hours::whole(36)));
    assert_eq!((basic.required, basic.counted), (Some(Hours::whole(108)), Hours::whole(72)));
}

/// P0-18: 3 years and 1 day before is not counted, 2 years and 364 days before is, however often one asks.
#[test]
fn the_last_three_years_count() {
    let counts = |completed_on| {
        let history = ledger([certificate(1, 36, completed_on)]);
        let first = on(&history, &norm(72), "2026-06-15");
        assert_eq!(first, on(&history, &norm(72), "2026-06-15"));
        first.counted.len() == 1
    };
    assert!(!counts("2023-06-14"));
    assert!(!counts("2023-06-15"));
    assert!(counts("2023-06-16"));
}

/// P0-18 at the ends of months.
#[test]
fn the_window_knows_leap_days_and_short_months() {
    let history = ledger([certificate(1, 36, "2024-02-29")]);
    assert_eq!(on(&history, &norm(36), "2027-02-28").local_hours.status, LocalStatus::Met);
    assert_eq!(on(&history, &norm(36), "2027-03-01").local_hours.status, LocalStatus::NotMet);
    let history = ledger([certificate(1, 36, "2023-08-31")]);
    assert_eq!(on(&history, &norm(36), "2026-08-30").local_hours.status, LocalStatus::Met);
    assert_eq!(on(&history, &norm(36), "2026-08-31").local_hours.status, LocalStatus::NotMet);
}

/// Ambiguity 1: the regulation says which date counts.
#[test]
fn the_date_is_the_regulations_choice() {
    let mut paper = certificate(1, 36, "2023-06-10");
    paper.issued_on = Some(day("2023-06-20"));
    let counted = |date_rule| {
        let rule = HoursRule { date_rule, ..norm(36) };
        on(&ledger([paper.clone()]), &rule, "2026-06-15").counted.len()
    };
    assert_eq!(counted(DateRule::CompletedElseIssued), 0);
    assert_eq!(counted(DateRule::IssuedElseCompleted), 1);
}

/// Design §1.6: what expires next, and when the norm breaks.
#[test]
fn the_forecast_names_the_day_the_norm_breaks() {
    let history = ledger([
        certificate(1, 36, "2024-01-10"),
        certificate(2, 40, "2024-05-10"),
        certificate(3, 36, "2025-09-10"),
    ]);
    let balance = on(&history, &norm(72), "2026-03-01");
    let expiring: Vec<_> = balance.expiring.iter().map(|expiry| (expiry.leaves_on, expiry.left)).collect();
    let expected = [("2027-01-10", 76), ("2027-05-10", 36), ("2028-09-10", 0)]
        .map(|(on, left)| (day(on), Hours::whole(left)));
    assert_eq!(expiring, expected);
    assert_eq!(balance.norm_breaks_on, Some(day("2027-05-10")));
    assert_eq!(on(&history, &norm(72), "2027-05-09").local_hours.status, LocalStatus::Met);
    assert_eq!(on(&history, &norm(72), "2027-05-10").local_hours.status, LocalStatus::NotMet);
}

#[test]
fn entries_that_leave_together_leave_the_same_rest() {
    let history = ledger([certificate(1, 36, "2024-01-10"), certificate(2, 40, "2024-01-10")]);
    let left: Vec<_> = on(&history, &norm(72), "2026-03-01").expiring.iter().map(|e| e.left).collect();
    assert_eq!(left, [Hours::ZERO, Hours::ZERO]);
}

/// Ambiguity 4: no norm, and still every hour explained.
#[test]
fn without_a_norm_hours_are_still_explained() {
    let history = ledger([certificate(1, 36, "2024-01-10"), certificate(2, 36, "2020-01-10")]);
    let balance = on(&history, &HoursRule::default(), "2026-03-01");
    assert_eq!(balance.local_hours.status, LocalStatus::NoNorm);
    assert_eq!(balance.local_hours.counted, Hours::whole(36));
    assert_eq!((balance.norm_breaks_on, reasons(&balance)), (None, vec!["outside_window"]));
}

/// Design §6.3: `known_at` answers "what did we report in March".
#[test]
fn what_was_recorded_later_was_not_known() {
    let late = Credit { recorded_at: at("2026-04-02"), ..certificate(1, 72, "2026-02-10") };
    let mut history = ledger([late.clone()]);
    let claim = Credit { recorded_at: at("2026-04-02"), ..certificate(2, 16, "2026-02-10") };
    history.pending.push(Pending { claim, standing: PendingStanding::AwaitingConfirmation });
    let reported = balance(&history, &norm(72), day("2026-03-31"), at("2026-03-31"));
    assert_eq!(reported.local_hours.status, LocalStatus::NotMet);
    assert!(reported.not_counted.is_empty());
    assert_eq!(on(&history, &norm(72), "2026-03-31").local_hours.status, LocalStatus::Met);

    history.pending.clear();
    history.entries.push(LedgerEntry::Reversal(late.reversal(id(9), at("2026-05-01"))));
    let before = balance(&history, &norm(72), day("2026-03-31"), at("2026-04-30"));
    assert_eq!(before.local_hours.status, LocalStatus::Met);
    assert_eq!(reasons(&on(&history, &norm(72), "2026-03-31")), ["reversed"]);
}

/// P4-8: what was learnt elsewhere and is credited in a longer program is summed once, as long as it stands; the credited hours
/// of the program are listed.
#[test]
fn credited_learning_is_summed_once() {
    let (module, program) = (certificate(1, 24, "2025-02-10"), certificate(2, 36, "2025-05-20"));
    let mut history = ledger([module.clone(), program]);
    history.transfers = vec![Transfer { source: id(1), target: id(2), hours: Hours::whole(24) }];

    let once = on(&history, &norm(72), "2026-03-01");
    assert_eq!(once.local_hours.counted, Hours::whole(36));
    let counted: Vec<_> = once.counted.iter().map(|counted| counted.hours).collect();
    assert_eq!(counted, [Hours::whole(24), Hours::whole(12)]);
    let listed = NotCounted {
        source: Source::Entry(id(2)),
        hours: Hours::whole(24),
        reason: Reason::CreditedNotSummed,
    };
    assert_eq!(once.not_counted, [listed]);

    let summed = HoursRule { credited_modules_count: true, ..norm(72) };
    assert_eq!(on(&history, &summed, "2026-03-01").local_hours.counted, Hours::whole(60));

    history.entries.push(LedgerEntry::Reversal(module.reversal(id(3), at("2025-06-01"))));
    assert_eq!(on(&history, &norm(72), "2026-03-01").local_hours.counted, Hours::whole(36));
    assert_eq!(reasons(&on(&history, &norm(72), "2026-03-01")), ["reversed"]);
}

/// P4-8: more is never credited in a program than it has.
#[test]
fn no_more_is_credited_than_the_program_has() {
    let mut history = ledger([certificate(1, 72, "2025-02-10"), certificate(2, 36, "2025-05-20")]);
    history.transfers = vec![Transfer { source: id(1), target: id(2), hours: Hours::whole(48) }];
    let once = on(&history, &norm(72), "2026-03-01");
    assert_eq!(once.local_hours.counted, Hours::whole(72));
    assert_eq!(once.counted.len(), 1);
}
