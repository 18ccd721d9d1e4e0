-- Personal data (152-ФЗ): who read it and for what, and how it is made nameless with an act.

create table personal_data_reads (
    id uuid primary key,
    at timestamptz not null,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    account_id uuid not null,
    role text not null,
    organization_id uuid,
    operation text not null,
    purpose text not null constraint personal_data_reads_purpose_check check (purpose in (
        'personnel', 'training', 'certification', 'reporting', 'federal_register', 'supervision', 'subject_request')),
    request_id text not null
);
create index personal_data_reads_person_idx on personal_data_reads (person_id, at desc, id desc);
create index personal_data_reads_region_idx on personal_data_reads (region_id);
comment on table personal_data_reads is 'Who read personal data of somebody else, when and for what (журнал обращений к персональным данным).';
comment on column personal_data_reads.at is 'When, by the clock of the server.';
comment on column personal_data_reads.person_id is 'Whose data it is.';
comment on column personal_data_reads.account_id is 'The account that read it.';
comment on column personal_data_reads.role is 'The role whose right was used.';
comment on column personal_data_reads.organization_id is 'Where that role is held.';
comment on column personal_data_reads.operation is 'operationId of the request.';
comment on column personal_data_reads.purpose is 'What it was read for (цель обработки).';
comment on column personal_data_reads.request_id is 'X-Request-Id of the request.';
call rost_comment_common('personal_data_reads');
call rost_append_only('personal_data_reads');

alter table persons add column erased_on date;
comment on column persons.erased_on is 'Day the personal data was erased; null while it is kept.';

create table person_erasures (
    person_id uuid primary key references persons,
    region_id uuid not null references regions,
    act_number text not null,
    act_date date not null,
    ground text not null,
    erased_by uuid not null,
    erased_as text not null,
    erased_at timestamptz not null
);
create index person_erasures_region_idx on person_erasures (region_id);
comment on table person_erasures is 'Acts by which personal data was erased (акт об уничтожении персональных данных).';
comment on column person_erasures.act_number is 'Number of the act.';
comment on column person_erasures.act_date is 'Date of the act.';
comment on column person_erasures.ground is 'Ground of the act (основание).';
comment on column person_erasures.erased_by is 'Account that erased it.';
comment on column person_erasures.erased_as is 'In which role.';
comment on column person_erasures.erased_at is 'When it was erased.';
call rost_comment_common('person_erasures');
call rost_append_only('person_erasures');

-- Former names are a log, but for those of people whose personal data was erased.
create function rost_keep_names() returns trigger
    language plpgsql as
$$
begin
    if tg_op = 'DELETE' and exists (select from persons where id = old.person_id and erased_on is not null) then
        return old;
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = format('%s is append-only: %s is refused', tg_table_name, tg_op),
        constraint = tg_table_name || '_append_only';
end
$$;
comment on function rost_keep_names() is 'Refuses every change of former names but their erasure with the other personal data.';
drop trigger refuse_change on person_names;
create trigger refuse_change before update or delete on person_names
    for each row execute function rost_keep_names();

-- The runtime role may not delete from a log; what this deletes, the trigger above confines to erased people.
create function rost_forget_names(cards uuid[]) returns bigint
    language sql security definer set search_path from current as
$$
    with forgotten as (delete from person_names where person_id = any(cards) returning 1)
    select count(*) from forgotten
$$;
comment on function rost_forget_names(uuid[]) is 'Deletes the former names of erased people.';

-- What the federal register of documents asks for beside the name, where it is kept.
create function rost_forget_details(cards uuid[]) returns void
    language plpgsql as
$$
begin
    if to_regclass('person_federal_details') is not null then
        execute 'delete from person_federal_details where person_id = any($1)' using cards;
    end if;
end
$$;
comment on function rost_forget_details(uuid[]) is 'Deletes what the federal register asks for about erased people.';

-- Where else the names stand that are erased: answers that wait for a repeat of their request, refused rows of files, the
-- reasons of merges. Called before the card itself is emptied.
create function rost_forget_words(person uuid) returns void
    language plpgsql security definer set search_path from current as
$$
declare
    cards uuid[] := array(select id from persons where kept_id = person);
    words text[] := array(
        select distinct word from (
            select unnest(array[last_name, first_name, email]) from persons where id = any(cards)
            union all
            select unnest(array[last_name, first_name]) from person_names where person_id = any(cards)
        ) as known(word)
        where word is not null);
begin
    -- Whoever repeats such a request is told that it was carried out, and reads the rest anew.
    update idempotency_keys set body = '{}'
    where body like any (array(select '%' || card || '%' from unnest(cards) as card))
      and exists (select from unnest(words) as word where position(word in body) > 0);
    update import_rows r set cells = null
    from imports i
    where i.id = r.import_id and r.cells is not null
      and i.region_id in (select region_id from persons where id = any(cards))
      and (exists (select from persons p where p.id = any(cards) and p.snils is not null
                   and regexp_replace(r.cells::text, '[^0-9"]', '', 'g') like '%"' || p.snils || '"%')
           or exists (select from (
                   select last_name, first_name from persons where id = any(cards)
                   union all
                   select last_name, first_name from person_names where person_id = any(cards)
               ) as n where r.cells ? n.last_name and r.cells ? n.first_name));
    update person_merges
    set reason = 'Обезличено', undo_reason = case when undo_reason is not null then 'Обезличено' end
    where kept_id = any(cards) or merged_id = any(cards);
end
$$;
comment on function rost_forget_words(uuid) is 'Deletes the names of somebody who is erased from where they stand beside the card.';

-- Every table that says whose its rows are, so that no table of the future is forgotten. Neither secrets nor bytes.
create function rost_records_of(cards uuid[]) returns table (kind text, record jsonb)
    language plpgsql stable as
$$
declare
    place text;
begin
    return query select 'persons'::text, to_jsonb(p) from persons p where p.id = any(cards);
    for place in
        select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped
        where c.relnamespace = (select relnamespace from pg_class where oid = 'persons'::regclass)
          and c.relkind = 'r' and c.relname not in ('audit_events', 'personal_data_reads')
        order by c.relname
    loop
        return query execute format(
            'select %L::text, to_jsonb(t) - array[''content'', ''digest'', ''secret_hash''] from %I t where t.person_id = any($1)',
            place, place) using cards;
    end loop;
end
$$;
comment on function rost_records_of(uuid[]) is 'Everything that is recorded about a person, by table.';
