//! Reviews of programs over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_registry::{program, submitted};
use crate::support::build_reviews::{assigned, completed, made_sheet, result, sheet, under_p2};

const REVIEWS: &str = "/api/v1/program-reviews";
const SHEETS: &str = "/api/v1/review-sheets";
const ENTRIES: &str = "/api/v1/registry-entries";

/// The version of a program now.
fn etag(app: &TestApp, id: &str) -> String {
    app.persona("operator").get(&format!("/api/v1/programs/{id}")).expect(200).etag()
}

fn accept(app: &TestApp, id: &str) {
    let path = format!("/api/v1/programs/{id}/decision");
    app.persona("operator").post_if(&path, &etag(app, id), json!({"decision": "accept"})).expect(200);
}

/// P2-22: submission, reviewers with criteria, scores and remarks, and a result.
#[test]
fn a_submitted_program_is_reviewed_by_criteria_with_scores_and_remarks() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let reviewer = app.persona("reviewer");
    reviewer.get(&format!("/api/v1/programs/{id}")).refused(404, "request.not_found");
    let review = assigned(&app, "operator", &id, &sheet);
    reviewer.get(&format!("{SHEETS}/{sheet}")).expect(200);
    let read = reviewer.get(&format!("/api/v1/programs/{id}")).expect(200).json();
    assert_eq!(read["state"], "under_review");
    let path = format!("{REVIEWS}/{review}");
    let mine = reviewer.get(&format!("{REVIEWS}?state=assigned")).expect(200).json();
    assert_eq!(mine["items"][0]["allowed_actions"], json!(["complete_program_review"]));
    let done = completed(&app, &review, result(&criteria, &[5, 4], "recommend")).expect(200).json();
    assert_eq!((&done["state"], &done["total"]), (&json!("completed"), &json!(9)));
    assert_eq!(done["scores"][0]["remark"], "Замечание");
    let seen = app.persona("provider").get(&path).expect(200).json();
    assert_eq!((seen.get("reviewer_id"), &seen["verdict"]), (None, &json!("recommend")));
    app.persona("provider_y").get(&path).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    completed(&app, &review, result(&criteria, &[5, 4], "reject"))
        .refused(412, "request.precondition_failed");
    app.db_execute("update program_review_scores set score = 1").unwrap_err();
}

/// P2-23: an entry for a program without a positive review is refused; both kinds may enter.
#[test]
fn only_a_program_with_a_positive_review_enters_the_registry() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let operator = app.persona("operator");
    let short = program(&app, "provider_x", "Функциональная грамотность");
    let mut long = program(&app, "provider_x", "Педагогика и психология");
    long["data"]["kind"] = json!("retraining");
    long["data"]["hours"] = json!(260);
    long["data"]["fully_modular"] = json!(false);
    let unreviewed = submitted(&app, "provider", &short);
    accept(&app, &unreviewed);
    let body = json!({"program_id": unreviewed});
    let refused = operator.post(ENTRIES, body).refused(409, "registry.review_required");
    assert!(refused.text.contains("пункт 15"), "{}", refused.text);
    for (body, verdict, enters) in
        [(&short, "recommend", true), (&long, "recommend", true), (&short, "reject", false)]
    {
        let id = submitted(&app, "provider", body);
        let review = assigned(&app, "operator", &id, &sheet);
        accept(&app, &id);
        // A review that is not finished is no positive one.
        operator.post(ENTRIES, json!({"program_id": id})).refused(409, "registry.review_required");
        completed(&app, &review, result(&criteria, &[5, 5], verdict)).expect(200);
        let answer = operator.post(ENTRIES, json!({"program_id": id}));
        if enters {
            answer.expect(201);
        } else {
            answer.refused(409, "registry.review_required");
        }
    }
}

/// P2-22: neither an author nor an employee of the provider reviews a program.
#[test]
fn whoever_has_an_interest_does_not_review() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let assign = |reviewer: &str| {
        let body = json!({"program_id": id, "sheet_id": sheet, "reviewer_id": app.person(reviewer)});
        app.persona("operator").post(REVIEWS, body)
    };
    assign("teacher").refused(422, "not_a_reviewer");
    assign("chel_teacher").refused(422, "unknown");
    let grant = |persona: &str| {
        app.db_execute(&format!(
            "insert into role_assignments (id, region_id, organization_id, person_id, role, level, valid_from,
                                           created_at, updated_at)
             select gen_random_uuid(), region_id, '{}', id, 'reviewer', 'region', '2020-09-01', now(), now()
             from persons where id = '{}'",
            app.organization("altai_ministry"),
            app.person(persona),
        ))
        .unwrap();
    };
    grant("provider");
    let author = assign("provider").refused(409, "registry.reviewer_interested");
    assert!(author.text.contains("Автор программы"), "{}", author.text);
    grant("provider_y");
    app.db_execute(&format!(
        "update employments set organization_id = '{}' where person_id = '{}'",
        app.organization("provider_x"),
        app.person("provider_y"),
    ))
    .unwrap();
    let employee = assign("provider_y").refused(409, "registry.reviewer_interested");
    assert!(employee.text.contains("работает в организации"), "{}", employee.text);
    let review = assigned(&app, "operator", &id, &sheet);
    assign("reviewer").refused(409, "conflict.already_exists");
    app.db_execute(&format!(
        "update employments set organization_id = '{}' where person_id = '{}'",
        app.organization("provider_x"),
        app.person("reviewer"),
    ))
    .unwrap();
    completed(&app, &review, result(&criteria, &[5, 5], "recommend"))
        .refused(409, "registry.reviewer_interested");
}

/// P2-22: everything that is wrong with a result is said at once.
#[test]
fn a_result_scores_every_criterion_and_says_why() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let review = assigned(&app, "operator", &id, &sheet);
    let path = format!("{REVIEWS}/{review}/result");
    let wrong = json!({"verdict": "recommend", "scores": [{"criterion_id": criteria[0], "score": 2}]});
    let refused = app.persona("reviewer").post_if(&path, "\"1\"", wrong).refused(422, "missing_score");
    assert_eq!(refused.codes(), ["request.invalid", "required", "missing_score", "below_pass_score"]);
    let back = json!({"verdict": "return", "scores": result(&criteria, &[6, 4], "return")["scores"]});
    let refused = app.persona("reviewer").post_if(&path, "\"1\"", back).refused(422, "above_max_score");
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 3);
    app.persona("operator")
        .post_if(&path, "\"1\"", result(&criteria, &[5, 5], "recommend"))
        .refused(403, "auth.forbidden");
    let mut back = result(&criteria, &[2, 2], "return");
    back["rework_due_on"] = json!("2026-03-20");
    assert_eq!(completed(&app, &review, back).expect(200).json()["rework_due_on"], "2026-03-20");
}

/// A program that was returned and handed in again is reviewed again (P2-22).
#[test]
fn a_program_handed_in_again_is_reviewed_again() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let review = assigned(&app, "operator", &id, &sheet);
    let mut back = result(&criteria, &[2, 2], "return");
    back["rework_due_on"] = json!("2026-03-20");
    completed(&app, &review, back).expect(200);
    let program_path = format!("/api/v1/programs/{id}");
    let decision = json!({"decision": "return", "reason": "По замечаниям", "due_on": "2026-03-20"});
    app.persona("operator")
        .post_if(&format!("{program_path}/decision"), &etag(&app, &id), decision)
        .expect(200);
    app.days_pass(1);
    app.persona("provider")
        .post_if(&format!("{program_path}/submission"), &etag(&app, &id), json!({}))
        .expect(200);
    let again = assigned(&app, "operator", &id, &sheet);
    completed(&app, &again, result(&criteria, &[5, 5], "recommend")).expect(200);
    accept(&app, &id);
    app.persona("operator").post(ENTRIES, json!({"program_id": id})).expect(201);
}

/// P2-22: who organizes reviews stands in the regulation; an open review is withdrawn with a reason.
#[test]
fn the_operator_assigns_and_withdraws() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, _) = made_sheet(&app, "operator");
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let body = json!({"program_id": id, "sheet_id": sheet, "reviewer_id": app.person("reviewer")});
    for persona in ["ministry", "provider", "teacher"] {
        app.persona(persona).post(REVIEWS, body.clone()).refused(403, "auth.forbidden");
    }
    let review = assigned(&app, "operator", &id, &sheet);
    let path = format!("{REVIEWS}/{review}/withdrawal");
    let why = json!({"reason": "Эксперт в отпуске"});
    app.persona("ministry").post_if(&path, "\"1\"", why.clone()).refused(403, "auth.forbidden");
    app.persona("operator").post(&path, why.clone()).refused(428, "request.precondition_required");
    let withdrawn = app.persona("operator").post_if(&path, "\"1\"", why.clone()).expect(200).json();
    assert_eq!((&withdrawn["state"], &withdrawn["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    app.persona("operator").post_if(&path, "\"2\"", why).refused(409, "conflict.state");
    assigned(&app, "operator", &id, &sheet);
}

/// P2-22: criteria are rows of the region; those that a review was made by stay.
#[test]
fn sheets_belong_to_the_region_and_used_ones_keep_their_criteria() {
    let app = TestApp::start();
    under_p2(&app);
    let (id, _) = made_sheet(&app, "operator");
    let path = format!("{SHEETS}/{id}");
    app.persona("operator").post(SHEETS, sheet()).refused(409, "conflict.already_exists");
    app.persona("ministry").post(SHEETS, sheet()).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    let mut high = sheet();
    high["pass_score"] = json!(11);
    high["criteria"][1]["title"] = high["criteria"][0]["title"].clone();
    let refused = app.persona("operator").put(&path, "\"1\"", high).refused(422, "pass_score_unreachable");
    assert_eq!(refused.codes(), ["request.invalid", "repeated", "pass_score_unreachable"]);
    let mut other = sheet();
    other["criteria"][1]["max_score"] = json!(10);
    let changed = app.persona("operator").put(&path, "\"1\"", other.clone()).expect(200).json();
    assert_eq!(changed["criteria"][1]["max_score"], 10);
    app.persona("operator").put(&path, "\"1\"", sheet()).refused(412, "request.precondition_failed");
    let program = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    assigned(&app, "operator", &program, &id);
    app.persona("operator").put(&path, "\"2\"", sheet()).refused(409, "conflict.in_use");
    other["retired"] = json!(true);
    app.persona("operator").put(&path, "\"2\"", other).expect(200);
    let listed = app.persona("teacher").get(&format!("{SHEETS}?retired=true")).expect(200).json();
    assert_eq!(listed["items"][0]["retired"], true);
    let body = json!({"program_id": program, "sheet_id": id, "reviewer_id": app.person("reviewer")});
    app.persona("operator").post(REVIEWS, body).refused(422, "retired");
}

/// P2-23: what stands in the registry changes only to a version that has passed the review too.
#[test]
fn a_next_version_of_a_registry_program_needs_its_own_review() {
    let app = TestApp::start();
    under_p2(&app);
    let (sheet, criteria) = made_sheet(&app, "operator");
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let id = submitted(&app, "provider", &body);
    let review = assigned(&app, "operator", &id, &sheet);
    completed(&app, &review, result(&criteria, &[5, 5], "recommend")).expect(200);
    accept(&app, &id);
    app.persona("operator").post(ENTRIES, json!({"program_id": id})).expect(201);
    app.days_pass(1);
    let path = format!("/api/v1/programs/{id}");
    let mut data = body["data"].clone();
    data["annotation"] = json!("Обновлённая программа");
    let next = json!({"data": data, "modules": body["modules"]});
    app.persona("provider").put(&path, &etag(&app, &id), next).expect(200);
    app.persona("provider").post_if(&format!("{path}/submission"), &etag(&app, &id), json!({})).expect(200);
    let decide = format!("{path}/decision");
    app.persona("operator")
        .post_if(&decide, &etag(&app, &id), json!({"decision": "accept"}))
        .refused(409, "registry.review_required");
    let review = assigned(&app, "operator", &id, &sheet);
    let read = app.persona("reviewer").get(&format!("{path}/versions/2")).expect(200).json();
    assert_eq!((&read["state"], &read["edition"]), (&json!("under_review"), &json!(2)));
    completed(&app, &review, result(&criteria, &[5, 5], "recommend")).expect(200);
    accept(&app, &id);
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["edition"], 2);
}
