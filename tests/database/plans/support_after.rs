//! After the course: the lists of products and of delayed outcomes.

use super::slow;
use super::training::busy;
use crate::support::{TestApp, world};

/// The crowd of [`busy`], each with a product, and each enrollment with a delayed outcome.
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
                date '2025-01-01' + (abs(hashtext(id::text)) % 900), '2026-01-01', '-', '{account}', now() from enrollments"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_after_the_course_use_their_indexes() {
    let app = made();
    let lists = [
        ("teacher", "/products", "products", "products_person_idx"),
        ("ministry", "/products", "products", "products_region_idx"),
        ("teacher", "/delayed-outcomes", "delayed_outcomes", "delayed_outcomes_person_idx"),
        ("ministry", "/delayed-outcomes", "delayed_outcomes", "delayed_outcomes_region_idx"),
        ("director", "/measures?measure=products_by_state", "products", "products_organization_idx"),
        ("director", "/measures?measure=delayed_outcomes", "enrollments", "enrollments_organization_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
