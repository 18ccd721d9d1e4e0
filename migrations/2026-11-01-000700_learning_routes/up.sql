-- Individual learning routes: note, stages, activities, links to deficits, participation.

create table routes (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    regulation_id uuid not null references regulations,
    kind text not null,
    title text not null,
    state text not null constraint routes_state_check check (state in (
        'draft', 'in_review', 'rework', 'approved', 'active', 'completed', 'closed_incomplete', 'rejected', 'withdrawn')),
    initiator_role text not null,
    created_by uuid not null,
    created_by_person_id uuid references persons,
    starts_on date not null,
    ends_on date not null,
    rework_reason text,
    rework_due_on date,
    approved_at timestamptz,
    activated_on date,
    closed_on date,
    close_reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint routes_dates_check check (ends_on >= starts_on),
    constraint routes_rework_check check (state <> 'rework' or (rework_reason is not null and rework_due_on is not null)),
    constraint routes_closed_check check ((state in ('completed', 'closed_incomplete')) = (closed_on is not null))
);
create index routes_person_idx on routes (person_id, starts_on desc, id desc);
create index routes_organization_idx on routes (organization_id, starts_on desc, id desc);
create index routes_municipality_idx on routes (municipality_id, starts_on desc, id desc);
create index routes_region_idx on routes (region_id, starts_on desc, id desc);
create index routes_regulation_idx on routes (regulation_id);
create index routes_author_idx on routes (created_by_person_id);
comment on table routes is 'Individual learning routes (индивидуальные образовательные маршруты).';
comment on column routes.organization_id is 'The school the route belongs to (P0-7).';
comment on column routes.person_id is 'The learner.';
comment on column routes.regulation_id is 'The regulation the route was started under; it stays under it (P4-2).';
comment on column routes.kind is 'Kind by the regulation: route, program, personalized_program, study_plan.';
comment on column routes.initiator_role is 'Role of whoever initiated it (P0-8).';
comment on column routes.created_by is 'Account that drafted it.';
comment on column routes.created_by_person_id is 'Person who drafted it.';
comment on column routes.starts_on is 'First day of the term.';
comment on column routes.ends_on is 'Last day of the term.';
comment on column routes.rework_reason is 'Why it was returned for rework (P0-42).';
comment on column routes.rework_due_on is 'Until when the rework is to be done (P0-42).';
comment on column routes.approved_at is 'When the chain ended in approval.';
comment on column routes.activated_on is 'Day the route came into force.';
comment on column routes.closed_on is 'Day it was completed or closed.';
comment on column routes.close_reason is 'Why it was closed incomplete.';
call rost_comment_common('routes');

create table route_notes (
    route_id uuid primary key references routes,
    goal text,
    expected_result text,
    content text,
    priorities text,
    needs text,
    directions text,
    report_form text,
    learning_form text,
    technologies text,
    pace text,
    total_hours numeric(6, 1),
    personal_resources text,
    school_context text,
    aim text,
    difficulties text,
    goals text,
    tasks text
);
comment on table route_notes is 'What a route is for: explanatory note and context (пояснительная записка).';
comment on column route_notes.route_id is 'The route.';
comment on column route_notes.goal is 'Goal (цель).';
comment on column route_notes.expected_result is 'Expected final result.';
comment on column route_notes.content is 'Description of the content (содержание, P4-4).';
comment on column route_notes.priorities is 'Individual priorities of development.';
comment on column route_notes.needs is 'Needs of the learner (образовательные потребности).';
comment on column route_notes.directions is 'Directions or problems of the training.';
comment on column route_notes.report_form is 'Form of the final report.';
comment on column route_notes.learning_form is 'Form of realisation (P0-30).';
comment on column route_notes.technologies is 'Technologies (P4-4).';
comment on column route_notes.pace is 'Pace (темп, P4-4).';
comment on column route_notes.total_hours is 'Total time in academic hours as stated (P4-4).';
comment on column route_notes.personal_resources is 'Personal resources of the learner (личностные ресурсы, P4-4).';
comment on column route_notes.school_context is 'Pedagogical and managerial context of the school (P4-4).';
comment on column route_notes.aim is 'Explanatory note: general aim (P1-38).';
comment on column route_notes.difficulties is 'Explanatory note: difficulties and needs (P1-38).';
comment on column route_notes.goals is 'Explanatory note: goals of learning (P1-38).';
comment on column route_notes.tasks is 'Explanatory note: tasks (P1-38).';

create table route_stages (
    id uuid primary key,
    route_id uuid not null references routes,
    position integer not null,
    title text not null,
    starts_on date not null,
    ends_on date not null,
    expected_result text,
    report_form text,
    constraint route_stages_position_key unique (route_id, position) deferrable initially deferred,
    constraint route_stages_dates_check check (ends_on >= starts_on)
);
comment on table route_stages is 'Stages of a route (этапы).';
comment on column route_stages.route_id is 'The route.';
comment on column route_stages.starts_on is 'First day.';
comment on column route_stages.ends_on is 'Last day.';
comment on column route_stages.expected_result is 'Concrete result of the stage (P1-26).';
comment on column route_stages.report_form is 'Form of the stage''s report (P1-26).';
call rost_comment_common('route_stages');

create table route_activities (
    id uuid primary key,
    route_id uuid not null references routes,
    stage_id uuid references route_stages on delete set null,
    position integer not null,
    kind text not null constraint route_activities_kind_check check (kind in (
        'program', 'module', 'event', 'self_education', 'methodical_work', 'internship', 'workplace_task',
        'association_work', 'contest')),
    part text constraint route_activities_part_check check (part in (
        'prospective_plan', 'competence_plan', 'base', 'core', 'elective')),
    title text not null,
    content text,
    program_id uuid references programs,
    module_id uuid references program_modules,
    provider_id uuid references organizations,
    hours numeric(6, 1),
    study_form text,
    starts_on date not null,
    ends_on date not null,
    place text,
    event_level text constraint route_activities_level_check check (event_level in (
        'school', 'municipal', 'regional', 'national', 'international')),
    participation text,
    work_mode text constraint route_activities_mode_check check (work_mode in ('individual', 'creative_group')),
    reason text not null constraint route_activities_reason_check check (reason in (
        'interest', 'deficit', 'need', 'school_priority', 'system_priority', 'personal_problem', 'recommendation',
        'outcome_finding')),
    justification text,
    state text not null constraint route_activities_state_check check (state in ('planned', 'completed')),
    completed_on date,
    constraint route_activities_position_key unique (route_id, position) deferrable initially deferred,
    constraint route_activities_dates_check check (ends_on >= starts_on),
    constraint route_activities_hours_check check (hours is null or hours > 0),
    constraint route_activities_completed_check check ((state = 'completed') = (completed_on is not null)),
    constraint route_activities_program_check check (
        (kind = 'module') = (module_id is not null)
        and (program_id is null or kind in ('program', 'module'))
        and (module_id is null or program_id is not null))
);
create index route_activities_stage_idx on route_activities (stage_id);
create index route_activities_program_idx on route_activities (program_id);
create index route_activities_module_idx on route_activities (module_id);
create index route_activities_provider_idx on route_activities (provider_id);
create index route_activities_due_idx on route_activities (ends_on) where state = 'planned';
comment on table route_activities is 'Activities of a route (мероприятия маршрута).';
comment on column route_activities.route_id is 'The route.';
comment on column route_activities.stage_id is 'The stage it belongs to.';
comment on column route_activities.kind is 'Program, single module, event, self-education, methodical work, internship, …';
comment on column route_activities.part is 'Part of the route by the regulation: prospective plan, base, core, elective, …';
comment on column route_activities.content is 'Content, for self-education above all.';
comment on column route_activities.program_id is 'The program chosen, or the program of the module; null for a topic in one''s own words (P3-20).';
comment on column route_activities.module_id is 'The single module chosen (P0-5).';
comment on column route_activities.provider_id is 'Who teaches it.';
comment on column route_activities.hours is 'Academic hours.';
comment on column route_activities.study_form is 'Form of study.';
comment on column route_activities.starts_on is 'First day.';
comment on column route_activities.ends_on is 'Last day; past it without completion the activity is overdue (P0-31).';
comment on column route_activities.place is 'Place of the event.';
comment on column route_activities.event_level is 'Level of the event.';
comment on column route_activities.participation is 'Degree of participation.';
comment on column route_activities.work_mode is 'Methodical work alone or in a creative group (P0-19).';
comment on column route_activities.reason is 'Why the activity is in the route (P0-1).';
comment on column route_activities.justification is 'Words of justification where no deficit is linked (P0-11).';
comment on column route_activities.completed_on is 'Day it was completed.';
call rost_comment_common('route_activities');

create table activity_deficits (
    activity_id uuid not null references route_activities on delete cascade,
    deficit_id uuid not null references deficits,
    constraint activity_deficits_pkey primary key (activity_id, deficit_id)
);
create index activity_deficits_deficit_idx on activity_deficits (deficit_id);
comment on table activity_deficits is 'Which deficits an activity answers.';
comment on column activity_deficits.activity_id is 'The activity.';
comment on column activity_deficits.deficit_id is 'The deficit.';

create table route_participants (
    route_id uuid not null references routes,
    person_id uuid not null references persons,
    capacity text not null constraint route_participants_capacity_check check (capacity in (
        'learner', 'school', 'coordinator', 'operator', 'tutor', 'provider')),
    participated_at timestamptz not null,
    note text,
    constraint route_participants_pkey primary key (route_id, person_id, capacity)
);
create index route_participants_person_idx on route_participants (person_id);
comment on table route_participants is 'Who took part in forming a route (участие в формировании, P4-11, P4-23).';
comment on column route_participants.route_id is 'The route.';
comment on column route_participants.capacity is 'On whose side the person took part.';
comment on column route_participants.participated_at is 'When the mark was set.';
comment on column route_participants.note is 'Words.';
call rost_comment_common('route_participants');
