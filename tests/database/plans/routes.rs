//! Following routes: late ones, growth cards and the report of a school, on a few thousand routes.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`] with its routes in force, two lines and a stage in each, half of them under a regulation that
/// asks for growth cards.
fn followed() -> TestApp {
    let app = filled();
    let (region, school) = (world::region("altai"), world::organization("school_2"));
    let asking = world::regulation("p0-chelyabinsk-school");
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into regulations (id, region_id, owner_id, level, code, title, title_en, issuing_body, obligations, preset,
                                  state, effective_from, profile, published_at, created_at, updated_at)
         select pg_temp.uid('regulation', 1), '{region}', '{school}', level, code, title, title_en, issuing_body, obligations,
                preset, state, effective_from,
                jsonb_set(profile, '{{route,life,periodic_update}}', jsonb_build_object('period', 'school_year', 'updated_by', jsonb_build_array('director'))),
                published_at, created_at, updated_at
         from regulations where id = '{asking}';
         update routes r set state = 'active', activated_on = '2026-01-15', regulation_id = pg_temp.uid('regulation', 1),
                curator_id = pg_temp.uid('person', n % 200 + 1), tutor_id = pg_temp.uid('person', n % 250 + 1)
         from generate_series(1, 4000) n where r.id = pg_temp.uid('route', n);
         insert into route_activities (id, route_id, position, kind, title, starts_on, ends_on, reason, state)
         select pg_temp.uid('line', n), pg_temp.uid('route', n % 4000 + 1), n / 4000 + 1, 'self_education', '-', '2026-01-20',
                date '2026-02-01' + n % 100, 'interest', 'planned'
         from generate_series(0, 7999) n;
         insert into growth_cards (id, region_id, municipality_id, organization_id, person_id, route_id, period_starts_on,
                                   period_ends_on, due_on, reflection, state, content, created_at, updated_at)
         select pg_temp.uid('card', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, r.id, '2025-09-01',
                '2026-08-31', '2026-05-31', '-', 'submitted', '{{}}', now(), now()
         from generate_series(1, 3000) n join routes r on r.id = pg_temp.uid('route', n)"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_followed_routes_use_their_indexes() {
    let app = followed();
    let curator =
        app.db_text("select curator_id from routes where curator_id is not null order by id limit 1");
    let tutor = app.db_text("select tutor_id from routes where tutor_id is not null order by id limit 1");
    let late = format!("/routes?tutor_id={tutor}&overdue=true");
    let report = format!("/organizations/{}/route-report", app.organization("school_2"));
    let lists = [
        ("ministry", "/routes?overdue=true".to_owned(), "routes", "routes_region_idx"),
        ("ministry", "/routes?overdue=true".to_owned(), "route_activities", "route_activities_position_key"),
        ("municipal_officer", "/routes?overdue=true".to_owned(), "routes", "routes_municipality_idx"),
        ("school_2_director", "/routes?overdue=true".to_owned(), "routes", "routes_organization_idx"),
        ("ministry", "/routes?update_due=true".to_owned(), "routes", "routes_region_idx"),
        ("school_2_director", "/routes?update_due=true".to_owned(), "routes", "routes_organization_idx"),
        ("ministry", format!("/routes?curator_id={curator}"), "routes", "routes_curator_idx"),
        ("ministry", format!("/routes?tutor_id={tutor}"), "routes", "routes_tutor_idx"),
        ("ministry", late, "routes", "routes_tutor_idx"),
        ("ministry", "/growth-cards?state=assembled".to_owned(), "routes", "routes_region_idx"),
        ("ministry", "/growth-cards".to_owned(), "growth_cards", "growth_cards_period_key"),
        ("school_2_director", "/growth-cards?overdue=false".to_owned(), "routes", "routes_organization_idx"),
        ("school_2_director", report.clone(), "routes", "routes_organization_idx"),
        ("school_2_director", report, "growth_cards", "growth_cards_period_key"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
