//! The route of the director: nobody approves his own.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::world::association;

fn directors_route(app: &TestApp) -> RouteUnderTest<'_> {
    app.db_execute(&format!(
        "insert into association_members values ('{}', '{}', '2020-09-01');
         update employments set education_levels = '{{basic}}' where person_id = '{1}'",
        association(2),
        app.person("chel_director")
    ))
    .unwrap();
    let route = RouteUnderTest::start(app, "chel_director", "chel_director");
    let stages = json!({"stages": [{"title": "Этап 1", "starts_on": "2026-03-02", "ends_on": "2027-03-01"}]});
    route.put("chel_director", "/stages", stages).expect(200);
    route.add("chel_director", activity(Some("elective"))).expect(201);
    route.add("chel_director", activity(Some("prospective_plan"))).expect(201);
    route.add("chel_deputy", activity(Some("base"))).expect(201);
    route.submit("chel_director").expect(200);
    route.decide("chel_association_head", "endorse").expect(200);
    route.decide("chel_deputy", "endorse").expect(200);
    route
}

/// P0-15: a director's own program is approved by the founder: where the municipality has nobody, the ministry.
#[test]
fn the_founder_approves_the_route_of_a_director() {
    let app = TestApp::start();
    let route = directors_route(&app);
    assert!(!route.may_decide("chel_director"));
    assert!(route.may_decide("chel_ministry"));
    route.decide("chel_ministry", "approve").expect(200);
    assert_eq!(route.state(), "active");
}

/// The municipal officer goes before the ministry, as the regulation names them.
#[test]
fn the_municipality_goes_before_the_region() {
    let app = TestApp::start();
    let city = app.organization("chel_city");
    let officer = app.person("chel_teacher_2");
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level,
                                       valid_from, created_at, updated_at)
         select '{}', region_id, '{city}', '{city}', '{officer}', 'municipal_officer', 'municipality', '2020-09-01',
                now(), now() from persons where id = '{officer}'",
        rost::ids::new_id()
    ))
    .unwrap();
    let route = directors_route(&app);
    assert!(!route.may_decide("chel_ministry"));
    let seat = app.db_text(&format!(
        "select s.organization_id from approval_steps s join approval_requests r on r.id = s.request_id \
         where r.subject_id = '{}' order by s.position desc limit 1",
        route.id
    ));
    assert_eq!(seat, city.to_string());
}
