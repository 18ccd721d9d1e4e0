//! What stands in a credit book, and what may be written in it.

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn entry(id: u128, first: u32, hours: i32) -> Entry {
    Entry {
        id: Uuid::from_u128(id),
        region_id: Uuid::nil(),
        book_id: Uuid::nil(),
        person_id: Uuid::nil(),
        organization_id: Uuid::nil(),
        source: Source::Association(Uuid::nil()),
        enrollment_id: None,
        credential_id: None,
        data: EntryData {
            topic: "Тема".into(),
            started_on: day(first),
            ended_on: day(first),
            hours: Hours::whole(hours),
        },
        corrects_id: None,
        withdrawn: false,
        reason: None,
        writer_id: None,
        written_as: Role::AssociationHead,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn correcting(other: u128, entry: Entry) -> Entry {
    Entry { corrects_id: Some(Uuid::from_u128(other)), reason: Some("Описка".into()), ..entry }
}

#[test]
fn a_corrected_entry_counts_once_and_a_withdrawn_one_not_at_all() {
    let withdrawal = Entry { withdrawn: true, ..correcting(3, entry(5, 1, 8)) };
    let book =
        vec![entry(1, 9, 4), entry(2, 5, 6), entry(3, 1, 8), correcting(2, entry(4, 5, 2)), withdrawal];
    let standing = current(book);
    let ids: Vec<u128> = standing.iter().map(|entry| entry.id.as_u128()).collect();
    assert_eq!(ids, [4, 1]);
    let totals = totals(&standing);
    assert_eq!(totals.hours, Hours::whole(6));
    assert_eq!(totals.by_year.into_iter().collect::<Vec<_>>(), [(2026, Hours::whole(6))]);
}

#[test]
fn a_withdrawal_is_corrected_as_well() {
    let withdrawal = Entry { withdrawn: true, ..correcting(1, entry(2, 1, 8)) };
    let book = vec![entry(1, 1, 8), withdrawal, correcting(2, entry(3, 1, 8))];
    assert_eq!(current(book).len(), 1);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let bounds = Bounds { days: Some((day(10), day(12))), hours: Some(Hours::whole(6)), today: day(11) };
    let said = EntrySaid {
        topic: None,
        started_on: Some(day(12)),
        ended_on: Some(day(9)),
        hours: Some(Hours::from_halves(13)),
    };
    let problems = said.complete(None, &bounds).unwrap_err();
    let told: Vec<String> =
        problems.iter().map(|problem| format!("{} {}", problem.pointer, problem.code)).collect();
    assert_eq!(
        told,
        [
            "/topic required",
            "/ended_on dates_reversed",
            "/started_on in_future",
            "/ended_on outside_of_offering",
            "/hours hours_out_of_range",
        ]
    );
}
