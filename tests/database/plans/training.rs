//! Training, guidance and diagnostics: the hot lists of what a portal shows first, on a few thousand rows.

use super::{filled, plans, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`], with offerings, applications, enrollments, a campaign, recommendations, findings and needs.
pub(super) fn busy() -> TestApp {
    let app = filled();
    let (region, provider, other) =
        (world::region("altai"), world::organization("provider_x"), world::organization("provider_y"));
    let (barnaul, coordinator) = (world::organization("barnaul"), world::organization("coordinator"));
    let account = world::persona("provider").account_id();
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         update programs set details = details || jsonb_build_object('quality_marks', jsonb_build_array(jsonb_build_object(
                'kind', 'award', 'issuer', '-', 'issued_on', '2025-04-01')))
          where id in (select pg_temp.uid('program', n) from generate_series(1, 20) n);
         insert into offerings (id, region_id, organization_id, kind, title, program_id, starts_on, ends_on, seats,
                                study_form, delivery, hours, practical_hours, state, created_at, updated_at)
         select pg_temp.uid('offering', n), '{region}', case when n % 40 = 0 then '{other}' else '{provider}' end::uuid,
                'course', '-', pg_temp.uid('program', n % 4000 + 1), date '2020-01-01' + n % 3000,
                date '2020-01-05' + n % 3000, 30, 'part_time', '{{distance}}', 36, 12,
                case when n % 3000 > 2250 then 'open' else 'finished' end, now(), now()
         from generate_series(1, 6000) n;
         insert into applications (id, region_id, municipality_id, organization_id, person_id, offering_id, provider_id,
                                   kind, people_count, state, submitted_by, created_at, updated_at)
         select pg_temp.uid('application', n), '{region}', '{barnaul}', school.id, e.person_id,
                pg_temp.uid('offering', n), o.id, 'person', 1,
                'submitted', '{account}', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 6000) n join employments e on e.id = pg_temp.uid('employment', n % 4000 + 1)
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18
         join (select id, row_number() over (order by id) - 1 as place from organizations) school on school.place = n / 18 % 18;
         insert into application_people (application_id, person_id, offering_id, region_id, municipality_id,
                                         organization_id, standing)
         select id, person_id, offering_id, region_id, municipality_id, organization_id, true from applications;
         insert into enrollments (id, region_id, municipality_id, organization_id, person_id, offering_id, provider_id,
                                  application_id, title, hours, state, created_at, updated_at)
         select pg_temp.uid('enrollment', n), '{region}', '{barnaul}', a.organization_id, a.person_id, a.offering_id,
                a.provider_id, a.id, '-', 36, 'enrolled', a.created_at, now()
         from generate_series(1, 6000) n join applications a on a.id = pg_temp.uid('application', n);
         insert into frameworks values (pg_temp.uid('framework', 1), '{region}', '{coordinator}', 'f', '-', 1, 'published', 1,
                                        now(), now());
         insert into instruments (id, region_id, owner_id, framework_id, code, title, edition, procedures, state,
                                  created_at, updated_at)
         values (pg_temp.uid('instrument', 1), '{region}', '{coordinator}', pg_temp.uid('framework', 1), 'i', '-', 1,
                 '{{test}}', 'published', now(), now());
         insert into diagnostic_campaigns (id, region_id, owner_id, instrument_id, code, title, mode, enrollment, starts_on,
                                           ends_on, organization_ids, positions, education_levels, state, created_at,
                                           updated_at)
         select pg_temp.uid('campaign', n), '{region}', '{coordinator}', pg_temp.uid('instrument', 1), n::text, '-',
                'mixed', 'by_rule', '2026-01-01', '2026-05-31', '{{}}', '{{}}', '{{}}', 'running', now(), now()
         from generate_series(1, 4) n;
         insert into diagnostic_participants (campaign_id, person_id, region_id, municipality_id, organization_id,
                                              enrolled_by, enrolled_at)
         select pg_temp.uid('campaign', c), e.person_id, '{region}', e.municipality_id, e.organization_id, '{account}', now()
         from generate_series(1, 4) c, employments e;
         insert into recommendations (id, region_id, municipality_id, organization_id, person_id, topic, basis, text,
                                      author_role, recorded_by, state, recorded_on, created_at, updated_at)
         select pg_temp.uid('recommendation', n), '{region}', '{barnaul}', e.organization_id, e.person_id, '-', 'need', '-',
                'director', '{account}', 'given', date '2025-01-01' + n % 400, now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into outcome_findings (id, region_id, municipality_id, organization_id, recorded_by_id, source, subject, text,
                                       period_from, period_until, low_quality_zone, created_at, updated_at)
         select pg_temp.uid('finding', n), '{region}', '{barnaul}', e.organization_id, '{coordinator}', 'vpr', '-', '-',
                '2024-09-01', date '2025-01-01' + n % 400, false, now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into needs (id, region_id, municipality_id, organization_id, person_id, people, ground, topic, recorded_role,
                            recorded_by, recorded_on, state, created_at, updated_at)
         select pg_temp.uid('need', n), '{region}', '{barnaul}', e.organization_id, e.person_id, 1, 'new_post', '-',
                'director', '{account}', date '2025-01-01' + n % 400, 'open', now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n)"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_training_and_diagnostics_use_their_indexes() {
    let app = busy();
    let campaign = app.db_text("select id from diagnostic_campaigns order by id limit 1");
    let offering = app.db_text("select offering_id from enrollments order by id limit 1");
    let person = app.db_text("select person_id from enrollments order by id limit 1");
    let program = app.db_text("select program_id from offerings order by id limit 1");
    let lists = [
        ("teacher", "/offerings".to_owned(), "offerings", "offerings_region_idx"),
        ("teacher", format!("/offerings?program_id={program}"), "offerings", "offerings_program_idx"),
        ("provider", "/applications".to_owned(), "applications", "applications_provider_idx"),
        ("teacher", "/applications".to_owned(), "applications", "applications_person_idx"),
        ("teacher", "/enrollments".to_owned(), "enrollments", "enrollments_person_idx"),
        ("ministry", format!("/enrollments?person_id={person}"), "enrollments", "enrollments_person_idx"),
        (
            "provider",
            format!("/enrollments?offering_id={offering}"),
            "enrollments",
            "enrollments_offering_idx",
        ),
        (
            "ministry",
            format!("/diagnostic-campaigns/{campaign}/participants"),
            "diagnostic_participants",
            "diagnostic_participants_pkey",
        ),
        ("teacher", "/recommendations".to_owned(), "recommendations", "recommendations_person_idx"),
        ("ministry", "/recommendations".to_owned(), "recommendations", "recommendations_region_idx"),
        ("school_2_director", "/needs".to_owned(), "needs", "needs_person_idx"),
        ("ministry", "/needs".to_owned(), "needs", "needs_region_idx"),
        ("ministry", "/outcome-findings".to_owned(), "outcome_findings", "outcome_findings_region_idx"),
        (
            "ministry",
            "/programs?starts_from=2026-04-01&starts_until=2026-04-30".to_owned(),
            "programs",
            "offerings_region_idx",
        ),
        ("ministry", "/programs/facets?quality_mark=award".to_owned(), "programs", "programs_details_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    // Every program has its start, so all of them are looked at; the next start of each is one look into an index.
    let sorted = plans(&app, "ministry", "/api/v1/programs?sort=start", "programs").join("\n");
    let looks = "Index Only Scan using offerings_open_program_idx";
    assert!(sorted.contains(looks) && !sorted.contains("Seq Scan on offerings"), "{sorted}");
}
