-- What every balance needs of a region's directory is remembered by the servers for as long as its stamp stands.

create table region_stamps (
    region_id uuid primary key references regions,
    stamp uuid not null
);
comment on table region_stamps is 'One row per region, rewritten by every change of its organizations, regulations, licences and founders.';
comment on column region_stamps.stamp is 'Never the same again: what was read under it holds as long as it stands.';
call rost_comment_common('region_stamps');
insert into region_stamps select id, gen_random_uuid() from regions;

create function rost_begin_region_stamp() returns trigger
    language plpgsql as
$$
begin
    insert into region_stamps values (new.id, gen_random_uuid());
    return null;
end
$$;
comment on function rost_begin_region_stamp() is 'Gives a new region its first stamp.';
create trigger begin_stamp after insert on regions for each row execute function rost_begin_region_stamp();

create function rost_renew_region_stamp() returns trigger
    language plpgsql as
$$
begin
    update region_stamps set stamp = gen_random_uuid() where region_id = coalesce(new.region_id, old.region_id);
    return null;
end
$$;
comment on function rost_renew_region_stamp() is 'Renews the stamp of the region of a changed row.';
create trigger renew_stamp after insert or update or delete on organizations
    for each row execute function rost_renew_region_stamp();
create trigger renew_stamp after insert or update or delete on regulations
    for each row execute function rost_renew_region_stamp();
create trigger renew_stamp after insert or update or delete on provider_licences
    for each row execute function rost_renew_region_stamp();
create trigger renew_stamp after insert or update or delete on provider_founders
    for each row execute function rost_renew_region_stamp();

create function rost_renew_stamp_of_licence() returns trigger
    language plpgsql as
$$
begin
    update region_stamps set stamp = gen_random_uuid()
    where region_id = (select region_id from provider_licences where id = coalesce(new.licence_id, old.licence_id));
    return null;
end
$$;
comment on function rost_renew_stamp_of_licence() is 'Renews the stamp of the region of a licence that is suspended or holds again.';
create trigger renew_stamp after insert or update or delete on licence_suspensions
    for each row execute function rost_renew_stamp_of_licence();
