-- Plans of schools: the prospective one, those of years, of competence development and of methodical work (P0-10, P0-20,
-- P0-38, P0-39). Lines are composed of agreed routes and of other plans, and lead back to them.

create table plans (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    kind text not null constraint plans_kind_check check (kind in (
        'prospective', 'school_year', 'calendar_year', 'competence_development', 'methodical_work')),
    title text not null,
    starts_on date not null,
    ends_on date not null,
    headcount integer constraint plans_headcount_check check (headcount >= 0),
    state text not null constraint plans_state_check check (state in (
        'draft', 'in_review', 'rework', 'approved', 'rejected', 'withdrawn')),
    rework_reason text,
    rework_due_on date,
    decision_reason text,
    decided_at timestamptz,
    decided_by uuid references persons,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint plans_dates_check check (ends_on >= starts_on),
    constraint plans_rework_check check (
        (state = 'rework') = (rework_reason is not null) and (state = 'rework') = (rework_due_on is not null)),
    constraint plans_decided_check check ((state in ('approved', 'rejected')) = (decided_at is not null)),
    constraint plans_reason_check check (state <> 'rejected' or decision_reason is not null)
);
create index plans_region_idx on plans (region_id, starts_on desc, id desc);
create index plans_municipality_idx on plans (municipality_id, starts_on desc, id desc);
create index plans_organization_idx on plans (organization_id, starts_on desc, id desc);
create index plans_regulation_idx on plans (regulation_id);
create index plans_decided_by_idx on plans (decided_by);
create unique index plans_standing_key on plans (organization_id, kind, starts_on, ends_on)
    where state in ('in_review', 'rework', 'approved');
create trigger place before insert or update of organization_id on plans
    for each row execute function rost_place('organization_id');
comment on table plans is 'Plans of schools (планы, P0-20, P0-38, P0-39).';
comment on column plans.regulation_id is 'The regulation it was composed under.';
comment on column plans.kind is 'Prospective, of a school or calendar year, of competence development, of methodical work.';
comment on column plans.starts_on is 'First day of its period.';
comment on column plans.ends_on is 'Last day of its period.';
comment on column plans.headcount is 'How many people are sent to courses by it (P0-36); null where it is not said.';
comment on column plans.state is 'draft, in_review, rework, approved, rejected or withdrawn.';
comment on column plans.rework_reason is 'What is to be reworked.';
comment on column plans.rework_due_on is 'Until when.';
comment on column plans.decision_reason is 'Why it was refused.';
comment on column plans.decided_at is 'When it was approved or refused.';
comment on column plans.decided_by is 'Who approved or refused it.';
call rost_comment_common('plans');

create table plan_lines (
    id uuid primary key,
    region_id uuid not null references regions,
    plan_id uuid not null references plans,
    section text not null constraint plan_lines_section_check check (section in ('base', 'variative')),
    title text not null,
    content text,
    kind text constraint plan_lines_kind_check check (kind in (
        'program', 'module', 'event', 'self_education', 'methodical_work', 'internship', 'workplace_task',
        'association_work', 'contest')),
    person_id uuid references persons,
    route_id uuid references routes,
    activity_id uuid references route_activities on delete set null,
    school_line_id uuid references plan_lines,
    source_line_id uuid references plan_lines,
    program_id uuid references programs,
    hours numeric(6, 1) constraint plan_lines_hours_check check (hours > 0),
    starts_on date not null,
    ends_on date not null,
    justification text,
    created_at timestamptz not null,
    constraint plan_lines_dates_check check (ends_on >= starts_on),
    constraint plan_lines_person_check check (section = 'base' or person_id is not null),
    constraint plan_lines_school_check check (school_line_id is null or section = 'base')
);
create index plan_lines_region_idx on plan_lines (region_id);
create index plan_lines_plan_idx on plan_lines (plan_id, starts_on, id);
create index plan_lines_person_idx on plan_lines (person_id);
create index plan_lines_route_idx on plan_lines (route_id);
create index plan_lines_activity_idx on plan_lines (activity_id);
create index plan_lines_school_line_idx on plan_lines (school_line_id);
create index plan_lines_source_line_idx on plan_lines (source_line_id);
create index plan_lines_program_idx on plan_lines (program_id);
create unique index plan_lines_activity_key on plan_lines (plan_id, activity_id);
create unique index plan_lines_school_line_key on plan_lines (plan_id, school_line_id);
create unique index plan_lines_source_line_key on plan_lines (plan_id, source_line_id);
comment on table plan_lines is 'Lines of plans (строки планов).';
comment on column plan_lines.plan_id is 'The plan.';
comment on column plan_lines.section is 'base: from the plan of methodical work of the school; variative: the trajectory of a person (P0-10).';
comment on column plan_lines.content is 'What is done.';
comment on column plan_lines.kind is 'What kind of activity; null for lines of the school as a whole.';
comment on column plan_lines.route_id is 'The route it was composed of.';
comment on column plan_lines.activity_id is 'The activity of that route; null once a revision has taken it out.';
comment on column plan_lines.school_line_id is 'The line of the plan of methodical work that a base line stands for (P0-10).';
comment on column plan_lines.source_line_id is 'The line of the prospective plan it was drawn from (P0-38).';
comment on column plan_lines.program_id is 'The program.';
comment on column plan_lines.hours is 'Academic hours.';
comment on column plan_lines.starts_on is 'First day.';
comment on column plan_lines.ends_on is 'Last day.';
comment on column plan_lines.justification is 'Why it is there without a deficit (P0-11).';
call rost_comment_common('plan_lines');

create table plan_line_deficits (
    line_id uuid not null references plan_lines on delete cascade,
    deficit_id uuid not null references deficits,
    primary key (line_id, deficit_id)
);
create index plan_line_deficits_deficit_idx on plan_line_deficits (deficit_id);
comment on table plan_line_deficits is 'The deficits that a line of a plan answers (P0-22).';
comment on column plan_line_deficits.line_id is 'The line.';
comment on column plan_line_deficits.deficit_id is 'The deficit.';
