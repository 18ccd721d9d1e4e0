-- Cards of routes: what the head of the school approves apart from the route itself.

create table route_cards (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    number integer not null constraint route_cards_number_check check (number > 0),
    route_version integer not null constraint route_cards_route_version_check check (route_version >= 0),
    state text not null constraint route_cards_state_check check (state in (
        'in_review', 'rework', 'approved', 'rejected', 'withdrawn')),
    content jsonb not null,
    rework_reason text,
    rework_due_on date,
    author_id uuid references persons,
    author_role text not null,
    submitted_on date not null,
    approved_at timestamptz,
    act_number text,
    act_date date,
    close_reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_cards_number_key unique (route_id, number),
    constraint route_cards_rework_check check ((state = 'rework') = (rework_reason is not null and rework_due_on is not null)),
    constraint route_cards_approved_check check ((state = 'approved') = (approved_at is not null)),
    constraint route_cards_act_check check ((act_number is null) = (act_date is null) and (act_number is null or state = 'approved'))
);
create unique index route_cards_open_key on route_cards (route_id) where state in ('in_review', 'rework');
create index route_cards_person_idx on route_cards (person_id);
create index route_cards_organization_idx on route_cards (organization_id);
create index route_cards_municipality_idx on route_cards (municipality_id);
create index route_cards_region_idx on route_cards (region_id);
create index route_cards_author_idx on route_cards (author_id);
comment on table route_cards is 'Cards of routes as they were handed in for an approval of their own (карты повышения квалификации, P3-22).';
comment on column route_cards.organization_id is 'The school of the route.';
comment on column route_cards.person_id is 'The learner.';
comment on column route_cards.route_id is 'The route. It has one card under way at most.';
comment on column route_cards.number is 'Number within the route, from 1.';
comment on column route_cards.route_version is 'Number of the version of the route that it was drawn up from; a newer one makes it outdated.';
comment on column route_cards.content is 'What the route said when the card was handed in last.';
comment on column route_cards.rework_reason is 'Why it was returned for rework.';
comment on column route_cards.rework_due_on is 'Until when the rework is to be done.';
comment on column route_cards.author_id is 'Who handed it in.';
comment on column route_cards.author_role is 'The role whose right was used.';
comment on column route_cards.submitted_on is 'Day it was handed in last.';
comment on column route_cards.approved_at is 'When it was approved.';
comment on column route_cards.act_number is 'Number of the act that approves it.';
comment on column route_cards.act_date is 'Date of that act.';
comment on column route_cards.close_reason is 'Why it was rejected, or that it ended with its route.';
call rost_comment_common('route_cards');
