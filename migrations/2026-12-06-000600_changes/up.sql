-- The audit log is the outbox: each row says where the change is told of, so that other systems can follow what happens.

-- The numbers of transactions belong to the server they ran on. Where a database was restored on another one, whose
-- numbers are lower, they go on behind those that came along: so places in the feed are good for ever.
create function rost_change_base() returns bigint
    language sql immutable as
$$
    select 0::bigint
$$;
comment on function rost_change_base() is 'What is added to the number of a transaction; rost_begin_change_epoch replaces it.';

create function rost_change_horizon() returns bigint
    language sql stable as
$$
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + rost_change_base()
$$;
comment on function rost_change_horizon() is 'The place of the oldest transaction that may still write: everything before it is there for good.';

alter table audit_events
    add column xid bigint not null default (pg_current_xact_id()::text::bigint + rost_change_base()),
    add column municipality_ids uuid[] not null default '{}',
    add column unit_ids uuid[] not null default '{}',
    add column about_person_id uuid,
    add column removed_kind text,
    add column removed_id uuid,
    add constraint audit_events_removed_check check ((removed_kind is null) = (removed_id is null));
create index audit_events_feed_idx on audit_events (region_id, xid, id);
comment on column audit_events.xid is
    'The place of the transaction that wrote the row: the feed is ordered by it and shows nothing that may still be overtaken.';
comment on column audit_events.municipality_ids is 'The municipalities in which the changed thing lay at that moment.';
comment on column audit_events.unit_ids is 'The organizations that the changed thing belonged to at that moment.';
comment on column audit_events.about_person_id is 'The person whom the changed thing is about.';
comment on column audit_events.removed_kind is 'What kind of thing ceased to exist: the subject itself or a part of it.';
comment on column audit_events.removed_id is 'Which thing ceased to exist.';

create function rost_begin_change_epoch() returns void
    language plpgsql as
$$
declare
    last bigint;
begin
    select xid into last from audit_events order by id desc limit 1;
    if last >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + rost_change_base() then
        -- The newest row may not be the one with the greatest number: some room is left between.
        execute format(
            'create or replace function rost_change_base() returns bigint language sql immutable as %L',
            format('select %s::bigint', last + 1000000));
    end if;
end
$$;
comment on function rost_begin_change_epoch() is
    'Called by the owner of the tables whenever migrations run: a database that came from another server goes on counting.';
