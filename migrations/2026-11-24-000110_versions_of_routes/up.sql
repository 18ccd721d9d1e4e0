-- How a route changes: what was petitioned for, what was revised, and every version there was.

create table route_petitions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    author_id uuid references persons,
    author_role text not null,
    text text not null,
    state text not null constraint route_petitions_state_check check (state in (
        'open', 'applied', 'declined', 'withdrawn', 'lapsed')),
    decided_by uuid references persons,
    decided_on date,
    decision_note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_petitions_declined_check check (state not in ('declined', 'lapsed') or decision_note is not null),
    constraint route_petitions_decided_check check ((state = 'open') = (decided_on is null))
);
create index route_petitions_route_idx on route_petitions (route_id, created_at desc, id desc);
create index route_petitions_person_idx on route_petitions (person_id);
create index route_petitions_organization_idx on route_petitions (organization_id);
create index route_petitions_municipality_idx on route_petitions (municipality_id);
create index route_petitions_region_idx on route_petitions (region_id);
create index route_petitions_author_idx on route_petitions (author_id);
create index route_petitions_decided_by_idx on route_petitions (decided_by);
comment on table route_petitions is 'Petitions for a change of a route in force (ходатайства, P0-25).';
comment on column route_petitions.organization_id is 'The school of the route.';
comment on column route_petitions.person_id is 'The learner.';
comment on column route_petitions.route_id is 'The route.';
comment on column route_petitions.author_id is 'Who petitions.';
comment on column route_petitions.author_role is 'The role whose right was used.';
comment on column route_petitions.text is 'What is asked for.';
comment on column route_petitions.decided_by is 'Who applied, declined or took it back.';
comment on column route_petitions.decided_on is 'The day of that.';
comment on column route_petitions.decision_note is 'Why it was declined, or lapsed.';
call rost_comment_common('route_petitions');

create table route_revisions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    cause text not null constraint route_revisions_cause_check check (cause in (
        'correction', 'petition', 'control', 'periodic_update')),
    petition_id uuid references route_petitions,
    reason text not null,
    content jsonb not null,
    state text not null constraint route_revisions_state_check check (state in (
        'draft', 'in_review', 'rework', 'applied', 'rejected', 'withdrawn', 'lapsed')),
    rework_reason text,
    rework_due_on date,
    author_id uuid references persons,
    author_role text not null,
    applied_on date,
    close_reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_revisions_petition_check check ((cause = 'petition') = (petition_id is not null)),
    constraint route_revisions_rework_check check (state <> 'rework' or (rework_reason is not null and rework_due_on is not null)),
    constraint route_revisions_applied_check check ((state = 'applied') = (applied_on is not null))
);
create unique index route_revisions_open_key on route_revisions (route_id) where state in ('draft', 'in_review', 'rework');
create index route_revisions_route_idx on route_revisions (route_id, created_at desc, id desc);
create index route_revisions_petition_idx on route_revisions (petition_id);
create index route_revisions_person_idx on route_revisions (person_id);
create index route_revisions_organization_idx on route_revisions (organization_id);
create index route_revisions_municipality_idx on route_revisions (municipality_id);
create index route_revisions_region_idx on route_revisions (region_id);
create index route_revisions_author_idx on route_revisions (author_id);
comment on table route_revisions is 'Changes of a route in force, each with a chain of its own (корректировки, P0-16, P3-23).';
comment on column route_revisions.organization_id is 'The school of the route.';
comment on column route_revisions.person_id is 'The learner.';
comment on column route_revisions.route_id is 'The route. It has one revision under way at most.';
comment on column route_revisions.cause is 'What it is made for.';
comment on column route_revisions.petition_id is 'The petition it answers (P0-25).';
comment on column route_revisions.reason is 'Why the route changes.';
comment on column route_revisions.content is 'What the route will say, the whole of it.';
comment on column route_revisions.rework_reason is 'Why it was returned for rework.';
comment on column route_revisions.rework_due_on is 'Until when the rework is to be done.';
comment on column route_revisions.author_id is 'Who drafted it.';
comment on column route_revisions.author_role is 'The role whose right was used.';
comment on column route_revisions.applied_on is 'Day the route took it over.';
comment on column route_revisions.close_reason is 'Why it was rejected, or lapsed.';
call rost_comment_common('route_revisions');

create table route_versions (
    id uuid primary key,
    route_id uuid not null references routes,
    number integer not null constraint route_versions_number_check check (number > 0),
    cause text not null constraint route_versions_cause_check check (cause in (
        'submission', 'revision_submission', 'revision', 'periodic_update')),
    round integer,
    revision_id uuid references route_revisions,
    content jsonb not null,
    note text,
    taken_on date not null,
    taken_by uuid references persons,
    created_at timestamptz not null,
    constraint route_versions_number_key unique (route_id, number),
    constraint route_versions_revision_check check ((cause in ('revision_submission', 'revision')) = (revision_id is not null))
);
create index route_versions_revision_idx on route_versions (revision_id);
create index route_versions_taken_by_idx on route_versions (taken_by);
comment on table route_versions is 'What a route said each time it was handed in, revised or looked through; only ever added to.';
comment on column route_versions.route_id is 'The route.';
comment on column route_versions.number is 'Number within the route, from 1.';
comment on column route_versions.cause is 'Why it was taken.';
comment on column route_versions.round is 'The round of review it was handed in for, from 1; none where nobody is asked.';
comment on column route_versions.revision_id is 'The revision that was handed in or taken over.';
comment on column route_versions.content is 'What the route said.';
comment on column route_versions.note is 'Words of whoever looked it through (P3-41).';
comment on column route_versions.taken_on is 'The day.';
comment on column route_versions.taken_by is 'Whose act it was.';
call rost_comment_common('route_versions');
call rost_append_only('route_versions');
