-- Webhooks (веб-хуки): addresses of other systems that are told of changes, signed, again and again until they answer.

create table webhooks (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    reach text not null constraint webhooks_reach_check check (reach in ('region', 'municipality', 'organization')),
    url text not null,
    note text,
    subject_kinds text[] not null default '{}',
    state text not null constraint webhooks_state_check check (state in ('active', 'paused', 'disabled')),
    secret bytea not null,
    previous_secret bytea,
    previous_until timestamptz,
    after_xid bigint not null,
    after_id uuid not null,
    failing_since timestamptz,
    created_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint webhooks_previous_check check ((previous_secret is null) = (previous_until is null))
);
create index webhooks_region_idx on webhooks (region_id, created_at desc, id desc);
create index webhooks_municipality_idx on webhooks (municipality_id, created_at desc, id desc);
create index webhooks_organization_idx on webhooks (organization_id, created_at desc, id desc);
comment on table webhooks is 'Addresses of other systems that are told of changes (веб-хуки).';
comment on column webhooks.organization_id is 'The organization whose system it is.';
comment on column webhooks.reach is
    'Whose changes it is told of: region for a ministry, municipality for a municipal authority, else the organization''s own.';
comment on column webhooks.url is 'Where changes are sent.';
comment on column webhooks.note is 'What it is for.';
comment on column webhooks.subject_kinds is 'Kinds of things it is told of; empty for all.';
comment on column webhooks.state is 'active, paused by its keeper, or disabled because it did not answer for too long.';
comment on column webhooks.secret is 'The key of the signatures, sealed with the key of the server.';
comment on column webhooks.previous_secret is 'The key before, sealed; signs beside the new one for a while.';
comment on column webhooks.previous_until is 'Until when the key before signs.';
comment on column webhooks.after_xid is 'How far the feed of changes has been read: transaction.';
comment on column webhooks.after_id is 'How far the feed of changes has been read: row.';
comment on column webhooks.failing_since is 'When it failed first since it answered last.';
comment on column webhooks.created_by is 'Account that made it.';
call rost_comment_common('webhooks');
create trigger place before insert or update of organization_id on webhooks
    for each row execute function rost_place('organization_id');

create table webhook_deliveries (
    id uuid primary key,
    region_id uuid not null references regions,
    webhook_id uuid not null references webhooks,
    event_id uuid not null references audit_events,
    state text not null constraint webhook_deliveries_state_check check (state in ('waiting', 'delivered', 'failed')),
    attempts smallint not null default 0,
    due_at timestamptz,
    status smallint,
    problem text,
    created_at timestamptz not null,
    delivered_at timestamptz,
    constraint webhook_deliveries_due_check check ((state = 'waiting') = (due_at is not null)),
    constraint webhook_deliveries_delivered_check check ((state = 'delivered') = (delivered_at is not null))
);
create unique index webhook_deliveries_event_key on webhook_deliveries (webhook_id, event_id);
create index webhook_deliveries_webhook_idx on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_due_idx on webhook_deliveries (due_at, id) where due_at is not null;
create index webhook_deliveries_ended_idx on webhook_deliveries (created_at) where due_at is null;
create index webhook_deliveries_region_idx on webhook_deliveries (region_id);
create index webhook_deliveries_event_idx on webhook_deliveries (event_id);
comment on table webhook_deliveries is 'What each webhook is told, and how it went (доставка веб-хука).';
comment on column webhook_deliveries.webhook_id is 'The webhook.';
comment on column webhook_deliveries.event_id is 'The change it is told of.';
comment on column webhook_deliveries.state is 'waiting for its next attempt, delivered, or failed after the last one.';
comment on column webhook_deliveries.attempts is 'How often it was tried.';
comment on column webhook_deliveries.due_at is 'When it is tried next; while it is being tried: when somebody else may try.';
comment on column webhook_deliveries.status is 'HTTP status of the last answer; null when there was none.';
comment on column webhook_deliveries.problem is 'Why the last attempt failed.';
comment on column webhook_deliveries.delivered_at is 'When the receiver took it.';
call rost_comment_common('webhook_deliveries');
