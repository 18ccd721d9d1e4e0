//! After the course: the lists of products, of support plans, proposals and activities, of delayed outcomes and surveys.

use super::slow;
use super::training::busy;
use crate::support::{TestApp, world};

/// The crowd of [`busy`], each with a product and an activity of support, and each enrollment completed, with a proposal, and
/// every other one with a delayed outcome and a support plan.
fn made() -> TestApp {
    let app = busy();
    let (region, regulation) = (world::region("altai"), world::regulation("p4-altai-krai"));
    let account = world::persona("provider").account_id();
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into products (id, region_id, organization_id, person_id, regulation_id, kind, title, summary, state,
                               created_at, updated_at)
         select pg_temp.uid('product', n), '{region}', e.organization_id, e.person_id, '{regulation}', 'project', '-', '-',
                'draft', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into delayed_outcomes (id, region_id, organization_id, person_id, regulation_id, enrollment_id, method, held_on,
                                       due_on, conclusion, recorded_by, created_at)
         select gen_random_uuid(), region_id, organization_id, person_id, '{regulation}', id, 'lesson_visit',
                date '2025-01-01' + (abs(hashtext(id::text)) % 900), '2026-01-01', '-', '{account}', now() from enrollments
         where hashtext(id::text) % 2 = 0"
    ))
    .unwrap();
    supported(&app);
    app.db_execute("vacuum analyze").unwrap();
    app
}

/// What belongs to the support of that crowd.
fn supported(app: &TestApp) {
    let (region, regulation) = (world::region("altai"), world::regulation("p4-altai-krai"));
    let account = world::persona("provider").account_id();
    let (operator, barnaul) = (world::organization("operator"), world::organization("barnaul"));
    app.db_execute(&format!(
        "update enrollments set state = 'completed', ended_on = date '2024-01-01' + (abs(hashtext(id::text)) % 700);
         insert into support_plans (id, region_id, organization_id, person_id, regulation_id, enrollment_id, service_id, goals,
                                    starts_on, ends_on, state, created_at, updated_at)
         select gen_random_uuid(), region_id, organization_id, person_id, '{regulation}', id, organization_id, '-', ended_on,
                ended_on, 'draft', created_at, now() from enrollments where hashtext(id::text) % 2 = 0;
         insert into support_proposals (id, region_id, organization_id, proposed_by_id, regulation_id, offering_id, text,
                                        state, created_at, updated_at)
         select id, region_id, organization_id, '{operator}', '{regulation}', offering_id, '-', 'proposed', created_at, now()
         from enrollments;
         insert into support_activities (id, region_id, organization_id, kind, title, starts_on, ends_on, state, created_at,
                                         updated_at)
         select id, region_id, organization_id, 'seminar', '-', ended_on, ended_on, 'planned', now(), now() from enrollments;
         insert into support_activity_people (activity_id, person_id, region_id, organization_id)
         select id, person_id, region_id, organization_id from enrollments;
         insert into delayed_outcome_campaigns (id, region_id, organization_id, regulation_id, title, due_from, due_until,
                                                finish_by, created_at, updated_at)
         select gen_random_uuid(), '{region}', '{barnaul}', '{regulation}', '-', date '2000-01-01' + n, date '2000-01-01' + n,
                date '2000-01-01' + n, now(), now() from generate_series(1, 4000) n;
         insert into quality_surveys (id, region_id, organization_id, held_by_id, regulation_id, offering_id, surveyed_on,
                                      description, respondents, results, conclusion, recorded_by, created_at)
         select gen_random_uuid(), region_id, organization_id, organization_id, '{regulation}', id, starts_on, '-', 1, '-',
                '-', '{account}', now() from offerings"
    ))
    .unwrap();
}

#[test]
fn the_lists_after_the_course_use_their_indexes() {
    let app = made();
    let lists = [
        ("teacher", "/products", "products", "products_person_idx"),
        ("ministry", "/products", "products", "products_region_idx"),
        ("teacher", "/delayed-outcomes", "delayed_outcomes", "delayed_outcomes_person_idx"),
        ("ministry", "/delayed-outcomes", "delayed_outcomes", "delayed_outcomes_region_idx"),
        ("ministry", "/due-outcomes", "enrollments", "enrollments_completed_region_idx"),
        ("director", "/due-outcomes", "enrollments", "enrollments_completed_organization_idx"),
        ("teacher", "/support-plans", "support_plans", "support_plans_person_idx"),
        ("ministry", "/support-plans", "support_plans", "support_plans_region_idx"),
        ("ministry", "/missing-support-plans", "enrollments", "enrollments_completed_region_idx"),
        (
            "municipal_officer",
            "/missing-support-plans",
            "enrollments",
            "enrollments_completed_municipality_idx",
        ),
        ("ministry", "/support-proposals", "support_proposals", "support_proposals_region_idx"),
        ("provider", "/support-activities", "support_activities", "support_activities_organization_idx"),
        ("ministry", "/support-activities", "support_activities", "support_activities_region_idx"),
        ("teacher", "/support-activities", "support_activity_people", "support_activity_people_person_idx"),
        (
            "ministry",
            "/delayed-outcome-campaigns",
            "delayed_outcome_campaigns",
            "delayed_outcome_campaigns_region_idx",
        ),
        ("ministry", "/quality-surveys", "quality_surveys", "quality_surveys_region_idx"),
        ("director", "/measures?measure=products_by_state", "products", "products_organization_idx"),
        (
            "director",
            "/measures?measure=support_plans",
            "enrollments",
            "enrollments_completed_organization_idx",
        ),
        (
            "director",
            "/measures?measure=delayed_outcomes",
            "enrollments",
            "enrollments_completed_organization_idx",
        ),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
