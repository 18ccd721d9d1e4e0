//! Files of papers: a thousand rows a request, each with its rights, its receipt and its audit.

use std::fmt::Write as _;

use super::cases::{Case, NEW_TITLE};

/// People whose papers are loaded.
const PEOPLE: usize = 3_000;
/// Rows of a file.
const ROWS: usize = 1_000;
/// Files under way at a time have no person in common: their rows would wait for each other.
const LANES: usize = 16;

/// Gives them СНИЛС, once.
pub const NUMBERED: &str = "update persons p set snils = d.digits || lpad((d.sum % 101 % 100)::text, 2, '0')
    from (select md5('person' || n)::uuid as id, (900000000 + n)::text as digits,
                 (select sum((10 - i) * substr((900000000 + n)::text, i, 1)::int) from generate_series(1, 9) i) as sum
          from generate_series(1, 3000) n) d
    where p.id = d.id and p.snils is null";

/// The case; `token` is of the ministry.
pub fn case(token: &str) -> Case {
    // Twelve letters and digits of chance, and places of their own for file and row: no number is met twice.
    let (token, run) = (token.to_owned(), rost::ids::new_id().simple().to_string().split_off(20));
    let request = move |n: usize| {
        let mut body = String::from(
            "snils,kind,issuer_inn,issuer_name,series,number,title,program_kind,hours,started_on,completed_on,issued_on\n",
        );
        let file = n % 1_000_000_000;
        for row in 0..ROWS {
            let person = (n % LANES + LANES * row) % (PEOPLE / LANES * LANES) + 1;
            writeln!(
                body,
                "{},pd_certificate,,Provider 1,Ф,{run}-{file:09}-{row:03},{NEW_TITLE},advanced_training,36,2026-01-12,2026-02-06,2026-02-10",
                snils(person)
            )
            .expect("a string grows");
        }
        format!(
            "POST /api/v1/imports/credentials HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: text/csv\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    Case { name: "g  file of 1,000 credentials", request: Box::new(request), bare: INSERT_MANY }
}

fn snils(person: usize) -> String {
    let digits = (900_000_000 + person).to_string();
    let sum: usize =
        (1..=9).rev().zip(digits.bytes()).map(|(weight, digit)| weight * usize::from(digit - b'0')).sum();
    format!("{digits}{:02}", sum % 101 % 100)
}

/// The same rows, receipts and audit, unchecked.
const INSERT_MANY: &str = r"\set n random(1, 1000000000)
begin;
insert into credentials (id, region_id, person_id, issuer_id, issuer_name, kind, series, number, identity, marks, program_kind, title, hours,
    started_on, completed_on, issued_on, origin, state, recorded_by, created_at, updated_at)
select gen_random_uuid(), md5('region1')::uuid, md5('person' || (i * 3))::uuid, md5('provider1')::uuid, 'Provider 1', 'pd_certificate', 'Ф',
    :n || '-' || i, 'bare|' || gen_random_uuid(), array['n|Ф' || :n || i], 'advanced_training', 'Нагрузка', 36,
    '2026-01-12', '2026-02-06', '2026-02-10', 'import', 'reported', md5('account1')::uuid, now(), now()
from generate_series(1, 1000) i;
insert into audit_events (id, at, operation, subject_kind, request_id)
select gen_random_uuid(), now(), 'bench', 'credential', 'bench' from generate_series(1, 1000);
with run as (
    insert into imports (id, region_id, organization_id, kind, mode, state, dry_run, digest, requested_by, created_at, heard_at)
    values (gen_random_uuid(), md5('region1')::uuid, md5('ministry1')::uuid, 'credentials', 'independent', 'succeeded', false, '\x00',
            md5('account1')::uuid, now(), now()) returning id)
insert into import_rows (import_id, line, outcome, subject_id, problems)
select run.id, i, 'created', gen_random_uuid(), '[]' from run, generate_series(2, 1001) i;
commit;
";
