-- The people of routes: acts of an organization, groups that develop programs, categories of teachers, and the regional
-- procedure of forming routes.

create table administrative_acts (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    kind text not null constraint administrative_acts_kind_check check (kind in (
        'group_appointment', 'work_regulation', 'job_description', 'route_approval', 'other')),
    number text not null,
    dated_on date not null,
    title text not null,
    recorded_by uuid not null references accounts,
    version bigint not null default 1,
    created_at timestamptz not null,
    constraint administrative_acts_number_key unique (organization_id, number, dated_on)
);
create index administrative_acts_region_idx on administrative_acts (region_id, dated_on desc, id desc);
create index administrative_acts_municipality_idx on administrative_acts (municipality_id, dated_on desc, id desc);
create index administrative_acts_organization_idx on administrative_acts (organization_id, dated_on desc, id desc);
create index administrative_acts_recorded_by_idx on administrative_acts (recorded_by);
comment on table administrative_acts is 'Acts of an organization: orders, regulations of work, job descriptions (P1-20, P1-22).';
comment on column administrative_acts.kind is 'What the act is about.';
comment on column administrative_acts.number is 'Number of the act.';
comment on column administrative_acts.dated_on is 'Date of the act.';
comment on column administrative_acts.recorded_by is 'Account that recorded it.';
call rost_comment_common('administrative_acts');

create table administrative_act_routes (
    act_id uuid not null references administrative_acts,
    route_id uuid not null references routes,
    primary key (act_id, route_id)
);
create index administrative_act_routes_route_idx on administrative_act_routes (route_id);
comment on table administrative_act_routes is 'The routes that an act names (P1-20).';
comment on column administrative_act_routes.act_id is 'The act.';
comment on column administrative_act_routes.route_id is 'The route.';

create table working_groups (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    title text not null,
    act_id uuid references administrative_acts,
    regulation_act_id uuid references administrative_acts,
    dissolved_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index working_groups_region_idx on working_groups (region_id, title, id);
create index working_groups_municipality_idx on working_groups (municipality_id, title, id);
create index working_groups_organization_idx on working_groups (organization_id, title, id);
create index working_groups_act_idx on working_groups (act_id);
create index working_groups_regulation_act_idx on working_groups (regulation_act_id);
comment on table working_groups is 'Groups that develop the programs of a school (группа разработчиков, P1-19).';
comment on column working_groups.act_id is 'The act that sets the group up (P1-20).';
comment on column working_groups.regulation_act_id is 'The act that sets its rules of work (P1-22).';
comment on column working_groups.dissolved_on is 'Day it was dissolved.';
call rost_comment_common('working_groups');

create table working_group_members (
    group_id uuid not null references working_groups,
    person_id uuid not null references persons,
    role text not null constraint working_group_members_role_check check (role in ('leader', 'developer', 'expert')),
    function text not null constraint working_group_members_function_check check (function in (
        'head', 'methodical_work', 'association_head', 'teacher', 'economist')),
    primary key (group_id, person_id)
);
create unique index working_group_members_leader_key on working_group_members (group_id) where role = 'leader';
create index working_group_members_person_idx on working_group_members (person_id);
comment on table working_group_members is 'Members of a working group (P1-19, P1-21).';
comment on column working_group_members.group_id is 'The group.';
comment on column working_group_members.role is 'What the member does in the group.';
comment on column working_group_members.function is 'As who the member belongs to it.';
call rost_comment_common('working_group_members');

alter table routes add constraint routes_working_group_fkey foreign key (working_group_id) references working_groups;
create index routes_working_group_idx on routes (working_group_id);

create table priority_categories (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    code text not null,
    since date not null,
    until date,
    note text,
    recorded_by uuid not null references accounts,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint priority_categories_key unique (person_id, organization_id, code, since),
    constraint priority_categories_dates_check check (until >= since)
);
create index priority_categories_region_idx on priority_categories (region_id);
create index priority_categories_municipality_idx on priority_categories (municipality_id);
create index priority_categories_organization_idx on priority_categories (organization_id);
create index priority_categories_recorded_by_idx on priority_categories (recorded_by);
comment on table priority_categories is 'Categories of teachers for whom routes are made or who come first (P1-15, P0-12).';
comment on column priority_categories.code is 'Code of the category by the regulation.';
comment on column priority_categories.since is 'First day.';
comment on column priority_categories.until is 'Last day, once it has ended.';
comment on column priority_categories.note is 'Words.';
comment on column priority_categories.recorded_by is 'Account that recorded it.';
call rost_comment_common('priority_categories');

create table priority_category_deficits (
    category_id uuid not null references priority_categories,
    deficit_id uuid not null references deficits,
    primary key (category_id, deficit_id)
);
create index priority_category_deficits_deficit_idx on priority_category_deficits (deficit_id);
comment on table priority_category_deficits is 'The difficulties that a category rests on (P1-15).';
comment on column priority_category_deficits.category_id is 'The category.';
comment on column priority_category_deficits.deficit_id is 'The difficulty.';

create table route_templates (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    title text not null,
    procedure text not null,
    published_on date,
    retired_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_templates_retired_check check (retired_on is null or published_on is not null)
);
create index route_templates_region_idx on route_templates (region_id, title, id);
create index route_templates_organization_idx on route_templates (organization_id);
comment on table route_templates is 'The regional procedure of forming routes (порядок формирования ИОМ, P4-35).';
comment on column route_templates.procedure is 'The procedure in words.';
comment on column route_templates.published_on is 'Day from which everybody in the region may read it.';
comment on column route_templates.retired_on is 'Day it was replaced.';
call rost_comment_common('route_templates');

create table route_template_stages (
    template_id uuid not null references route_templates,
    position integer not null,
    title text not null,
    offset_days integer not null constraint route_template_stages_offset_check check (offset_days >= 0),
    days integer not null constraint route_template_stages_days_check check (days > 0),
    expected_result text,
    report_form text,
    primary key (template_id, position)
);
comment on table route_template_stages is 'The stages that a template proposes.';
comment on column route_template_stages.template_id is 'The template.';
comment on column route_template_stages.position is 'Order within the template, from 1.';
comment on column route_template_stages.offset_days is 'Days from the beginning of the route to that of the stage.';
comment on column route_template_stages.days is 'Length in days.';
comment on column route_template_stages.expected_result is 'Concrete result.';
comment on column route_template_stages.report_form is 'Form of its report.';
call rost_comment_common('route_template_stages');
