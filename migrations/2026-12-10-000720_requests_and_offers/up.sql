-- What is learnt outside the routes: at one's own expense (P0-45, P0-46), and by offers from outside (P0-44). The director
-- decides on both; what was learnt this way is marked in the ledger.

create table own_expense_requests (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    regulation_id uuid not null references regulations,
    topic text not null,
    starts_on date not null,
    ends_on date not null,
    amount_kopecks bigint constraint own_expense_requests_amount_check check (amount_kopecks > 0),
    program_id uuid references programs,
    module_id uuid references program_modules,
    provider_name text,
    justification text,
    state text not null constraint own_expense_requests_state_check check (state in (
        'in_review', 'rework', 'approved', 'rejected', 'withdrawn')),
    rework_reason text,
    rework_due_on date,
    decision_reason text,
    decided_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint own_expense_requests_dates_check check (ends_on >= starts_on),
    constraint own_expense_requests_module_check check (module_id is null or program_id is not null),
    constraint own_expense_requests_rework_check check (
        (state = 'rework') = (rework_reason is not null) and (state = 'rework') = (rework_due_on is not null)),
    constraint own_expense_requests_decided_check check ((state in ('approved', 'rejected')) = (decided_at is not null)),
    constraint own_expense_requests_reason_check check (state <> 'rejected' or decision_reason is not null)
);
create index own_expense_requests_region_idx on own_expense_requests (region_id, created_at desc, id desc);
create index own_expense_requests_municipality_idx on own_expense_requests (municipality_id, created_at desc, id desc);
create index own_expense_requests_organization_idx on own_expense_requests (organization_id, created_at desc, id desc);
create index own_expense_requests_person_idx on own_expense_requests (person_id, created_at desc, id desc);
create index own_expense_requests_regulation_idx on own_expense_requests (regulation_id);
create index own_expense_requests_program_idx on own_expense_requests (program_id);
create index own_expense_requests_module_idx on own_expense_requests (module_id);
create trigger place before insert or update of organization_id on own_expense_requests
    for each row execute function rost_place('organization_id');
comment on table own_expense_requests is 'Requests to learn outside the route at one''s own expense (заявления об обучении за свой счёт, P0-45).';
comment on column own_expense_requests.regulation_id is 'The regulation it was handed in under.';
comment on column own_expense_requests.topic is 'What is to be learnt.';
comment on column own_expense_requests.starts_on is 'First day of learning.';
comment on column own_expense_requests.ends_on is 'Last day of learning.';
comment on column own_expense_requests.amount_kopecks is 'What the employee is ready to spend, in kopecks; null where it is not said.';
comment on column own_expense_requests.program_id is 'The program, if the registry knows it.';
comment on column own_expense_requests.module_id is 'The module of it; null for the whole program.';
comment on column own_expense_requests.provider_name is 'Who teaches, as written.';
comment on column own_expense_requests.justification is 'Why, in the words of the employee.';
comment on column own_expense_requests.state is 'in_review, rework, approved, rejected or withdrawn.';
comment on column own_expense_requests.rework_reason is 'What is to be reworked.';
comment on column own_expense_requests.rework_due_on is 'Until when.';
comment on column own_expense_requests.decision_reason is 'Why it was refused, or how its approval ended otherwise.';
comment on column own_expense_requests.decided_at is 'When it was approved or refused.';
call rost_comment_common('own_expense_requests');

create table external_offers (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    recorded_by uuid not null,
    offered_by text not null,
    topic text not null,
    source text not null constraint external_offers_source_check check (source in (
        'municipal', 'off_budget', 'grant', 'state_assignment', 'voucher', 'other')),
    source_note text,
    payer text not null,
    terms text not null,
    starts_on date,
    ends_on date,
    places integer constraint external_offers_places_check check (places > 0),
    hours numeric(6, 1) constraint external_offers_hours_check check (hours > 0),
    program_id uuid references programs,
    state text not null constraint external_offers_state_check check (state in (
        'in_review', 'rework', 'approved', 'rejected', 'withdrawn')),
    rework_reason text,
    rework_due_on date,
    decision_reason text,
    decided_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint external_offers_dates_check check (ends_on >= starts_on),
    constraint external_offers_source_note_check check (source <> 'other' or source_note is not null),
    constraint external_offers_rework_check check (
        (state = 'rework') = (rework_reason is not null) and (state = 'rework') = (rework_due_on is not null)),
    constraint external_offers_decided_check check ((state in ('approved', 'rejected')) = (decided_at is not null)),
    constraint external_offers_reason_check check (state <> 'rejected' or decision_reason is not null)
);
create index external_offers_region_idx on external_offers (region_id, created_at desc, id desc);
create index external_offers_municipality_idx on external_offers (municipality_id, created_at desc, id desc);
create index external_offers_organization_idx on external_offers (organization_id, created_at desc, id desc);
create index external_offers_regulation_idx on external_offers (regulation_id);
create index external_offers_program_idx on external_offers (program_id);
create trigger place before insert or update of organization_id on external_offers
    for each row execute function rost_place('organization_id');
comment on table external_offers is 'Offers of legal entities to teach the employees of a school (предложения юридических лиц, P0-44).';
comment on column external_offers.regulation_id is 'The regulation it was handed in under.';
comment on column external_offers.recorded_by is 'The account that recorded it.';
comment on column external_offers.offered_by is 'The legal entity that offers, as it calls itself.';
comment on column external_offers.topic is 'What is offered.';
comment on column external_offers.source is 'Where the money comes from.';
comment on column external_offers.source_note is 'The grant, the order, or which other source.';
comment on column external_offers.payer is 'Who pays.';
comment on column external_offers.terms is 'On which terms.';
comment on column external_offers.starts_on is 'First day of learning, where it is said.';
comment on column external_offers.ends_on is 'Last day of learning, where it is said.';
comment on column external_offers.places is 'How many people may learn.';
comment on column external_offers.hours is 'Academic hours.';
comment on column external_offers.program_id is 'The program, if the registry knows it.';
comment on column external_offers.state is 'in_review, rework, approved, rejected or withdrawn.';
comment on column external_offers.rework_reason is 'What is to be found out.';
comment on column external_offers.rework_due_on is 'Until when.';
comment on column external_offers.decision_reason is 'Why it was refused, or how its approval ended otherwise.';
comment on column external_offers.decided_at is 'When it was approved or refused.';
call rost_comment_common('external_offers');

create table learning_outside_routes (
    credential_id uuid primary key references credentials,
    region_id uuid not null references regions,
    own_expense_request_id uuid references own_expense_requests,
    external_offer_id uuid references external_offers,
    created_at timestamptz not null,
    constraint learning_outside_routes_one_check check (num_nonnulls(own_expense_request_id, external_offer_id) = 1)
);
create index learning_outside_routes_region_idx on learning_outside_routes (region_id);
create index learning_outside_routes_request_idx on learning_outside_routes (own_expense_request_id);
create index learning_outside_routes_offer_idx on learning_outside_routes (external_offer_id);
call rost_append_only('learning_outside_routes');
comment on table learning_outside_routes is 'Papers about what was learnt outside the routes, by an approved request or offer (P0-44, P0-46). Written with the paper, never changed.';
comment on column learning_outside_routes.credential_id is 'The paper.';
comment on column learning_outside_routes.own_expense_request_id is 'The request of the person, where it was at one''s own expense.';
comment on column learning_outside_routes.external_offer_id is 'The offer, where somebody else paid.';
call rost_comment_common('learning_outside_routes');
