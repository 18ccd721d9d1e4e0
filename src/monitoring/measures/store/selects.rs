//! The selects of measures, of a place, whose id is $1, in the region $3, on each of the days $2.
//!
//! Each gives day, school (or at once the unit for which the school is counted), municipality, measure, key, label,
//! numerator, denominator, the people of whom it might be said (for states of routes and products the staff, who might all
//! have one) and, for deficits, their competency. People count at every school where they work on the day; what has no
//! person counts at its school.

use crate::monitoring::measures::model::Measure;

/// The days, and who works at which school on each, with the unit for which he is counted.
const STAFF: &str = "\
    days as (select unnest($2::date[]) as day), \
    staff as materialized (\
        select distinct d.day, e.organization_id, e.municipality_id, e.person_id, \
            case when e.municipality_id = $4 then e.organization_id \
                else coalesce(e.municipality_id, e.organization_id) end as unit_id \
        from days d join employments e on e.{place} = $1 and e.started_on <= d.day \
            and (e.ended_on is null or e.ended_on >= d.day) \
        join organizations o on o.id = e.organization_id and o.kind = 'school'), \
    staff_number as materialized (select day, organization_id, count(*) as people from staff group by 1, 2)";

/// The block of each competency of the region: the root of its tree.
const ROOTS: &str = "\
    roots as (\
        select c.id, c.id as root_id from competencies c join frameworks f on f.id = c.framework_id \
        where c.parent_id is null and f.region_id = $3 \
        union all select c.id, r.root_id from competencies c join roots r on c.parent_id = r.id)";

/// Where routes stood on each day, from their dates.
const ROUTES: &str = "\
    routes_then as materialized (\
        select d.day, r.organization_id, r.municipality_id, r.person_id, r.id, \
            case when r.closed_on <= d.day then r.state when r.activated_on <= d.day then 'active' \
                 when (r.approved_at at time zone z.time_zone)::date <= d.day then 'approved' \
                 else 'preparation' end as state \
        from days d join routes r on r.{place} = $1 and r.state not in ('rejected', 'withdrawn') \
        join regions z on z.id = r.region_id and (r.created_at at time zone z.time_zone)::date <= d.day \
        join organizations o on o.id = r.organization_id and o.kind = 'school')";

/// Where products stood on each day, from their dates.
const PRODUCTS: &str = "\
    products_then as materialized (\
        select d.day, t.organization_id, t.municipality_id, t.person_id, \
            case when t.introduced_on <= d.day then 'introduced' \
                 when exists (select from product_defences f where f.product_id = t.id and f.result = 'passed' \
                     and f.held_on <= d.day) then 'defended' \
                 else 'draft' end as state \
        from days d join products t on t.{place} = $1 \
        join regions z on z.id = t.region_id and (t.created_at at time zone z.time_zone)::date <= d.day \
        join organizations o on o.id = t.organization_id and o.kind = 'school')";

/// How the regulation that binds a school on the day follows up completed training: whether by a support plan, and after how
/// many months by a delayed outcome. The nearest regulation binds, as `binding_regulation` has it.
const FOLLOWED: &str = "\
    rules as materialized (\
        select g.id, g.owner_id, g.level, w.municipality_id, g.effective_from, g.effective_until, \
            coalesce((g.profile #>> '{support,plan,for_each_completion}')::boolean, false) as by_plan, \
            (g.profile #>> '{support,delayed_outcomes,due_after_months}')::integer as months \
        from regulations g join organizations w on w.id = g.owner_id \
        where g.region_id = $3 and g.state = 'published'), \
    followed as materialized (\
        select s.day, s.organization_id, b.by_plan, b.months \
        from (select distinct day, organization_id, municipality_id from staff) s cross join lateral (\
            select r.by_plan, r.months from rules r \
            where r.effective_from <= s.day and (r.effective_until is null or r.effective_until >= s.day) \
                and (r.level = 'region' or r.owner_id = s.organization_id \
                     or (r.level = 'municipality' and r.municipality_id = s.municipality_id)) \
            order by r.level = 'school' desc, r.level = 'municipality' desc, r.effective_from desc, r.id desc \
            limit 1) b)";

/// Deficits by competency, with how many people were measured in it: by those it is decided what is shown, as in the
/// diagnostic report. The numerator is what is not closed. Each deficit has one event in force on a day, and each person
/// one measurement of a competency: they are added up by unit at once.
const DEFICITS: &str = "\
    select t.day, t.unit_id, t.municipality_id, 'deficits', c.code, c.title, sum(t.live)::bigint, \
        sum(t.deficits)::bigint, sum(t.people)::bigint, t.competency_id \
    from (\
        select s.day, s.unit_id, s.municipality_id, d.competency_id, \
            count(*) filter (where d.state <> 'closed') as live, count(*) as deficits, 0 as people \
        from staff s join deficit_events d on d.person_id = s.person_id and d.happened_on <= s.day \
            and (d.until is null or d.until > s.day) \
        group by 1, 2, 3, 4 \
        union all \
        select s.day, s.unit_id, s.municipality_id, m.competency_id, 0, 0, count(*) \
        from staff s join competency_standings m on m.person_id = s.person_id and m.measured_on <= s.day \
            and (m.until is null or m.until > s.day) \
        group by 1, 2, 3, 4) t \
    join roots r on r.id = t.competency_id join competencies c on c.id = r.root_id group by 1, 2, 3, 5, 6, 10";

/// Every school where somebody works, for the measures of hours; no measure has that name.
const SCHOOLS: &str = "\
    select distinct s.day, s.organization_id, s.municipality_id, 'staff' as measure, '' as key, null as label, \
        0::bigint as numerator, 0::bigint as denominator, 0::bigint as people, null::uuid as competency_id \
    from staff s";

/// What the parts count, added up by unit: the schools of the municipality $4 are told apart, other municipalities are not.
const UNITS: &str = "\
    select p.day, case when p.municipality_id = $4 then p.organization_id \
            else coalesce(p.municipality_id, p.organization_id) end as organization_id, \
        p.municipality_id, p.measure, p.key, p.label, \
        sum(p.numerator)::bigint as numerator, sum(p.denominator)::bigint as denominator, \
        sum(p.people)::bigint as people, p.competency_id \
    from ({parts}) p (day, organization_id, municipality_id, measure, key, label, numerator, denominator, people, \
        competency_id) \
    group by 1, 2, 3, 4, 5, 6, 10";

/// The statement that counts the wanted measures.
pub(super) fn statement(wanted: &[Measure]) -> String {
    let counted = |measure: &Measure| {
        let select = select(*measure)?.replace("{measure}", measure.as_str());
        Some(format!("select *, null::uuid from ({select}) t"))
    };
    let mut parts: Vec<String> = wanted.iter().filter_map(counted).collect();
    if wanted.iter().any(|measure| measure.is_of_deficits()) {
        parts.push(DEFICITS.to_owned());
    }
    let units = UNITS.replace("{parts}", &parts.join(" union all "));
    let schools = wanted.iter().any(|measure| measure.is_of_hours()).then(|| SCHOOLS.to_owned());
    let selects: Vec<String> = (!parts.is_empty()).then_some(units).into_iter().chain(schools).collect();
    format!(
        "with recursive {STAFF}, {ROOTS}, {ROUTES}, {PRODUCTS}, {FOLLOWED} {}",
        selects.join(" union all ")
    )
}

/// The counting select of a measure; none of those that are counted in another way.
const fn select(measure: Measure) -> Option<&'static str> {
    Some(match measure {
        Measure::DiagnosticCoverage => {
            "select s.day, s.unit_id, s.municipality_id, '{measure}', '', null, \
                 count(t.found), count(*), count(t.found) \
             from staff s left join lateral (select true as found from diagnostic_results r \
                 where r.person_id = s.person_id and r.taken_on <= s.day limit 1) t on true group by 1, 2, 3"
        }
        Measure::DeficitsOpen | Measure::DeficitsClosed | Measure::HoursNorm | Measure::TrainingFrequency => {
            return None;
        }
        Measure::RouteCoverage => {
            "select s.day, s.unit_id, s.municipality_id, '{measure}', '', null, count(t.found), count(*), count(*) \
             from staff s left join lateral (select true as found from routes r where r.person_id = s.person_id \
                 and r.activated_on <= s.day and (r.closed_on is null or r.closed_on > s.day) limit 1) t on true \
             group by 1, 2, 3"
        }
        Measure::RoutesByState => {
            "select r.day, r.organization_id, r.municipality_id, '{measure}', k.state, null, \
                 count(*) filter (where r.state = k.state), count(*), \
                 greatest(count(distinct r.person_id), max(w.people)) \
             from routes_then r cross join (values ('preparation'), ('approved'), ('active'), ('completed'), \
                 ('closed_incomplete')) k (state) \
             left join staff_number w on w.day = r.day and w.organization_id = r.organization_id \
             group by 1, 2, 3, 5"
        }
        Measure::RoutesLate => {
            "select r.day, r.organization_id, r.municipality_id, '{measure}', '', null, \
                 count(*) filter (where exists (select from route_activities l where l.route_id = r.id \
                     and l.ends_on < r.day and (l.completed_on is null or l.completed_on > r.day))), \
                 count(*), count(distinct r.person_id) \
             from routes_then r where r.state = 'active' group by 1, 2, 3"
        }
        Measure::EnrollmentsCompleted => {
            "select d.day, t.organization_id, t.municipality_id, '{measure}', '', null, \
                 count(*) filter (where t.state = 'completed'), count(*), count(distinct t.person_id) \
             from days d join enrollments t on t.{place} = $1 and t.state <> 'withdrawn' \
                 and t.ended_on between date_trunc('year', d.day)::date and d.day \
             join organizations o on o.id = t.organization_id and o.kind = 'school' group by 1, 2, 3"
        }
        Measure::OrdersAssigned => {
            "select d.day, t.organization_id, t.municipality_id, '{measure}', '', null, \
                 coalesce(sum(l.people) filter (where b.is_borne), 0)::bigint, sum(l.people)::bigint, sum(l.people)::bigint \
             from days d join training_orders t on t.{place} = $1 and t.level = 'school' \
                 and t.state in ('submitted', 'placing', 'placed') and d.day between t.starts_on and t.ends_on \
             join regions z on z.id = t.region_id and (t.submitted_at at time zone z.time_zone)::date <= d.day \
             join training_order_lines l on l.order_id = t.id \
             left join training_order_lines m on m.id = l.upper_line_id \
             cross join lateral (select exists (\
                 select from training_order_lines x join training_orders y on y.id = x.order_id \
                 where x.id in (l.upper_line_id, m.upper_line_id) and x.assignment_id is not null and y.level = 'region' \
                     and y.state in ('submitted', 'placing', 'placed') \
                     and (y.submitted_at at time zone z.time_zone)::date <= d.day) as is_borne) b \
             group by 1, 2, 3"
        }
        Measure::AssignmentOrdered => {
            "select d.day, a.organization_id, o.municipality_id, '{measure}', a.id::text, coalesce(p.title, n.title), \
                 coalesce(max(t.people), 0)::bigint, max(a.people)::bigint, max(a.people)::bigint \
             from days d join state_assignments a on a.region_id = $3 and a.year = extract(year from d.day)::integer \
                 and (a.created_at at time zone (select z.time_zone from regions z where z.id = a.region_id))::date <= d.day \
             join (select w.id as organization_id, w.municipality_id, w.region_id from organizations w) o \
                 on o.organization_id = a.organization_id and o.{place} = $1 \
             left join programs p on p.id = a.program_id left join priority_directions n on n.id = a.direction_id \
             left join lateral (\
                 select sum(l.people) as people from training_order_lines l join training_orders y on y.id = l.order_id \
                 join regions z on z.id = y.region_id \
                 where l.assignment_id = a.id and y.level = 'region' and y.state in ('submitted', 'placing', 'placed') \
                     and (y.submitted_at at time zone z.time_zone)::date <= d.day) t on true \
             group by 1, 2, 3, 5, 6"
        }
        Measure::SupportPlans => {
            "select d.day, t.organization_id, t.municipality_id, '{measure}', '', null, \
                 count(*) filter (where exists (select from support_plans f where f.enrollment_id = t.id \
                     and f.school_endorsed_on <= d.day and f.service_endorsed_on <= d.day)), \
                 count(*), count(distinct t.person_id) \
             from followed d join enrollments t on t.organization_id = d.organization_id and t.{place} = $1 \
                 and d.by_plan and t.state = 'completed' \
                 and t.ended_on between date_trunc('year', d.day)::date and d.day \
             group by 1, 2, 3"
        }
        Measure::DelayedOutcomes => {
            "select d.day, t.organization_id, t.municipality_id, '{measure}', '', null, \
                 count(*) filter (where exists (select from delayed_outcomes f where f.enrollment_id = t.id \
                     and f.held_on <= d.day)), \
                 count(*), count(distinct t.person_id) \
             from followed d join enrollments t on t.organization_id = d.organization_id and t.{place} = $1 \
                 and d.months is not null and t.state = 'completed' \
                 and t.ended_on between (date_trunc('year', d.day) - interval '62 months')::date and d.day \
                 and (t.ended_on + make_interval(months => d.months))::date \
                     between date_trunc('year', d.day)::date and d.day \
             group by 1, 2, 3"
        }
        Measure::ProductsByState => {
            "select p.day, p.organization_id, p.municipality_id, '{measure}', k.state, null, \
                 count(*) filter (where p.state = k.state), count(*), \
                 greatest(count(distinct p.person_id), max(w.people)) \
             from products_then p cross join (values ('draft'), ('defended'), ('introduced')) k (state) \
             left join staff_number w on w.day = p.day and w.organization_id = p.organization_id \
             group by 1, 2, 3, 5"
        }
        Measure::Spending => {
            "select d.day, t.organization_id, t.municipality_id, '{measure}', t.source, null, \
                 sum(t.kopecks)::bigint, 0::bigint, count(distinct t.person_id) \
             from days d join (\
                 select q.organization_id, q.municipality_id, q.person_id, 'own' as source, \
                     coalesce(q.amount_kopecks, 0) as kopecks, (q.decided_at at time zone z.time_zone)::date as spent_on, \
                     (q.decided_at at time zone z.time_zone)::date as known_on, null::date as undone_on \
                 from own_expense_requests q join regions z on z.id = q.region_id \
                 where q.{place} = $1 and q.state = 'approved' \
                 union all \
                 select c.organization_id, c.municipality_id, c.person_id, 'contracts', c.sum_kopecks, c.signed_on, \
                     c.signed_on, c.terminated_on \
                 from contracts c where c.{place} = $1 and c.kind = 'contract' \
                 union all \
                 select g.organization_id, g.municipality_id, r.person_id, f.source, f.amount_kopecks, \
                     coalesce(s.starts_on, r.starts_on, g.starts_on), (g.decided_at at time zone z.time_zone)::date, null \
                 from plans g join funding_lines f on f.plan_id = g.id join regions z on z.id = g.region_id \
                 left join routes r on r.id = f.route_id left join route_stages s on s.id = f.stage_id \
                 where g.{place} = $1 and g.state = 'approved') t \
                 on t.spent_on between date_trunc('year', d.day)::date and d.day and t.known_on <= d.day \
                     and (t.undone_on is null or t.undone_on > d.day) \
             join organizations o on o.id = t.organization_id and o.kind = 'school' group by 1, 2, 3, 5"
        }
        Measure::Growth => {
            "select s.day, s.organization_id, s.municipality_id, '{measure}', '', null, \
                 count(*) filter (where t.now < t.before), count(*), count(*) \
             from staff s cross join lateral (\
                 select count(distinct d.deficit_id) filter (where d.happened_on <= s.day - interval '1 year' \
                         and (d.until is null or d.until > s.day - interval '1 year')) as before, \
                     count(distinct d.deficit_id) filter (where d.until is null or d.until > s.day) as now \
                 from deficit_events d where d.person_id = s.person_id and d.state <> 'closed' \
                     and d.happened_on <= s.day) t \
             where t.before > 0 group by 1, 2, 3"
        }
    })
}
