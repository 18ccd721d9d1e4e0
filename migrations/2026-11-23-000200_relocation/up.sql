-- An organization comes under another municipality: whatever belongs to it is of that municipality from then on.

create function rost_relocate() returns trigger
    language plpgsql as
$$
declare
    place record;
begin
    -- Every table that says of an organization's things which municipality they are of. A log says where something
    -- happened, so it stays as it was written.
    for place in
        select c.oid::regclass as target, a.attname as owner
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        join pg_attribute a on a.attrelid = c.oid and a.attname in ('organization_id', 'owner_id') and not a.attisdropped
        where c.relkind = 'r'
          and exists (select from pg_attribute m
                      where m.attrelid = c.oid and m.attname = 'municipality_id' and not m.attisdropped)
          and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'refuse_change')
        order by c.relname
    loop
        execute format('update %s set municipality_id = $1 where %I = $2', place.target, place.owner)
            using new.municipality_id, new.id;
    end loop;
    return null;
end
$$;
comment on function rost_relocate() is 'Puts the things of an organization into its new municipality.';
create trigger relocate after update of municipality_id on organizations
    for each row when (old.municipality_id is distinct from new.municipality_id) execute function rost_relocate();
