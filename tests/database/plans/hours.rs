//! Hours: the lists of credit books, of what is said of them, of transfers and of ranges of numbers.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`], each with a credit book, a flag in it and a transfer; 4,000 ranges of numbers.
fn busy() -> TestApp {
    let app = filled();
    let (region, provider) = (world::region("altai"), world::organization("provider_x"));
    let (regulation, account) = (world::regulation("p4-altai-krai"), world::persona("provider").account_id());
    let association = world::association(1);
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into credit_books (id, region_id, organization_id, person_id, regulation_id, opened_on, opened_by,
                                   created_at, updated_at)
         select pg_temp.uid('book', n), '{region}', e.organization_id, e.person_id, '{regulation}',
                date '2025-01-01' + n % 400, '{account}', now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into credit_book_flags (id, region_id, organization_id, book_id, person_id, kind, association_id, text,
                                        state, created_at, updated_at)
         select pg_temp.uid('flag', n), '{region}', b.organization_id, b.id, b.person_id, 'missing', '{association}',
                '-', 'open', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n join credit_books b on b.id = pg_temp.uid('book', n);
         insert into credit_rules (id, region_id, organization_id, source_program_id, target_program_id, hours, valid_from,
                                   created_at, updated_at)
         values (pg_temp.uid('rule', 1), '{region}', '{provider}', pg_temp.uid('program', 1), pg_temp.uid('program', 2),
                 24, '2025-01-01', now(), now());
         insert into credit_transfers (id, region_id, organization_id, person_id, credit_rule_id, credential_id,
                                       target_program_id, hours, state, requested_by, created_at, updated_at)
         select pg_temp.uid('transfer', n), '{region}', o.id, c.person_id, pg_temp.uid('rule', 1), c.id,
                pg_temp.uid('program', 2), 24, 'requested', '{account}',
                timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n join credentials c on c.id = pg_temp.uid('paper', n)
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18;
         insert into number_ranges (id, region_id, organization_id, kind, part, prefix, digits, first_number, last_number,
                                    next_number, state, created_at, updated_at)
         select pg_temp.uid('range', n), '{region}', o.id, 'pd_certificate', 'form', n::text || '-', 1, 1, 9, 1, 'open',
                timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

/// 4,000 people whose standings hold today, one after the other due.
fn stood() -> TestApp {
    let app = filled();
    // People of this dataset work in schools of other regions too, so there are no totals of them to keep.
    app.db_execute(
        "alter table hours_standings disable trigger user;
         update hours_standings s set works = true, main = true, local_status = 'met', federal_status = 'met',
             counted = 36, due_on = date '2026-01-01' + (abs(hashtext(person_id::text)) % 2000),
             next_training_due_on = date '2026-01-01' + (abs(hashtext(person_id::text)) % 2000),
             stale = false, stamp = r.stamp, holds_from = '2020-01-01', holds_until = null
         from region_stamps r where r.region_id = s.region_id;
         alter table hours_standings enable trigger user",
    )
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

/// The people behind the numbers, and of whom something is due: of a region and of a school.
#[test]
fn the_lists_of_standings_use_their_indexes() {
    let app = stood();
    let lists = [
        ("ministry", "altai_ministry", "hours-due", "hours_standings_region_idx"),
        ("school_2_director", "school_2", "hours-due", "hours_standings_organization_idx"),
        ("school_2_director", "school_2", "hours-standings", "hours_standings_organization_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, place, list, index)| {
            let path = format!("/api/v1/{list}?organization_id={}", app.organization(place));
            slow(&app, persona, &path, "hours_standings", index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_lists_of_hours_use_their_indexes() {
    let app = busy();
    let school = app.organization("school_2");
    let lists = [
        ("teacher", "/credit-books".to_owned(), "credit_books", "credit_books_person_idx"),
        ("ministry", "/credit-books".to_owned(), "credit_books", "credit_books_region_idx"),
        (
            "ministry",
            format!("/credit-books?organization_id={school}"),
            "credit_books",
            "credit_books_organization_idx",
        ),
        ("school_2_director", "/credit-books".to_owned(), "credit_books", "credit_books_person_idx"),
        ("teacher", "/credit-book-flags".to_owned(), "credit_book_flags", "credit_book_flags_person_idx"),
        ("auditor", "/credit-book-flags".to_owned(), "credit_book_flags", "credit_book_flags_region_idx"),
        ("teacher", "/credit-transfers".to_owned(), "credit_transfers", "credit_transfers_person_idx"),
        ("ministry", "/credit-transfers".to_owned(), "credit_transfers", "credit_transfers_region_idx"),
        ("provider", "/number-ranges".to_owned(), "number_ranges", "number_ranges_organization_idx"),
        ("ministry", "/number-ranges".to_owned(), "number_ranges", "number_ranges_region_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
