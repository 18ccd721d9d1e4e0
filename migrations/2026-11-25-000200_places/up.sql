-- Whatever belongs to an organization is of the municipality in which the organization stands: when it is written, and
-- when the organization comes under another municipality.

-- The tables that say of an organization's things which municipality they are of, and by which organization: training is
-- where it takes place.
create function rost_places() returns table (target regclass, owner text, is_log boolean)
    language sql stable as
$$
    select c.oid::regclass,
           case when c.relname = 'offerings' then 'coalesce(venue_id, organization_id)' else o.attname::text end,
           exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'refuse_change')
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute o on o.attrelid = c.oid and o.attname in ('organization_id', 'owner_id') and not o.attisdropped
    join pg_attribute m on m.attrelid = c.oid and m.attname = 'municipality_id' and not m.attisdropped
    where c.relkind = 'r'
    order by c.relname
$$;
comment on function rost_places() is 'The tables whose rows lie in the municipality of an organization, and which column says whose they are.';

create function rost_relocate() returns trigger
    language plpgsql as
$$
declare
    place record;
begin
    -- A log says where something happened, so it stays as it was written.
    for place in select target, owner from rost_places() where not is_log loop
        execute format('update %s set municipality_id = $1 where %s = $2', place.target, place.owner)
            using new.municipality_id, new.id;
    end loop;
    return null;
end
$$;
comment on function rost_relocate() is 'Puts the things of an organization into its new municipality.';
create trigger relocate after update of municipality_id on organizations
    for each row when (old.municipality_id is distinct from new.municipality_id) execute function rost_relocate();

-- A writer may have read the place before the organization moved, and write after it. So a row is told its place as it is
-- written: it waits for a move that is under way, which holds the organization, and a move waits for rows being written.
create function rost_place() returns trigger
    language plpgsql as
$$
declare
    whose uuid;
begin
    if tg_argv[0] = 'owner_id' then
        whose := new.owner_id;
    elsif tg_argv[0] = 'organization_id' then
        whose := new.organization_id;
    else
        whose := coalesce(new.venue_id, new.organization_id);
    end if;
    if whose is not null then
        select municipality_id into new.municipality_id from organizations where id = whose for key share;
    end if;
    return new;
end
$$;
comment on function rost_place() is 'Puts a row into the municipality of its organization as it is written.';

do $$
declare
    place record;
begin
    for place in select target, owner from rost_places() loop
        execute format(
            'create trigger place before insert or update of %s on %s for each row execute function rost_place(%L)',
            case when place.owner like 'coalesce%' then 'venue_id, organization_id' else place.owner end,
            place.target, place.owner);
    end loop;
end
$$;
