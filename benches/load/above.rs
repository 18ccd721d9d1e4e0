//! What is told and added up above the schools: measures of the region, and its training order.

use rost::authz::{Level, Role};
use uuid::Uuid;

use super::cases::{Case, get};
use super::region::{Server, ids};

/// Orders of the region, one a year.
const ORDERS: u32 = 64;

/// Orders begin every run at their first version.
pub const ANEW: &str = "update training_orders set version = 1 where level = 'region'";

/// These cases; `officer` is of the ministry.
pub fn all(server: &Server, url: &str, officer: &str) -> Vec<Case> {
    let (account, operator) = (ids(url, "account", 4)[3], ids(url, "operator", 1)[0]);
    let operator = server.token(account, Role::RegionalOperator, Level::Region, operator);
    let measure = |day: &'static str| {
        get(officer, move |_| format!("/api/v1/measures?measure=deficits_closed{day}&limit=200"))
    };
    vec![
        Case { name: "m  closed deficits of the region", request: measure(""), bare: CLOSED },
        Case {
            name: "n  the same at another date",
            request: measure("&as_of=2026-01-31"),
            bare: CLOSED_THEN,
        },
        Case {
            name: "q  order of every school added up",
            request: refresh(operator, ids(url, "order", ORDERS)),
            bare: ADDED,
        },
    ]
}

/// The orders one after the other, each with the version that the request before has left.
fn refresh(token: String, orders: Vec<Uuid>) -> Box<dyn Fn(usize) -> Vec<u8> + Sync> {
    let run = rost::ids::new_id().simple().to_string();
    Box::new(move |n| {
        let (order, version) = (orders[n % orders.len()], 1 + n / orders.len());
        format!(
            "POST /api/v1/training-orders/{order}/refresh HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: {run}-{n}\r\nIf-Match: \"{version}\"\r\nContent-Length: 0\r\n\r\n"
        )
        .into_bytes()
    })
}

/// Deficits and those of them that are closed, by municipality and competency, with those who were measured in it and
/// those who were tested at all: by these the API decides what is shown.
const CLOSED: &str = r"with staff as materialized (
    select distinct organization_id, municipality_id, person_id from employments
    where region_id = md5('region1')::uuid and started_on <= '2026-03-02' and (ended_on is null or ended_on >= '2026-03-02'))
select s.municipality_id, d.competency_id, count(*) filter (where d.state = 'closed'), count(*), 0
from staff s join deficit_events d on d.person_id = s.person_id and d.happened_on <= '2026-03-02'
    and (d.until is null or d.until > '2026-03-02') group by 1, 2
union all
select s.municipality_id, m.competency_id, 0, 0, count(*)
from staff s join competency_standings m on m.person_id = s.person_id and m.measured_on <= '2026-03-02'
    and (m.until is null or m.until > '2026-03-02') group by 1, 2
union all
select s.municipality_id, null, 0, 0, count(*) from staff s
where exists (select from diagnostic_results r where r.person_id = s.person_id and r.taken_on <= '2026-03-02') group by 1;
";

const CLOSED_THEN: &str = r"with staff as materialized (
    select distinct organization_id, municipality_id, person_id from employments
    where region_id = md5('region1')::uuid and started_on <= '2026-01-31' and (ended_on is null or ended_on >= '2026-01-31'))
select s.municipality_id, d.competency_id, count(*) filter (where d.state = 'closed'), count(*), 0
from staff s join deficit_events d on d.person_id = s.person_id and d.happened_on <= '2026-01-31'
    and (d.until is null or d.until > '2026-01-31') group by 1, 2
union all
select s.municipality_id, m.competency_id, 0, 0, count(*)
from staff s join competency_standings m on m.person_id = s.person_id and m.measured_on <= '2026-01-31'
    and (m.until is null or m.until > '2026-01-31') group by 1, 2
union all
select s.municipality_id, null, 0, 0, count(*) from staff s
where exists (select from diagnostic_results r where r.person_id = s.person_id and r.taken_on <= '2026-01-31') group by 1;
";

/// The same lines added up and told where they went, unchecked.
const ADDED: &str = r"\set n random(1, 64)
begin;
select 1 from training_orders where id = md5('order' || :n)::uuid for update;
update training_order_lines l set upper_line_id = null from training_order_lines u
where l.upper_line_id = u.id and u.order_id = md5('order' || :n)::uuid;
delete from training_order_lines where order_id = md5('order' || :n)::uuid;
insert into training_order_lines (id, region_id, order_id, position, origin, topic, program_id, people, half_hours, amount_kopecks,
                                  created_at)
select gen_random_uuid(), md5('region1')::uuid, o.taken_by_id, row_number() over (), 'orders', min(l.topic), l.program_id,
       sum(l.people), sum(l.half_hours), sum(l.amount_kopecks), now()
from training_order_lines l join training_orders o on o.id = l.order_id where o.taken_by_id = md5('order' || :n)::uuid
group by o.taken_by_id, l.program_id;
update training_order_lines l set upper_line_id = u.id from training_orders o, training_order_lines u
where o.id = l.order_id and o.taken_by_id = md5('order' || :n)::uuid and u.order_id = o.taken_by_id
  and u.program_id = l.program_id;
commit;
";
