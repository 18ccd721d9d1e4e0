//! The hot requests of the performance bars, each with the bare SQL that does the same work.

use rost::authz::{Level, Role};
use uuid::Uuid;

use super::region::{Server, ids};

/// One kind of request.
pub struct Case {
    pub name: &'static str,
    pub request: Box<dyn Fn(usize) -> Vec<u8> + Sync>,
    pub bare: &'static str,
}

/// What the papers written by a run are called.
pub const NEW_TITLE: &str = "Нагрузка";

/// Every case, in the order of the bars.
pub fn all(server: &Server, url: &str) -> Vec<Case> {
    let (accounts, persons, schools) =
        (ids(url, "account", 2), ids(url, "person", 3000), ids(url, "school", 60));
    let (ministry, providers) = (ids(url, "ministry", 1), ids(url, "provider", 40));
    let municipalities = ids(url, "municipality", 3);
    let officer = server.token(accounts[0], Role::MinistryOfficer, Level::Region, ministry[0]);
    let issuer = server.token(accounts[1], Role::ProviderOfficer, Level::Provider, providers[0]);
    let words = ["оценивание", "функциональная грамотность", "инклюзивное", "наставничество", "проектная"]
        .map(encoded);
    let mut cases = super::routes::all(server, url, &officer);
    cases.extend(super::above::all(server, url, &officer));
    cases.extend([
        Case {
            name: "a  balance of a teacher",
            request: get(&officer, ring(&persons, |id| format!("/api/v1/persons/{id}/hours-balance"))),
            bare: BALANCE,
        },
        Case {
            name: "b  50 newest entries of a teacher",
            request: get(
                &officer,
                ring(&persons, |id| format!("/api/v1/persons/{id}/ledger-entries?limit=50")),
            ),
            bare: ENTRIES,
        },
        Case {
            name: "c  registry search, 20 programs",
            request: get(&officer, move |n| {
                format!(
                    "/api/v1/programs?q={}&hours_min=24&education_level=basic&limit=20",
                    words[n % words.len()]
                )
            }),
            bare: SEARCH,
        },
        Case {
            name: "d  school of 50 against the norm",
            request: get(
                &officer,
                ring(&schools, |id| format!("/api/v1/organizations/{id}/hours-compliance")),
            ),
            bare: SCHOOL,
        },
        Case {
            name: "e  compliance of the region",
            request: get(
                &officer,
                ring(&ministry, |id| format!("/api/v1/organizations/{id}/hours-compliance")),
            ),
            bare: TOTALS,
        },
        Case {
            name: "e' of a municipality, another date",
            request: get(
                &officer,
                ring(&municipalities, |id| {
                    format!("/api/v1/organizations/{id}/hours-compliance?as_of=2026-01-31")
                }),
            ),
            bare: MUNICIPALITY_THEN,
        },
        Case { name: "f  one new credential", request: post_credential(issuer, persons), bare: INSERT },
        super::papers::case(&officer),
        Case {
            name: "o  20 next offerings",
            request: get(&officer, |n| format!("/api/v1/offerings?from=2026-{:02}-10&limit=20", 3 + n % 9)),
            bare: OFFERINGS,
        },
        Case {
            name: "r  diagnostics of a municipality",
            request: get(
                &officer,
                ring(&municipalities, |id| format!("/api/v1/diagnostic-report?organization_id={id}")),
            ),
            bare: REPORT,
        },
        Case {
            name: "s  facets of the registry",
            request: get(&officer, |n| {
                format!("/api/v1/programs/facets?hours_min={}&education_level=basic", 16 + n % 3 * 8)
            }),
            bare: FACETS,
        },
    ]);
    cases.sort_by_key(|case| case.name);
    cases
}

fn encoded(words: &str) -> String {
    form_urlencoded::byte_serialize(words.as_bytes()).collect()
}

/// Paths about one after the other.
pub fn ring(
    ids: &[Uuid],
    path: impl Fn(Uuid) -> String + Sync + 'static,
) -> impl Fn(usize) -> String + Sync + 'static {
    let ids = ids.to_vec();
    move |n| path(ids[n.wrapping_mul(7919) % ids.len()])
}

/// A request for what a path names.
pub fn get(
    token: &str,
    path: impl Fn(usize) -> String + Sync + 'static,
) -> Box<dyn Fn(usize) -> Vec<u8> + Sync> {
    let token = token.to_owned();
    Box::new(move |n| {
        format!("GET {} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n", path(n))
            .into_bytes()
    })
}

fn post_credential(token: String, persons: Vec<Uuid>) -> Box<dyn Fn(usize) -> Vec<u8> + Sync> {
    let run = rost::ids::new_id().simple().to_string();
    Box::new(move |n| {
        let body = serde_json::json!({
            "person_id": persons[n.wrapping_mul(7919) % persons.len()], "kind": "pd_certificate", "series": "Н", "number": format!("{run}-{n}"),
            "title": NEW_TITLE, "program_kind": "advanced_training", "hours": 36,
            "started_on": "2026-01-12", "completed_on": "2026-02-06", "issued_on": "2026-02-10",
        })
        .to_string();
        format!(
            "POST /api/v1/credentials HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {run}-{n}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    })
}

const BALANCE: &str = r"\set n random(1, 3000)
select document_kind, sum(hours) from ledger_entries
where person_id = md5('person' || :n)::uuid and issued_on > date '2026-03-02' - interval '36 months' group by 1;
";

const ENTRIES: &str = r"\set n random(1, 3000)
select e.id, e.hours, e.title, e.issued_on, e.completed_on, e.document_kind, p.title, o.name from ledger_entries e
left join programs p on p.id = e.program_id left join organizations o on o.id = e.issuer_id
where e.person_id = md5('person' || :n)::uuid order by e.issued_on desc, e.id desc limit 50;
";

const SEARCH: &str = r"\set n random(1, 5)
select p.id, p.title, p.hours, o.name from programs p join organizations o on o.id = p.provider_id
join registry_entries r on r.program_id = p.id and r.state = 'active'
where p.region_id = md5('region1')::uuid
  and p.search @@ websearch_to_tsquery('russian',
      (array['оценивание', 'функциональная грамотность', 'инклюзивное', 'наставничество', 'проектная'])[:n])
  and p.hours >= 24 and 'basic' = any(p.education_levels) and p.state = 'accepted'
order by ts_rank(p.search, websearch_to_tsquery('russian',
      (array['оценивание', 'функциональная грамотность', 'инклюзивное', 'наставничество', 'проектная'])[:n])) desc, p.id limit 20;
";

const SCHOOL: &str = r"\set n random(1, 60)
select m.person_id, coalesce(sum(e.hours), 0) from employments m
left join ledger_entries e on e.person_id = m.person_id and e.issued_on > date '2026-03-02' - interval '36 months'
where m.organization_id = md5('school' || :n)::uuid and (m.ended_on is null or m.ended_on >= '2026-03-02') group by 1;
";

const TOTALS: &str = r"select local_status, federal_status, sum(people) from hours_totals
where region_id = md5('region1')::uuid and main group by 1, 2;
";

const MUNICIPALITY_THEN: &str = r"\set n random(1, 3)
select count(*), count(*) filter (where hours >= 72) from (
    select m.person_id, coalesce(sum(e.hours), 0) as hours from employments m
    left join ledger_entries e on e.person_id = m.person_id and e.issued_on <= '2026-01-31'
        and e.issued_on > date '2026-01-31' - interval '36 months'
    where m.municipality_id = md5('municipality' || :n)::uuid and m.started_on <= '2026-01-31'
      and (m.ended_on is null or m.ended_on >= '2026-01-31') group by 1) sums;
";

const OFFERINGS: &str = r"\set n random(3, 11)
select o.id, o.title, o.kind, o.starts_on, o.ends_on, o.seats, o.seats_taken, o.hours, o.state, g.name
from offerings o join organizations g on g.id = o.organization_id
where o.region_id = md5('region1')::uuid and o.state <> 'planned' and o.ends_on >= make_date(2026, :n, 10)
order by o.starts_on, o.id limit 20;
";

const REPORT: &str = r"\set n random(1, 3)
select m.organization_id, count(distinct m.person_id) from employments m
where m.municipality_id = md5('municipality' || :n)::uuid and m.ended_on is null group by 1;
select m.organization_id, count(distinct r.person_id) from diagnostic_results r join employments m on m.person_id = r.person_id
where m.municipality_id = md5('municipality' || :n)::uuid and m.ended_on is null group by 1;
select m.organization_id, s.competency_id, count(distinct s.person_id) from competency_standings s
join employments m on m.person_id = s.person_id
where m.municipality_id = md5('municipality' || :n)::uuid and m.ended_on is null and s.until is null group by 1, 2;
select m.organization_id, d.competency_id, d.state, count(distinct d.deficit_id) from deficit_events d
join employments m on m.person_id = d.person_id
where m.municipality_id = md5('municipality' || :n)::uuid and m.ended_on is null and d.until is null group by 1, 2, 3;
";

const FACETS: &str = r"\set n random(0, 2)
with hits as materialized (select p.* from programs p where p.region_id = md5('region1')::uuid and p.state = 'accepted'
    and p.hours >= 16 + 8 * :n and 'basic' = any(p.education_levels))
select 'kind', kind, count(*) from hits group by 2 union all select 'form', study_form, count(*) from hits group by 2
union all select 'delivery', v, count(*) from hits, unnest(delivery) v group by 2
union all select 'audience', v, count(*) from hits, unnest(audience) v group by 2
union all select 'level', v, count(*) from hits, unnest(education_levels) v group by 2
union all select 'hours', hours::text, count(*) from hits group by 2
union all select 'provider', o.name, count(*) from hits join organizations o on o.id = hits.provider_id group by o.id
union all select 'competency', c.title, count(distinct hits.id) from hits join program_modules m on m.program_id = hits.id
    join module_competencies l on l.module_id = m.id join competencies c on c.id = l.competency_id group by c.id;
";

const INSERT: &str = r"\set n random(1, 3000)
\set m random(1, 1000000000)
begin;
select 1 from credentials where region_id = md5('region1')::uuid and identity = 'bare|' || :m and state not in ('refused', 'annulled');
insert into credentials (id, region_id, person_id, issuer_id, issuer_name, kind, series, number, identity, marks, program_kind, title, hours,
    started_on, completed_on, issued_on, origin, state, recorded_by, created_at, updated_at)
values (gen_random_uuid(), md5('region1')::uuid, md5('person' || :n)::uuid, md5('provider1')::uuid, 'Provider 1', 'pd_certificate', 'Н',
    :m::text, 'bare|' || gen_random_uuid(), array['n|Н' || :m], 'advanced_training', 'Нагрузка', 36, '2026-01-12', '2026-02-06', '2026-02-10', 'provider', 'issued',
    md5('account1')::uuid, now(), now());
insert into audit_events (id, at, operation, subject_kind, request_id) values (gen_random_uuid(), now(), 'bench', 'credential', 'bench');
commit;
";
