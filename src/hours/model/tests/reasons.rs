//! Every hour not counted says why (wanted 1, design §6.5).

use std::sync::Arc;

use super::super::*;
use super::support::*;
use crate::values::DocumentKind;

fn reason_of(credit: Credit, rule: &HoursRule) -> Option<Reason> {
    let balance = on(&ledger([credit]), rule, "2026-03-01");
    balance.not_counted.first().map(|not_counted| not_counted.reason)
}

#[test]
fn an_entry_outside_the_window_names_the_day_it_left() {
    let reason = reason_of(certificate(1, 36, "2022-05-10"), &norm(72));
    assert_eq!(reason, Some(Reason::OutsideWindow { left_on: day("2025-05-10") }));
}

#[test]
fn an_entry_of_a_later_day_is_not_effective_yet() {
    let reason = reason_of(certificate(1, 36, "2026-03-02"), &norm(72));
    assert_eq!(reason, Some(Reason::NotYetEffective { from: day("2026-03-02") }));
}

#[test]
fn an_entry_without_the_date_of_the_regulation_is_named() {
    let rule = HoursRule { date_rule: DateRule::Issued, ..norm(72) };
    assert_eq!(reason_of(certificate(1, 36, "2026-02-02"), &rule), Some(Reason::DateMissing));
}

/// B1.11: each norm has the list of kinds it accepts.
#[test]
fn a_kind_that_the_norm_does_not_accept_is_named() {
    let rule = HoursRule { accepted_kinds: vec![DocumentKind::PdCertificate], ..norm(72) };
    let kind = DocumentKind::ParticipationCertificate;
    let seminar = of_kind(kind, certificate(1, 8, "2026-02-02"));
    assert_eq!(reason_of(seminar.clone(), &rule), Some(Reason::KindNotAccepted { kind }));
    assert_eq!(reason_of(seminar, &norm(72)), None);
}

/// Ambiguity 5: retraining counts unless the regulation says otherwise.
#[test]
fn retraining_counts_unless_the_regulation_says_otherwise() {
    let diploma = of_kind(DocumentKind::RetrainingDiploma, certificate(1, 260, "2026-02-02"));
    assert_eq!(reason_of(diploma.clone(), &norm(72)), None);
    let rule = HoursRule { retraining_counts: false, ..norm(72) };
    assert_eq!(reason_of(diploma, &rule), Some(Reason::RetrainingNotSummed));
}

/// B1.9: training begun on or after 2025-09-01 at an ineligible provider is marked, not silently dropped.
#[test]
fn training_begun_at_an_ineligible_provider_is_marked() {
    let private = |started_on: Option<&str>| Credit {
        started_on: started_on.map(day),
        provider: founded_by(FounderType::Private),
        ..certificate(1, 36, "2025-10-20")
    };
    assert_eq!(reason_of(private(Some("2025-08-31")), &norm(72)), None);
    for (started_on, named) in [(Some("2025-09-01"), "2025-09-01"), (None, "2025-10-20")] {
        let expected =
            Reason::ProviderNotEligible { started_on: day(named), because: ProviderDefect::Founder };
        assert_eq!(reason_of(private(started_on), &norm(72)), Some(expected));
    }
    let unknown = Credit { provider: Arc::default(), ..private(None) };
    let expected = Reason::ProviderNotEligible {
        started_on: day("2025-10-20"),
        because: ProviderDefect::FounderUnknown,
    };
    assert_eq!(reason_of(unknown, &norm(72)), Some(expected));
}

/// B1.8: the restriction is on additional professional education; a seminar without a program is none.
#[test]
fn a_private_seminar_is_not_restricted() {
    let seminar = Credit {
        program_kind: None,
        provider: founded_by(FounderType::Private),
        ..of_kind(DocumentKind::ParticipationCertificate, certificate(1, 8, "2026-02-02"))
    };
    assert_eq!(reason_of(seminar, &norm(72)), None);
}

/// Design §6.4: the same paper by two paths counts once, and the other names it.
#[test]
fn the_same_paper_counts_once() {
    let from_provider = certificate(1, 36, "2025-02-10");
    let mut from_import = Credit { id: id(2), recorded_at: at("2025-06-01"), ..from_provider.clone() };
    from_import.document.series = None;
    from_import.document.number = Some("пk № 22\u{2013}1".into());
    let balance = on(&ledger([from_import, from_provider]), &norm(72), "2026-03-01");
    assert_eq!(balance.counted.len(), 1);
    assert_eq!(balance.not_counted[0].source, Source::Entry(id(2)));
    assert_eq!(balance.not_counted[0].reason, Reason::Duplicate { of: id(1) });
}

/// P4-8: a credited module satisfies a requirement and is not summed again, nor does it push out its source.
#[test]
fn a_credited_module_is_not_summed() {
    let source = certificate(1, 36, "2025-02-10");
    let credited = Credit { id: id(2), credited: true, recorded_at: at("2024-01-01"), ..source.clone() };
    let history = ledger([credited, source]);
    let balance = on(&history, &norm(72), "2026-03-01");
    assert_eq!((balance.counted[0].entry, reasons(&balance)), (id(1), vec!["credited_not_summed"]));
    let rule = HoursRule { credited_modules_count: true, ..norm(72) };
    let balance = on(&history, &rule, "2026-03-01");
    assert_eq!((balance.counted[0].entry, reasons(&balance)), (id(1), vec!["duplicate"]));
}

#[test]
fn papers_outside_the_ledger_say_how_they_stand() {
    let pending = |number, standing| Pending { claim: certificate(number, 18, "2026-01-10"), standing };
    let mut history = ledger([certificate(1, 36, "2025-02-10")]);
    history.pending = vec![
        pending(1, PendingStanding::AwaitingConfirmation),
        pending(2, PendingStanding::AwaitingConfirmation),
        pending(3, PendingStanding::Disputed),
        pending(4, PendingStanding::Refused),
    ];
    let balance = on(&history, &norm(72), "2026-03-01");
    // The first is the paper that the provider has posted already.
    assert_eq!(reasons(&balance), ["duplicate", "awaiting_confirmation", "disputed", "refused"]);
    assert_eq!(balance.not_counted[1].source, Source::Credential(id(2)));
}

/// Design §6.1: a reversed entry makes room for the corrected one with the same paper.
#[test]
fn a_corrected_entry_counts_after_the_reversal() {
    let wrong = certificate(1, 63, "2025-02-10");
    let right = Credit { id: id(2), recorded_at: at("2025-06-02"), ..certificate(1, 36, "2025-02-10") };
    let mut history = ledger([wrong.clone(), right]);
    history.entries.push(LedgerEntry::Reversal(wrong.reversal(id(3), at("2025-06-01"))));
    let balance = on(&history, &norm(72), "2026-03-01");
    assert_eq!(balance.counted[0].entry, id(2));
    assert_eq!(balance.not_counted[0].reason, Reason::Reversed { by: id(3) });
}
