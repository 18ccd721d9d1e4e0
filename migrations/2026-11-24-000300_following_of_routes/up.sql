-- How a route in force is followed: reports by stages in the form named for each, and the control plan with its facts.

create table stage_reports (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    stage_id uuid not null references route_stages,
    form text not null,
    text text not null,
    results text not null,
    state text not null constraint stage_reports_state_check check (state in ('submitted', 'accepted', 'returned')),
    submitted_on date not null,
    decided_by uuid references persons,
    decided_on date,
    decision_note text,
    return_due_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint stage_reports_stage_key unique (stage_id),
    constraint stage_reports_decided_check check ((state = 'submitted') = (decided_on is null)),
    constraint stage_reports_returned_check check (
        state <> 'returned' or (decision_note is not null and return_due_on is not null))
);
create index stage_reports_region_idx on stage_reports (region_id);
create index stage_reports_municipality_idx on stage_reports (municipality_id);
create index stage_reports_organization_idx on stage_reports (organization_id);
create index stage_reports_person_idx on stage_reports (person_id);
create index stage_reports_route_idx on stage_reports (route_id);
create index stage_reports_decided_by_idx on stage_reports (decided_by);
comment on table stage_reports is 'Reports of a learner by stages of the route (отчёты по этапам, P1-9).';
comment on column stage_reports.organization_id is 'The school of the route.';
comment on column stage_reports.person_id is 'The learner.';
comment on column stage_reports.route_id is 'The route.';
comment on column stage_reports.stage_id is 'The stage; one report for each.';
comment on column stage_reports.form is 'The form of the report: the one that the route names for the stage.';
comment on column stage_reports.text is 'The report itself.';
comment on column stage_reports.results is 'What was reached.';
comment on column stage_reports.submitted_on is 'Day it was handed in last.';
comment on column stage_reports.decided_by is 'Who accepted or returned it.';
comment on column stage_reports.decided_on is 'Day it was accepted or returned.';
comment on column stage_reports.decision_note is 'What is to be reworked, or words of acceptance.';
comment on column stage_reports.return_due_on is 'Until when a returned report is to be handed in again.';
call rost_comment_common('stage_reports');

create table route_controls (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    kind text not null constraint route_controls_kind_check check (kind in ('preliminary', 'ongoing', 'final')),
    object text not null constraint route_controls_object_check check (object in (
        'development', 'quality', 'schedule', 'money_use', 'system_quality')),
    purpose text not null constraint route_controls_purpose_check check (purpose in ('assess', 'correct')),
    item text constraint route_controls_item_check check (item in ('difficulties_analysis', 'budget')),
    planned_on date not null,
    planned_value bigint,
    unit text,
    state text not null constraint route_controls_state_check check (state in ('planned', 'done', 'cancelled')),
    done_on date,
    measured_value bigint,
    finding text,
    action text,
    revision_id uuid references route_revisions,
    cancel_reason text,
    planned_by uuid references persons,
    recorded_by uuid references persons,
    recorded_role text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_controls_item_kind_check check (item is null or kind = 'preliminary'),
    constraint route_controls_unit_check check ((planned_value is null) = (unit is null)),
    constraint route_controls_done_check check ((state = 'done') = (done_on is not null)),
    constraint route_controls_finding_check check (state <> 'done' or finding is not null),
    constraint route_controls_measured_check check (
        state <> 'done' or kind <> 'ongoing' or (planned_value is not null and measured_value is not null)),
    constraint route_controls_correct_check check (
        state <> 'done' or purpose <> 'correct' or revision_id is not null or action is not null),
    constraint route_controls_cancelled_check check ((state = 'cancelled') = (cancel_reason is not null))
);
create index route_controls_region_idx on route_controls (region_id);
create index route_controls_municipality_idx on route_controls (municipality_id);
create index route_controls_organization_idx on route_controls (organization_id);
create index route_controls_person_idx on route_controls (person_id);
create index route_controls_route_idx on route_controls (route_id, planned_on, id);
create index route_controls_revision_idx on route_controls (revision_id);
create index route_controls_planned_by_idx on route_controls (planned_by);
create index route_controls_recorded_by_idx on route_controls (recorded_by);
comment on table route_controls is 'The control plan of a route and the facts recorded by it (план контроля, P1-53 to P1-58).';
comment on column route_controls.organization_id is 'The school of the route.';
comment on column route_controls.person_id is 'The learner.';
comment on column route_controls.route_id is 'The route.';
comment on column route_controls.kind is 'Preliminary, ongoing or final control.';
comment on column route_controls.object is 'What is controlled: development, quality, schedule, money_use, system_quality (P1-55).';
comment on column route_controls.purpose is 'To assess the result, or to correct deviations or the plan (P1-53).';
comment on column route_controls.item is 'What preliminary control looks at: analysis of difficulties, budget (P1-56).';
comment on column route_controls.planned_on is 'Day it is planned for.';
comment on column route_controls.planned_value is 'What is to be reached, in units (P1-57).';
comment on column route_controls.unit is 'The unit of both values.';
comment on column route_controls.done_on is 'Day it was carried out.';
comment on column route_controls.measured_value is 'What was measured (P1-57).';
comment on column route_controls.finding is 'What was found.';
comment on column route_controls.action is 'What is done to correct it.';
comment on column route_controls.revision_id is 'The revision of the route that corrects it.';
comment on column route_controls.cancel_reason is 'Why it was cancelled.';
comment on column route_controls.planned_by is 'Who planned it; null for a service.';
comment on column route_controls.recorded_by is 'Who recorded the fact.';
comment on column route_controls.recorded_role is 'The role whose right was used.';
call rost_comment_common('route_controls');

create table route_control_needs (
    control_id uuid not null references route_controls,
    need_id uuid not null references needs,
    primary key (control_id, need_id)
);
create index route_control_needs_need_idx on route_control_needs (need_id);
comment on table route_control_needs is 'Findings of control that became needs for the next route (P1-58).';
comment on column route_control_needs.control_id is 'The control.';
comment on column route_control_needs.need_id is 'The need.';
