//! Following routes: late ones, growth cards and the report of a school, on a few thousand routes.

use serde_json::json;

use super::{filled, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`] with its routes in force, two lines and a stage in each, half of them under a regulation that
/// asks for growth cards.
fn followed() -> TestApp {
    let app = filled();
    let content = json!({"title": "-", "starts_on": "2026-01-01", "ends_on": "2027-01-01", "note": {}, "problems": [],
        "evidence": [], "stages": [], "activities": [], "study_plan": [], "budget": []});
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
         from generate_series(1, 3000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into route_stages (id, route_id, position, title, starts_on, ends_on)
         select pg_temp.uid('stage', n), pg_temp.uid('route', n), 1, '-', '2026-01-20', '2026-02-20'
         from generate_series(1, 4000) n;
         insert into stage_reports (id, region_id, municipality_id, organization_id, person_id, route_id, stage_id, form, text,
                                    results, state, submitted_on, created_at, updated_at)
         select pg_temp.uid('report', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, r.id,
                pg_temp.uid('stage', n), '-', '-', '-', 'submitted', '2026-02-01', now(), now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into route_controls (id, region_id, municipality_id, organization_id, person_id, route_id, kind, object, purpose,
                                     planned_on, state, created_at, updated_at)
         select pg_temp.uid('control', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, r.id, 'final',
                'quality', 'assess', date '2026-02-01' + n % 50, 'planned', now(), now()
         from generate_series(1, 8000) n join routes r on r.id = pg_temp.uid('route', n % 4000 + 1);
         insert into route_cards (id, region_id, municipality_id, organization_id, person_id, route_id, number, route_version,
                                  state, content, author_role, submitted_on, created_at, updated_at)
         select pg_temp.uid('route_card', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, r.id,
                n / 4000 + 1, 1, 'withdrawn', '{content}', 'teacher', '2026-02-01', now(), now()
         from generate_series(0, 7999) n join routes r on r.id = pg_temp.uid('route', n % 4000 + 1)"
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
    let route = app.db_text("select route_id from route_cards order by id limit 1");
    let stage = app.db_text(&format!("select id from route_stages where route_id = '{route}'"));
    let of_route = |what: &str| format!("/routes/{route}/{what}");
    // The report of a stage is found by the stage or by the route: one row either way.
    let lists = [
        ("ministry", of_route("cards"), "route_cards", "route_cards_number_key"),
        ("ministry", of_route("controls"), "route_controls", "route_controls_route_idx"),
        ("ministry", of_route("dossier"), "route_controls", "route_controls_route_idx"),
        ("ministry", of_route("dossier"), "growth_cards", "growth_cards_period_key"),
        ("ministry", of_route("dossier"), "credentials", "credentials_activity_idx"),
        ("ministry", of_route("dossier"), "stage_reports", "stage_reports_route_idx"),
        ("ministry", of_route(&format!("stages/{stage}/report")), "stage_reports", "stage_reports_"),
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
