-- The ground every resource stands on: extensions, the runtime role, guards, tenants, idempotency, audit.

create extension if not exists pg_trgm;

-- The runtime role owns nothing. Roles belong to the whole cluster, so another database may have made it already.
do $$
begin
    create role rost_runtime nologin;
exception
    when duplicate_object or unique_violation then null;
end
$$;
grant usage on schema public to rost_runtime;
alter default privileges in schema public grant select, insert, update, delete on tables to rost_runtime;
alter default privileges in schema public grant usage, select on sequences to rost_runtime;

-- The table of applied migrations is older than the default privileges above; /readyz reads it.
do $$
begin
    if to_regclass('__diesel_schema_migrations') is not null then
        grant select on __diesel_schema_migrations to rost_runtime;
    end if;
end
$$;

create function rost_refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = format('%s is append-only: %s is refused', tg_table_name, tg_op),
        constraint = tg_table_name || '_append_only';
end
$$;
comment on function rost_refuse_change() is 'Refuses every change of an append-only table, whoever asks.';

create procedure rost_append_only(target regclass)
    language plpgsql as
$$
begin
    execute format('revoke update, delete, truncate on %s from rost_runtime', target);
    execute format(
        'create trigger refuse_change before update or delete on %s for each row execute function rost_refuse_change()',
        target);
    execute format(
        'create trigger refuse_truncate before truncate on %s for each statement execute function rost_refuse_change()',
        target);
end
$$;
comment on procedure rost_append_only(regclass) is 'Makes a table a log: privileges for the runtime role, triggers for everybody.';

create procedure rost_comment_common(target regclass)
    language plpgsql as
$$
declare
    col record;
    txt text;
begin
    for col in
        select attname from pg_attribute where attrelid = target and attnum > 0 and not attisdropped
                                           and col_description(target, attnum) is null
    loop
        txt := case col.attname
            when 'id' then 'Primary key, UUID version 7.'
            when 'region_id' then 'The tenant: the region the row belongs to.'
            when 'municipality_id' then 'The municipal authority whose territory the row belongs to; null directly under the region.'
            when 'organization_id' then 'The organization the row belongs to.'
            when 'person_id' then 'The person the row is about.'
            when 'version' then 'Row version; the ETag of its representation.'
            when 'created_at' then 'When the row was written.'
            when 'updated_at' then 'When the row was last changed.'
            when 'source' then 'The system a loaded row came from.'
            when 'external_id' then 'The identifier in that system, unique within the source.'
            when 'title' then 'Title as people read it.'
            when 'name' then 'Name as people read it.'
            when 'description' then 'Free text.'
            when 'position' then 'Order within the parent, from 1.'
            when 'state' then 'State of the life cycle.'
        end;
        if txt is not null then
            execute format('comment on column %s.%I is %L', target, col.attname, txt);
        end if;
    end loop;
end
$$;
comment on procedure rost_comment_common(regclass) is 'Describes the columns that mean the same in every table.';

create table regions (
    id uuid primary key,
    code text not null constraint regions_code_key unique,
    name text not null,
    time_zone text not null,
    created_at timestamptz not null
);
comment on table regions is 'Tenants: one region of the federation each.';
comment on column regions.code is 'Short stable code, lower case Latin.';
comment on column regions.time_zone is 'IANA time zone; "today", deadlines and school years are the region''s own.';
call rost_comment_common('regions');

create table idempotency_keys (
    account_id uuid not null,
    operation text not null,
    key text not null,
    fingerprint bytea not null,
    status smallint not null,
    location text,
    etag text,
    body text not null,
    created_at timestamptz not null,
    constraint idempotency_keys_pkey primary key (account_id, operation, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
comment on table idempotency_keys is 'Answers of requests that carried an Idempotency-Key, written in the transaction of their effect.';
comment on column idempotency_keys.account_id is 'The caller.';
comment on column idempotency_keys.operation is 'operationId of the request.';
comment on column idempotency_keys.key is 'The key as sent.';
comment on column idempotency_keys.fingerprint is 'SHA-256 of path and body: the same key with another request is refused.';
comment on column idempotency_keys.status is 'HTTP status of the stored answer.';
comment on column idempotency_keys.location is 'Location header of the stored answer.';
comment on column idempotency_keys.etag is 'ETag header of the stored answer.';
comment on column idempotency_keys.body is 'JSON text of the stored answer.';
call rost_comment_common('idempotency_keys');

create table audit_events (
    id uuid primary key,
    at timestamptz not null,
    region_id uuid,
    account_id uuid,
    person_id uuid,
    role text,
    operation text not null,
    subject_kind text not null,
    subject_id uuid,
    organization_id uuid,
    request_id text not null,
    changes jsonb not null default '{}'
);
create index audit_events_region_at_idx on audit_events (region_id, at desc, id desc);
create index audit_events_subject_idx on audit_events (subject_id, at desc);
comment on table audit_events is 'Who did what to what, written in the transaction of the change.';
comment on column audit_events.at is 'When, by the clock of the server.';
comment on column audit_events.account_id is 'The account that acted; null for the system itself.';
comment on column audit_events.person_id is 'The person behind the account, if any.';
comment on column audit_events.role is 'The role whose right was used.';
comment on column audit_events.operation is 'operationId of the request, or the name of the sweep.';
comment on column audit_events.subject_kind is 'What kind of thing was changed.';
comment on column audit_events.subject_id is 'Which thing was changed.';
comment on column audit_events.request_id is 'X-Request-Id of the request.';
comment on column audit_events.changes is 'Changed fields without personal data: {field: [before, after]}.';
call rost_comment_common('audit_events');
call rost_append_only('audit_events');
