-- What the five regulations write into a route beside goal, stages and activities: the people who accompany it, the
-- problems it answers, the evidence it rests on, a thematic study plan and a budget.

alter table routes
    add column curator_id uuid references persons,
    add column tutor_id uuid references persons,
    add column working_group_id uuid,
    add column ground text,
    add column category text,
    add column open_to_providers boolean not null default false,
    add column discussion_open boolean not null default false;
create index routes_curator_idx on routes (curator_id, starts_on desc, id desc);
create index routes_tutor_idx on routes (tutor_id, starts_on desc, id desc);
create index routes_active_idx on routes (organization_id) where state = 'active';
comment on column routes.curator_id is 'The curator of programs who follows it (куратор, P1-50).';
comment on column routes.tutor_id is 'The tutor who accompanies it (тьютор, P1-12, P4-38).';
comment on column routes.working_group_id is 'The working group that develops it (группа разработчиков, P1-19).';
comment on column routes.ground is 'Ground on which the learner is sent to planned training; a code of the regulation (P2-10).';
comment on column routes.category is 'Priority category the route is made for; a code of the regulation (P1-15).';
comment on column routes.open_to_providers is 'Providers may comment on the lines addressed to them; by the regulation (P4-37).';
comment on column routes.discussion_open is 'Members of the learner''s association may read and comment (P0-4).';

alter table route_notes add column expected_product text;
comment on column route_notes.expected_product is 'Expected product of the training (продукт).';

alter table route_stages
    add column closed_on date,
    add column closed_by uuid references persons;
create index route_stages_closed_by_idx on route_stages (closed_by);
comment on column route_stages.closed_on is 'Day the stage was closed as fulfilled (P1-7, P1-9).';
comment on column route_stages.closed_by is 'Who closed it.';

alter table route_activities
    add column event_form text constraint route_activities_form_check check (event_form in (
        'distance_learning', 'master_class', 'round_table', 'open_lesson', 'exhibition', 'seminar', 'workshop',
        'conference', 'forum', 'association_meeting', 'course', 'other')),
    add column form_note text,
    add column offering_id uuid references offerings,
    add column group_title text,
    add column author_person_id uuid references persons,
    add constraint route_activities_form_note_check check (event_form is distinct from 'other' or form_note is not null);
create index route_activities_offering_idx on route_activities (offering_id);
create index route_activities_author_idx on route_activities (author_person_id);
comment on column route_activities.event_form is 'Form of an event (форма мероприятия, P1-40).';
comment on column route_activities.form_note is 'The form in words, for the form `other`.';
comment on column route_activities.offering_id is 'The offering of the program that was chosen (P3-20).';
comment on column route_activities.group_title is 'The creative group (P0-19).';
comment on column route_activities.author_person_id is 'Who put the activity into the route (P1-34, P2-29).';

create table route_problems (
    id uuid primary key,
    route_id uuid not null references routes,
    position integer not null,
    text text not null,
    deficit_id uuid references deficits,
    constraint route_problems_position_key unique (route_id, position) deferrable initially deferred
);
create index route_problems_deficit_idx on route_problems (deficit_id);
comment on table route_problems is 'Problems of professional development that a route answers (P1-14, P1-24).';
comment on column route_problems.route_id is 'The route.';
comment on column route_problems.position is 'Order within the route, from 1.';
comment on column route_problems.text is 'The problem in words.';
comment on column route_problems.deficit_id is 'The difficulty behind it.';
call rost_comment_common('route_problems');

create table activity_bases (
    id uuid primary key,
    activity_id uuid not null references route_activities on delete cascade,
    finding_id uuid references outcome_findings,
    problem_id uuid references route_problems on delete cascade,
    recommendation_id uuid references recommendations,
    constraint activity_bases_one_check check (num_nonnulls(finding_id, problem_id, recommendation_id) = 1),
    constraint activity_bases_key unique nulls not distinct (activity_id, finding_id, problem_id, recommendation_id)
);
create index activity_bases_finding_idx on activity_bases (finding_id);
create index activity_bases_problem_idx on activity_bases (problem_id);
create index activity_bases_recommendation_idx on activity_bases (recommendation_id);
comment on table activity_bases is 'Findings, problems and recommendations that an activity rests on (P1-24, P2-7, P3-44).';
comment on column activity_bases.activity_id is 'The activity.';
comment on column activity_bases.finding_id is 'A finding of the assessment of pupils.';
comment on column activity_bases.problem_id is 'A problem named in the route.';
comment on column activity_bases.recommendation_id is 'A recommendation given to the learner.';
call rost_comment_common('activity_bases');

create table route_evidence (
    id uuid primary key,
    route_id uuid not null references routes,
    position integer not null,
    kind text not null constraint route_evidence_kind_check check (kind in (
        'monitoring', 'internal_control', 'difficulties', 'market_study', 'outcome_findings', 'diagnostics')),
    text text not null,
    dated_on date,
    result_id uuid references diagnostic_results,
    finding_id uuid references outcome_findings,
    deficit_id uuid references deficits,
    constraint route_evidence_position_key unique (route_id, position) deferrable initially deferred,
    constraint route_evidence_link_check check (num_nonnulls(result_id, finding_id, deficit_id) <= 1)
);
create index route_evidence_result_idx on route_evidence (result_id);
create index route_evidence_finding_idx on route_evidence (finding_id);
create index route_evidence_deficit_idx on route_evidence (deficit_id);
comment on table route_evidence is 'What the development of a route rests on (основания разработки, P1-23).';
comment on column route_evidence.route_id is 'The route.';
comment on column route_evidence.position is 'Order within the route, from 1.';
comment on column route_evidence.kind is 'Kind of evidence by the regulation.';
comment on column route_evidence.text is 'What it shows.';
comment on column route_evidence.dated_on is 'Day of the evidence.';
comment on column route_evidence.result_id is 'The result of diagnostics it is.';
comment on column route_evidence.finding_id is 'The finding it is.';
comment on column route_evidence.deficit_id is 'The difficulty it is.';
call rost_comment_common('route_evidence');

create table route_study_plan_rows (
    id uuid primary key,
    route_id uuid not null references routes,
    position integer not null,
    activity_id uuid references route_activities on delete set null,
    topic text not null,
    hours numeric(6, 1) not null constraint route_study_plan_rows_hours_check check (hours > 0),
    on_date date not null,
    form text not null,
    constraint route_study_plan_rows_position_key unique (route_id, position) deferrable initially deferred
);
create index route_study_plan_rows_activity_idx on route_study_plan_rows (activity_id);
comment on table route_study_plan_rows is 'The thematic study plan of a route (учебно-тематический план, P1-41).';
comment on column route_study_plan_rows.route_id is 'The route.';
comment on column route_study_plan_rows.position is 'Order within the route, from 1.';
comment on column route_study_plan_rows.activity_id is 'The activity the row belongs to.';
comment on column route_study_plan_rows.topic is 'Topic.';
comment on column route_study_plan_rows.hours is 'Academic hours.';
comment on column route_study_plan_rows.on_date is 'Day of the lesson.';
comment on column route_study_plan_rows.form is 'Form of the lesson.';
call rost_comment_common('route_study_plan_rows');

create table route_budget_lines (
    id uuid primary key,
    route_id uuid not null references routes,
    position integer not null,
    stage_id uuid references route_stages on delete set null,
    source text not null constraint route_budget_lines_source_check check (source in (
        'municipal', 'off_budget', 'own', 'grant', 'state_assignment', 'voucher', 'other')),
    amount_kopecks bigint not null constraint route_budget_lines_amount_check check (amount_kopecks > 0),
    note text,
    constraint route_budget_lines_position_key unique (route_id, position) deferrable initially deferred
);
create index route_budget_lines_stage_idx on route_budget_lines (stage_id);
comment on table route_budget_lines is 'The budget of a route, by stage and source (P1-27).';
comment on column route_budget_lines.route_id is 'The route.';
comment on column route_budget_lines.position is 'Order within the route, from 1.';
comment on column route_budget_lines.stage_id is 'The stage it pays for.';
comment on column route_budget_lines.source is 'Where the money comes from.';
comment on column route_budget_lines.amount_kopecks is 'Amount in kopecks.';
comment on column route_budget_lines.note is 'Words.';
call rost_comment_common('route_budget_lines');
