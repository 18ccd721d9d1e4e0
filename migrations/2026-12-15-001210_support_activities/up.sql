-- Activities of support after training: of any form, by any of the organisers, always for named people (P2-35, P2-36, P2-37,
-- P3-36).

create table support_activities (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    association_id uuid references associations,
    kind text not null constraint support_activities_kind_check check (kind in (
        'seminar', 'conference', 'master_class', 'contest', 'association_work', 'subject_union', 'methodical_service',
        'innovation_site', 'consultation', 'implementation_support')),
    title text not null,
    description text,
    starts_on date not null,
    ends_on date not null,
    plan_id uuid references support_plans,
    product_id uuid references products,
    route_id uuid references routes,
    state text not null constraint support_activities_state_check check (state in ('planned', 'held', 'cancelled')),
    held_on date,
    results text,
    reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint support_activities_dates_check check (ends_on >= starts_on),
    constraint support_activities_organiser_check check (
        kind not in ('association_work', 'subject_union') or association_id is not null),
    constraint support_activities_product_check check (kind <> 'implementation_support' or product_id is not null),
    constraint support_activities_end_check check (
        (state = 'held') = (held_on is not null) and (held_on is null) = (results is null)
        and (state = 'cancelled') = (reason is not null))
);
create index support_activities_region_idx on support_activities (region_id, starts_on desc, id desc);
create index support_activities_municipality_idx on support_activities (municipality_id, starts_on desc, id desc);
create index support_activities_organization_idx on support_activities (organization_id, starts_on desc, id desc);
create index support_activities_association_idx on support_activities (association_id, starts_on desc, id desc);
create index support_activities_plan_idx on support_activities (plan_id, starts_on desc, id desc);
create index support_activities_product_idx on support_activities (product_id, starts_on desc, id desc);
create index support_activities_route_idx on support_activities (route_id);
create trigger place before insert or update of organization_id on support_activities
    for each row execute function rost_place('organization_id');
comment on table support_activities is 'Activities of support after training (мероприятия послекурсового сопровождения, P2-35, P2-36).';
comment on column support_activities.organization_id is 'Who organises it; the organization of the association where one does.';
comment on column support_activities.association_id is 'The association that organises it, РУМО included.';
comment on column support_activities.kind is 'seminar, conference, master_class, contest, association_work, subject_union, methodical_service, innovation_site, consultation or implementation_support.';
comment on column support_activities.title is 'Title.';
comment on column support_activities.description is 'What is done.';
comment on column support_activities.starts_on is 'First day.';
comment on column support_activities.ends_on is 'Last day.';
comment on column support_activities.plan_id is 'The plan of support it belongs to; null when it stands alone.';
comment on column support_activities.product_id is 'The product whose introduction it accompanies (P3-36).';
comment on column support_activities.route_id is 'The route it continues.';
comment on column support_activities.state is 'planned, held or cancelled.';
comment on column support_activities.held_on is 'Day it was held.';
comment on column support_activities.results is 'What it led to.';
comment on column support_activities.reason is 'Why it was cancelled.';
call rost_comment_common('support_activities');

create table support_activity_people (
    activity_id uuid not null references support_activities,
    person_id uuid not null references persons,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    constraint support_activity_people_pkey primary key (activity_id, person_id)
);
create index support_activity_people_region_idx on support_activity_people (region_id);
create index support_activity_people_municipality_idx on support_activity_people (municipality_id, activity_id);
create index support_activity_people_organization_idx on support_activity_people (organization_id, activity_id);
create index support_activity_people_person_idx on support_activity_people (person_id, activity_id);
create trigger place before insert or update of organization_id on support_activity_people
    for each row execute function rost_place('organization_id');
comment on table support_activity_people is 'Whom an activity of support is for, one by one (адресная поддержка, P2-37).';
comment on column support_activity_people.activity_id is 'The activity.';
comment on column support_activity_people.person_id is 'The person.';
comment on column support_activity_people.organization_id is 'Where the person worked when he or she was named.';
call rost_comment_common('support_activity_people');

create table support_activity_deficits (
    activity_id uuid not null references support_activities,
    deficit_id uuid not null references deficits,
    constraint support_activity_deficits_pkey primary key (activity_id, deficit_id)
);
create index support_activity_deficits_deficit_idx on support_activity_deficits (deficit_id);
comment on table support_activity_deficits is 'The deficits an activity of support is about.';
comment on column support_activity_deficits.activity_id is 'The activity.';
comment on column support_activity_deficits.deficit_id is 'The deficit of one of its people.';
