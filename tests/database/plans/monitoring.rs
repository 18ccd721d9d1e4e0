//! Monitoring: the lists of cycles, submissions, monitorings and decisions, and who takes part.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// 4,000 of everything, over the organizations of the region.
fn busy() -> TestApp {
    let app = filled();
    let (region, regulation) = (world::region("altai"), world::regulation("p4-altai-krai"));
    let account = world::persona("director").account_id();
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         create temporary table places as
         select id, row_number() over (order by id) - 1 as place from organizations where region_id = '{region}';
         insert into monitoring_cycles (id, region_id, organization_id, regulation_id, level, period, year, starts_on,
                                        ends_on, created_at, updated_at)
         select pg_temp.uid('cycle', p.place * 100 + n), '{region}', p.id, '{regulation}', 'organization', 'school_year',
                2000 + n, date '2000-01-01' + n * 365, date '2000-12-31' + n * 365, now(), now()
         from places p, generate_series(1, 100) n;
         insert into monitoring_cycle_stages (cycle_id, position, region_id, code, title_ru, title_en, participants)
         select id, 1, region_id, 'analysis', '-', '-', '{{}}' from monitoring_cycles;
         insert into stage_submissions (id, region_id, organization_id, person_id, cycle_id, position, role, text,
                                        recorded_by, submitted_on, created_at)
         select pg_temp.uid('submission', n), '{region}', e.organization_id, e.person_id,
                pg_temp.uid('cycle', 1 + n % 100), 1, 'teacher', '-', '{account}', date '2020-01-01' + n % 2000, now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into monitorings (id, region_id, organization_id, regulation_id, level, subject, period, year, starts_on,
                                  ends_on, submitters, created_at, updated_at)
         select pg_temp.uid('monitoring', (p.place * 100 + n) * 2 + s.number), '{region}', p.id, '{regulation}',
                'organization', s.subject, 'calendar_year', 2000 + n, date '2000-01-01' + n * 365,
                date '2000-12-31' + n * 365, '{{}}', now(), now()
         from places p, generate_series(1, 100) n, (values (0, 'needs'), (1, 'program_quality')) s (number, subject);
         insert into monitoring_submissions (id, region_id, organization_id, monitoring_id, role, text, recorded_by,
                                             submitted_on, created_at, updated_at)
         select pg_temp.uid('answer', row_number() over ()), '{region}', p.id, m.id, 'director', '-', '{account}',
                m.starts_on, now(), now()
         from monitorings m, places p where m.year between 2001 and 2012;
         insert into managerial_decisions (id, region_id, organization_id, addressee_id, kind, role, text, taken_on,
                                           due_on, recorded_by, created_at, updated_at)
         select pg_temp.uid('decision', n), '{region}', p.id, q.id, 'instruction', 'ministry_officer', '-',
                date '2020-01-01' + n % 1000, date '2020-02-01' + n % 2000, '{account}', now(), now()
         from generate_series(1, 4000) n join places p on p.place = n % 13 join places q on q.place = n / 13 % 13"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_monitoring_use_their_indexes() {
    let app = busy();
    let lists = [
        ("ministry", "/monitoring-cycles", "monitoring_cycles", "monitoring_cycles_region_idx"),
        ("ministry", "/stage-submissions", "stage_submissions", "stage_submissions_region_idx"),
        ("director", "/stage-submissions", "stage_submissions", "stage_submissions_organization_idx"),
        ("teacher", "/stage-submissions", "stage_submissions", "stage_submissions_person_idx"),
        ("ministry", "/monitorings", "monitorings", "monitorings_region_idx"),
        (
            "ministry",
            "/monitoring-submissions",
            "monitoring_submissions",
            "monitoring_submissions_region_idx",
        ),
        (
            "provider",
            "/monitoring-submissions",
            "monitoring_submissions",
            "monitoring_submissions_organization_idx",
        ),
        ("ministry", "/managerial-decisions", "managerial_decisions", "managerial_decisions_region_idx"),
        ("provider", "/managerial-decisions", "managerial_decisions", "managerial_decisions_addressee_idx"),
        ("ministry", "/participation", "employments", "employments_organization_idx"),
        ("director", "/measures?measure=route_coverage", "employments", "employments_organization_idx"),
        ("director", "/yearly-reports/2026", "routes", "routes_organization_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
