drop table route_budget_lines;
drop table route_study_plan_rows;
drop table route_evidence;
drop table activity_bases;
drop table route_problems;
alter table route_activities
    drop column event_form,
    drop column form_note,
    drop column offering_id,
    drop column group_title,
    drop column author_person_id;
alter table route_stages drop column closed_on, drop column closed_by;
alter table route_notes drop column expected_product;
drop index routes_active_idx;
alter table routes
    drop column curator_id,
    drop column tutor_id,
    drop column working_group_id,
    drop column ground,
    drop column category,
    drop column open_to_providers,
    drop column discussion_open;
