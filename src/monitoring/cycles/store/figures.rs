//! What is counted in the stages of a cycle at a place, in one statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::diagnostics::analytics::model::SMALLEST;
use crate::error::Result;
use crate::monitoring::cycles::model::{Counting, Cycle, Figure, Found, figures_of};
use crate::monitoring::place::Place;

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    people: Option<i64>,
}

/// The counting select of a figure: of a place, whose id is $1, from day $2 to day $3, with how many people stand behind it
/// where they are others than the staff. Closed deficits are those of competencies in which at least $5 people were measured:
/// the others are hidden in the diagnostic report.
const fn select(figure: Figure) -> &'static str {
    match figure {
        Figure::Findings => {
            "select count(*), null::bigint from outcome_findings t where t.{place} = $1 and t.period_until between $2 and $3"
        }
        Figure::Needs => {
            "select count(*), null::bigint from needs t where t.{place} = $1 and t.state = 'open' and t.recorded_on between $2 and $3"
        }
        Figure::NeededPeople => {
            "select coalesce(sum(t.people), 0)::bigint, null::bigint from needs t \
             where t.{place} = $1 and t.state = 'open' and t.recorded_on between $2 and $3"
        }
        Figure::DiagnosedPeople => {
            "select count(distinct t.person_id), count(distinct t.person_id) from diagnostic_results t \
             where t.{place} = $1 and t.taken_on between $2 and $3"
        }
        Figure::Applications => {
            "select count(*), null::bigint from applications t join regions r on r.id = t.region_id \
             where t.{place} = $1 and t.state <> 'withdrawn' \
             and (t.created_at at time zone r.time_zone)::date between $2 and $3"
        }
        Figure::AppliedPeople => {
            "select coalesce(sum(t.people_count), 0)::bigint, null::bigint from applications t join regions r on r.id = t.region_id \
             where t.{place} = $1 and t.state <> 'withdrawn' \
             and (t.created_at at time zone r.time_zone)::date between $2 and $3"
        }
        Figure::Offerings => {
            "select count(*), null::bigint from offerings t where t.{place} = $1 and t.state in ('open', 'running', 'finished') \
             and t.starts_on between $2 and $3"
        }
        Figure::Enrollments => {
            "select count(*), null::bigint from enrollments t join regions r on r.id = t.region_id \
             where t.{place} = $1 and t.state <> 'withdrawn' \
             and (t.created_at at time zone r.time_zone)::date between $2 and $3"
        }
        Figure::CompletedEnrollments => {
            "select count(*) filter (where t.state = 'completed'), count(distinct t.person_id) from enrollments t \
             where t.{place} = $1 and t.state <> 'withdrawn' and t.ended_on between $2 and $3"
        }
        Figure::ProductOfferings => {
            "select count(*), null::bigint from offerings t where t.{place} = $1 and t.state = 'finished' \
             and t.expected_product is not null and t.ends_on between $2 and $3"
        }
        Figure::WorkplaceTasks => {
            "select count(*) filter (where s.outcome = 'mastered'), count(distinct t.person_id) from enrollments t \
             join enrollment_stages s on s.enrollment_id = t.id \
             where t.{place} = $1 and s.kind = 'workplace_task' and t.ended_on between $2 and $3"
        }
        Figure::ClosedDeficits => {
            "select coalesce(sum(c.closed), 0)::bigint, null::bigint from (\
                 select t.competency_id, count(distinct t.deficit_id) as closed from deficit_events t \
                 where t.{place} = $1 and t.state = 'closed' and t.happened_on between $2 and $3 and t.until is null \
                 group by 1) c \
             where c.competency_id in (\
                 select m.competency_id from competency_standings m \
                 join employments e on e.person_id = m.person_id and e.{place} = $1 and e.started_on <= $3 \
                     and (e.ended_on is null or e.ended_on >= $3) \
                 where m.measured_on <= $3 and (m.until is null or m.until > $3) \
                 group by 1 having count(distinct m.person_id) >= $5)"
        }
        Figure::Consultations => {
            "select count(*), null::bigint from consultations t where t.{place} = $1 and t.held_on between $2 and $3"
        }
        Figure::SubmittedOrders => {
            "select count(*), null::bigint from training_orders t where t.{place} = $1 and t.level = 'school' \
             and t.state in ('submitted', 'placing', 'placed') and t.starts_on between $2 and $3"
        }
        Figure::OrderedPeople => {
            "select coalesce(sum(l.people), 0)::bigint, null::bigint from training_orders t \
             join training_order_lines l on l.order_id = t.id where t.{place} = $1 and t.level = 'school' \
             and t.state in ('submitted', 'placing', 'placed') and t.starts_on between $2 and $3"
        }
        Figure::PlacedPeople => {
            "select coalesce(sum(p.people), 0)::bigint, null::bigint from training_orders t \
             join training_order_placements p on p.order_id = t.id where t.{place} = $1 and t.level = 'municipality' \
             and t.state = 'placed' and t.starts_on between $2 and $3"
        }
        Figure::Products => {
            "select count(*), null::bigint from products t join regions r on r.id = t.region_id where t.{place} = $1 \
             and (t.created_at at time zone r.time_zone)::date between $2 and $3"
        }
        Figure::DefendedProducts => {
            "select count(distinct t.id), null::bigint from products t join product_defences f on f.product_id = t.id \
             where t.{place} = $1 and f.result = 'passed' and f.held_on between $2 and $3"
        }
        Figure::IntroducedProducts => {
            "select count(*), null::bigint from products t where t.{place} = $1 and t.introduced_on between $2 and $3"
        }
        Figure::CheckedProducts => {
            "select count(distinct t.id), null::bigint from products t join product_checks c on c.product_id = t.id \
             where t.{place} = $1 and c.checked_on between $2 and $3"
        }
    }
}

/// Submissions into a stage of the cycle $4, by its place in the cycle.
const SUBMISSIONS: &str = "select t.position::text as code, count(*) as count, null::bigint as people \
    from stage_submissions t where t.cycle_id = $4 and t.{place} = $1 group by t.position";

/// Who worked there in those days.
const STAFF: &str = "select 'staff', count(distinct e.person_id), null from employments e \
    where e.{place} = $1 and e.started_on <= $3 and (e.ended_on is null or e.ended_on >= $2)";

/// What was counted at a place in the days of the cycle.
pub(in crate::monitoring::cycles) async fn figures(
    conn: &Conn,
    place: Place,
    cycle: &Cycle,
) -> Result<Found> {
    let wanted = |figure: &Figure| cycle.stages.iter().any(|stage| figures_of(&stage.code).contains(figure));
    let mut parts = vec![SUBMISSIONS.to_owned(), STAFF.to_owned()];
    for figure in Figure::ALL.into_iter().filter(wanted) {
        parts.push(format!("select '{}', t.* from ({}) t", figure.as_str(), select(figure)));
    }
    let sql = parts.join(" union all ").replace("{place}", place.column());
    let rows: Vec<CountRow> = diesel::sql_query(sql)
        .bind::<SqlUuid, Uuid>(place.id())
        .bind::<Date, _>(cycle.span.starts_on)
        .bind::<Date, _>(cycle.span.ends_on)
        .bind::<SqlUuid, _>(cycle.id)
        .bind::<BigInt, _>(SMALLEST)
        .load(&mut &*conn)
        .await?;
    let mut found = Found::default();
    for row in rows {
        match (Figure::parse(&row.code), row.code.parse()) {
            (Some(figure), _) => {
                found.figures.push((figure, Counting { count: row.count, people: row.people }));
            }
            (None, Ok(position)) => found.submissions.push((position, row.count)),
            (None, Err(_)) => found.staff = row.count,
        }
    }
    Ok(found)
}
