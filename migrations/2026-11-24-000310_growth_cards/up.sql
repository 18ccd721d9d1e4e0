-- Growth cards: what a learner hands in about each school year of a route in force.

create table growth_cards (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    period_starts_on date not null,
    period_ends_on date not null,
    due_on date not null,
    reflection text,
    state text not null constraint growth_cards_state_check check (state in (
        'assembled', 'submitted', 'accepted', 'returned')),
    content jsonb,
    submitted_on date,
    decided_by uuid references persons,
    decided_on date,
    decision_note text,
    return_due_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint growth_cards_period_key unique (route_id, period_starts_on),
    constraint growth_cards_period_check check (period_ends_on >= period_starts_on),
    constraint growth_cards_content_check check ((state in ('submitted', 'accepted')) = (content is not null)),
    constraint growth_cards_reflection_check check (state not in ('submitted', 'accepted') or reflection is not null),
    constraint growth_cards_returned_check check (
        state <> 'returned' or (decision_note is not null and return_due_on is not null))
);
create index growth_cards_region_idx on growth_cards (region_id);
create index growth_cards_municipality_idx on growth_cards (municipality_id);
create index growth_cards_organization_idx on growth_cards (organization_id);
create index growth_cards_person_idx on growth_cards (person_id);
create index growth_cards_decided_by_idx on growth_cards (decided_by);
comment on table growth_cards is 'Growth cards (карты роста): one for each period of a route in force (P0-26).';
comment on column growth_cards.organization_id is 'The school of the route.';
comment on column growth_cards.person_id is 'The learner.';
comment on column growth_cards.route_id is 'The route.';
comment on column growth_cards.period_starts_on is 'First day of the period.';
comment on column growth_cards.period_ends_on is 'Last day of the period.';
comment on column growth_cards.due_on is 'Last day on which it is handed in in time (P0-32).';
comment on column growth_cards.reflection is 'What the learner says of the year.';
comment on column growth_cards.content is 'What it said when it was handed in; null while it is assembled from the data.';
comment on column growth_cards.submitted_on is 'Day it was handed in last.';
comment on column growth_cards.decided_by is 'Who accepted or returned it.';
comment on column growth_cards.decided_on is 'Day it was accepted or returned.';
comment on column growth_cards.decision_note is 'What is to be reworked, or words of acceptance.';
comment on column growth_cards.return_due_on is 'Until when a returned card is to be handed in again.';
call rost_comment_common('growth_cards');

create table growth_card_credentials (
    card_id uuid not null references growth_cards,
    credential_id uuid not null references credentials,
    primary key (card_id, credential_id)
);
create index growth_card_credentials_credential_idx on growth_card_credentials (credential_id);
comment on table growth_card_credentials is 'Documents about training that are handed in with a growth card (P0-32).';
comment on column growth_card_credentials.card_id is 'The card.';
comment on column growth_card_credentials.credential_id is 'The document.';
