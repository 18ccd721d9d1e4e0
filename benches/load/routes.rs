//! Proposals of routes, and the lists and reports about routes.

use rost::authz::{Level, Role};
use uuid::Uuid;

use super::cases::{Case, get, ring};
use super::region::{Server, ids};

/// These cases; `officer` is of the ministry.
pub fn all(server: &Server, url: &str, officer: &str) -> Vec<Case> {
    let (accounts, persons) = (ids(url, "account", 3), ids(url, "person", 3000));
    let (ministry, schools) = (ids(url, "ministry", 1), ids(url, "school", 60));
    let municipalities = ids(url, "municipality", 3);
    let coordinator = server.token(accounts[0], Role::RegionalCoordinator, Level::Region, ministry[0]);
    let director = server.token(accounts[2], Role::Director, Level::School, schools[0]);
    // Those with deficits whose classes the programs are for.
    let lacking = (1_usize..).zip(persons).filter(|(n, _)| n % 2 == 0 && n % 3 != 0).map(|(_, id)| id);
    vec![
        Case {
            name: "h  proposal of 5,000 programs",
            request: post_proposal(coordinator, lacking.collect()),
            bare: OFFERED,
        },
        Case {
            name: "i  inbox of a director",
            request: get(&director, |_| "/api/v1/approvals/inbox?limit=20".to_owned()),
            bare: INBOX,
        },
        Case {
            name: "l  late routes of a school",
            request: get(
                officer,
                ring(&schools, |id| format!("/api/v1/routes?organization_id={id}&overdue=true&limit=20")),
            ),
            bare: LATE,
        },
        Case {
            name: "p  routes of a municipality",
            request: get(
                officer,
                ring(&municipalities, |id| format!("/api/v1/organizations/{id}/route-report")),
            ),
            bare: FOLLOWED,
        },
    ]
}

fn post_proposal(token: String, persons: Vec<Uuid>) -> Box<dyn Fn(usize) -> Vec<u8> + Sync> {
    let run = rost::ids::new_id().simple().to_string();
    let body = serde_json::json!({
        "starts_on": "2026-03-02", "ends_on": "2027-12-31",
        "preferences": {"max_price_rubles": 15_000, "max_hours": 200, "delivery": ["distance"]},
    })
    .to_string();
    Box::new(move |n| {
        let person = persons[n.wrapping_mul(7919) % persons.len()];
        format!(
            "POST /api/v1/persons/{person}/route-proposals HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: {run}-{n}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    })
}

/// What a proposal reads: the choice itself is arithmetic.
const OFFERED: &str = r"\set n random(1, 500)
select d.id, d.competency_id, d.weight, d.severity from deficits d
where d.person_id = md5('person' || (:n * 6 - 2))::uuid and d.state = 'open';
select sum(hours) from ledger_entries
where person_id = md5('person' || (:n * 6 - 2))::uuid and issued_on > date '2026-03-02' - interval '36 months';
select p.id, p.provider_id, p.kind, p.title, p.hours, p.price_rubles, p.study_form, p.delivery, e.state
from programs p left join registry_entries e on e.program_id = p.id
where p.region_id = md5('region1')::uuid and p.state = 'accepted' and p.audience @> array['teacher']
  and p.education_levels && array['basic'] order by p.id;
select m.id, m.program_id, m.title, m.hours, m.provider_id, m.delivery, array_agg(c.competency_id)
from module_competencies c join program_modules m on m.id = c.module_id
where c.competency_id = any(select d.competency_id from deficits d
                            where d.person_id = md5('person' || (:n * 6 - 2))::uuid and d.state = 'open')
group by m.id;
select o.id, o.program_id, o.module_id, o.starts_on, o.ends_on, o.study_form, o.delivery, o.place from offerings o
where o.region_id = md5('region1')::uuid and o.state = 'open' and o.starts_on >= '2026-03-02' and o.seats_taken < o.seats
order by o.starts_on, o.id;
";

const INBOX: &str = r"select r.id, r.title, r.subject_kind, r.subject_id, r.submitted_at, p.last_name, p.first_name, o.opened_at
from approval_open_steps o join approval_requests r on r.id = o.request_id join persons p on p.id = r.person_id
where o.organization_id = md5('school1')::uuid and o.role = 'director' order by o.opened_at, o.request_id limit 20;
";

const LATE: &str = r"\set n random(1, 60)
select r.*, (select min(a.ends_on) from route_activities a
             where a.route_id = r.id and a.state = 'planned' and a.ends_on < '2026-03-02')
from routes r where r.organization_id = md5('school' || :n)::uuid and r.state = 'active'
  and exists (select from route_activities a where a.route_id = r.id and a.state = 'planned' and a.ends_on < '2026-03-02')
order by r.starts_on desc, r.id desc limit 20;
";

const FOLLOWED: &str = r"\set n random(1, 3)
select r.organization_id, r.state, count(*), count(*) filter (where a.late > 0), sum(a.late), sum(a.planned), sum(a.completed)
from routes r left join lateral (
    select count(*) filter (where l.state = 'planned' and l.ends_on < '2026-03-02') as late,
           count(*) filter (where l.state <> 'cancelled') as planned,
           count(*) filter (where l.state = 'completed') as completed
    from route_activities l where l.route_id = r.id) a on r.state = 'active'
where r.municipality_id = md5('municipality' || :n)::uuid group by 1, 2;
";
