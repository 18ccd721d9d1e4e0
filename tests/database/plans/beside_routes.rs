//! What stands beside routes: jobs of proposals and whose turn it is, acts, working groups, templates, and what is said
//! and done about one route.

use std::sync::PoisonError;

use rost::proposing::work_once;

use super::{SENT, explained, filled, slow};
use crate::support::app::on_runtime;
use crate::support::{TestApp, world};

/// The crowd of [`filled`] with 4,000 jobs of five people each, four of them under way, and as many acts, groups and
/// templates; every route was commented on, discussed and helped with.
fn surrounded() -> TestApp {
    let app = filled();
    let (region, account) = (world::region("altai"), world::persona("provider").account_id());
    let ministry = world::organization("altai_ministry");
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into route_proposal_jobs (id, region_id, municipality_id, organization_id, asked, create_drafts, people, state,
                                          requested_by, finished_at, created_at, updated_at)
         select pg_temp.uid('job', n), '{region}', e.municipality_id, e.organization_id,
                jsonb_build_object('organization_id', e.organization_id, 'starts_on', '2026-03-02', 'ends_on', '2027-03-01'),
                false, 5, case when n % 1000 = 0 then 'running' else 'finished' end, '{account}',
                case when n % 1000 = 0 then null else now() end, now() + n * interval '1 second', now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into route_proposal_job_people (job_id, person_id, organization_id, position, state, done_at)
         select j.id, pg_temp.uid('person', (n * 5 + k) % 4000 + 1), j.organization_id, k,
                case j.state when 'running' then 'waiting' else 'nothing_to_do' end, j.finished_at
         from generate_series(1, 4000) n join route_proposal_jobs j on j.id = pg_temp.uid('job', n), generate_series(1, 5) k;
         insert into administrative_acts (id, region_id, municipality_id, organization_id, kind, number, dated_on, title,
                                          recorded_by, created_at)
         select pg_temp.uid('act', n), '{region}', e.municipality_id, e.organization_id, 'other', n::text,
                date '2026-01-01' + n % 50, '-', '{account}', now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into working_groups (id, region_id, municipality_id, organization_id, title, created_at, updated_at)
         select pg_temp.uid('group', n), '{region}', e.municipality_id, e.organization_id, 'Группа ' || n, now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into route_templates (id, region_id, organization_id, title, procedure, published_on, created_at, updated_at)
         select pg_temp.uid('template', n), '{region}', '{ministry}', 'Порядок ' || n, '-', '2026-01-01', now(), now()
         from generate_series(1, 4000) n;
         insert into route_comments (id, route_id, author_id, author_role, text, created_at)
         select pg_temp.uid('comment', n), r.id, r.person_id, 'teacher', '-', now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into route_suggestions (id, route_id, author_id, author_role, content, reason, state, created_at, updated_at)
         select pg_temp.uid('suggestion', n), r.id, r.person_id, 'teacher', '{{}}', '-', 'open', now(), now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into route_hearings (id, region_id, organization_id, route_id, held_on, council_ru, council_en, conclusion,
                                     recorded_by, created_at)
         select pg_temp.uid('hearing', n), r.region_id, r.organization_id, r.id, '2026-02-01', '-', '-', '-', '{account}', now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into route_support_records (id, region_id, municipality_id, organization_id, person_id, route_id, supporter_id,
                                            supporter_role, kind, held_on, topic, text, recorded_by, created_at)
         select pg_temp.uid('record', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, r.id,
                pg_temp.uid('person', n % 200 + 1), 'route_tutor', 'contact', date '2026-01-01' + n % 50, '-', '-', '{account}',
                now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n)"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_beside_routes_use_their_indexes() {
    let app = surrounded();
    let school = app.organization("school_2");
    let first = |table: &str| {
        app.db_text(&format!("select id from {table} where organization_id = '{school}' order by id limit 1"))
    };
    let people = format!("/route-proposal-jobs/{}/people", first("route_proposal_jobs"));
    let route = |list: &str| format!("/routes/{}/{list}", first("routes"));
    let by = "school_2_director";
    let of_school = |list: &str| (by, format!("/{list}"));
    let lists = [
        (of_school("route-proposal-jobs"), "route_proposal_jobs", "route_proposal_jobs_organization_idx"),
        (
            ("coordinator", "/route-proposal-jobs".to_owned()),
            "route_proposal_jobs",
            "route_proposal_jobs_region_idx",
        ),
        ((by, people), "route_proposal_job_people", "route_proposal_job_people_position_key"),
        (of_school("administrative-acts"), "administrative_acts", "administrative_acts_organization_idx"),
        (
            ("ministry", "/administrative-acts".to_owned()),
            "administrative_acts",
            "administrative_acts_region_idx",
        ),
        (of_school("working-groups"), "working_groups", "working_groups_organization_idx"),
        (("ministry", "/working-groups".to_owned()), "working_groups", "working_groups_region_idx"),
        (("ministry", "/route-templates".to_owned()), "route_templates", "route_templates_region_idx"),
        ((by, route("comments")), "route_comments", "route_comments_route_idx"),
        ((by, route("suggestions?state=withdrawn")), "route_suggestions", "route_suggestions_route_idx"),
        ((by, route("hearings")), "route_hearings", "route_hearings_route_idx"),
        ((by, route("support-records")), "route_support_records", "route_support_records_route_idx"),
        (
            ("ministry", "/support-records".to_owned()),
            "route_support_records",
            "route_support_records_region_idx",
        ),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|((persona, path), table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whose turn it is costs the same however many people have been taken.
#[test]
fn whose_turn_it_is_is_found_by_index() {
    let app = surrounded();
    SENT.lock().unwrap_or_else(PoisonError::into_inner).clear();
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        assert!(work_once(&db, app.now()).await.unwrap());
    });
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let next = sent.into_iter().find(|sql| sql.contains("for update of p skip locked")).unwrap();
    let plan = explained(&app, &next);
    assert!(plan.contains("route_proposal_job_people_waiting_idx"), "{plan}");
    assert!(!plan.contains("Seq Scan on route_proposal_job_people"), "{plan}");
}
