-- Where each person stands at each employer, kept for speed. The ledger stays the only truth: a row says for which days and
-- under which state of the region's directory it holds, and whoever reads folds the others anew.

create table hours_standings (
    person_id uuid not null references persons,
    organization_id uuid not null references organizations,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    works boolean not null default false,
    main boolean not null default false,
    local_status text constraint hours_standings_local_check check (local_status in ('met', 'not_met', 'no_norm')),
    federal_status text constraint hours_standings_federal_check check (
        federal_status in ('met', 'overdue', 'never_trained')),
    required numeric(8, 1),
    counted numeric(10, 1) not null default 0,
    missing numeric(10, 1) not null default 0,
    norm_breaks_on date,
    next_training_due_on date,
    due_on date,
    reason text not null default '',
    stale boolean not null default true,
    stamp uuid,
    holds_from date,
    holds_until date,
    updated_at timestamptz not null default now(),
    primary key (person_id, organization_id),
    constraint hours_standings_kept_check check (stale or (stamp is not null and holds_from is not null)),
    constraint hours_standings_works_check check (
        not works or (local_status is not null and federal_status is not null))
);
create index hours_standings_organization_idx on hours_standings (organization_id, person_id);
create index hours_standings_municipality_idx on hours_standings (municipality_id, due_on, person_id);
create index hours_standings_region_idx on hours_standings (region_id, due_on, person_id);
create index hours_standings_stale_idx on hours_standings (region_id) where stale;
create index hours_standings_stamp_idx on hours_standings (region_id, stamp);
create index hours_standings_until_idx on hours_standings (region_id, holds_until);
create index hours_standings_from_idx on hours_standings (region_id, holds_from);
create trigger place before insert or update of organization_id on hours_standings
    for each row execute function rost_place('organization_id');
comment on table hours_standings is 'Where each person stands at each employer (положение по часам): kept for speed, computed from the ledger.';
comment on column hours_standings.works is 'Whether the person works there on the days for which the row holds.';
comment on column hours_standings.main is 'Whether it is the main employer: a municipality and a region count everybody once.';
comment on column hours_standings.local_status is 'The check of the norm: met, not_met, no_norm; null until it was folded.';
comment on column hours_standings.federal_status is 'The check of the law: met, overdue, never_trained; null until it was folded.';
comment on column hours_standings.required is 'The norm; null where there is none.';
comment on column hours_standings.counted is 'The sum of the counted academic hours.';
comment on column hours_standings.missing is 'What is missing to the norm.';
comment on column hours_standings.norm_breaks_on is 'The first day the norm stops being met if nothing is added.';
comment on column hours_standings.next_training_due_on is 'The last day by which training leaves no gap by law; null when no training is known, which is due at once.';
comment on column hours_standings.due_on is 'The earlier of the two; the first day of all when no training is known.';
comment on column hours_standings.reason is 'The code of what most of the missing hours fail by; empty when nothing is missing.';
comment on column hours_standings.stale is 'Something it was computed from has changed since.';
comment on column hours_standings.stamp is 'The stamp of the directory of the region it was computed under.';
comment on column hours_standings.holds_from is 'The first day for which it holds.';
comment on column hours_standings.holds_until is 'The first day for which it holds no more; null when no day changes it.';
call rost_comment_common('hours_standings');

create table hours_totals (
    organization_id uuid not null references organizations,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    main boolean not null,
    local_status text not null,
    federal_status text not null,
    reason text not null,
    people integer not null,
    primary key (organization_id, main, local_status, federal_status, reason)
);
create index hours_totals_region_idx on hours_totals (region_id);
create index hours_totals_municipality_idx on hours_totals (municipality_id);
create trigger place before insert or update of organization_id on hours_totals
    for each row execute function rost_place('organization_id');
comment on table hours_totals is 'How many people of an organization stand where: sums of hours_standings, kept by a trigger in the same transaction.';
comment on column hours_totals.main is 'Whether it is their main employer.';
comment on column hours_totals.local_status is 'The check of the norm.';
comment on column hours_totals.federal_status is 'The check of the law.';
comment on column hours_totals.reason is 'What most of the missing hours fail by; empty when nothing is missing.';
comment on column hours_totals.people is 'How many.';
call rost_comment_common('hours_totals');

-- Rows begin with works = false and are never deleted, so only updates move the sums. Sums are locked in one order.
create function rost_total_hours() returns trigger
    language plpgsql as
$$
begin
    insert into hours_totals as t (organization_id, region_id, main, local_status, federal_status, reason, people)
    select c.organization_id, c.region_id, c.main, c.local_status, c.federal_status, c.reason, sum(c.people)
    from (
        select organization_id, region_id, main, local_status, federal_status, reason, 1 as people from new_rows where works
        union all
        select organization_id, region_id, main, local_status, federal_status, reason, -1 from old_rows where works
    ) c
    group by 1, 2, 3, 4, 5, 6 having sum(c.people) <> 0
    order by 1, 3, 4, 5, 6
    on conflict (organization_id, main, local_status, federal_status, reason)
        do update set people = t.people + excluded.people;
    return null;
end
$$;
comment on function rost_total_hours() is 'Carries what changed in standings into the sums of their organizations.';
create trigger total_hours after update on hours_standings
    referencing old table as old_rows new table as new_rows for each statement execute function rost_total_hours();

-- Plans are made while the table is small and kept while it grows, so they go by the index from the beginning.
-- Rows are locked before anybody looks whether they are stale: who folds one at this moment holds it, and has not seen the
-- new line of the ledger. Whoever has several cards stands under the one that is kept.
create function rost_mark_hours(cards uuid[]) returns void
    language plpgsql set enable_seqscan = off as
$$
declare
    people uuid[] := array(select distinct kept_id from persons where id = any(cards));
begin
    perform from hours_standings where person_id = any(people)
        order by person_id, organization_id for no key update;
    if found then
        update hours_standings set stale = true where person_id = any(people) and not stale;
    end if;
end
$$;
comment on function rost_mark_hours is 'Marks the standings of the people of these cards: what they were computed from has changed.';

create function rost_stale_hours() returns trigger
    language plpgsql as
$$
begin
    perform rost_mark_hours(array(select distinct person_id from new_rows));
    return null;
end
$$;
comment on function rost_stale_hours() is 'Marks the standings of people whose ledger has grown.';
create trigger stale_hours after insert on ledger_entries
    referencing new table as new_rows for each statement execute function rost_stale_hours();

-- Work begins, ends or changes: the standings at all employers, because the main one may be another now.
create function rost_stale_hours_of_work() returns trigger
    language plpgsql as
$$
begin
    perform rost_mark_hours(array[coalesce(new.person_id, old.person_id), coalesce(old.person_id, new.person_id)]);
    if tg_op <> 'DELETE' then
        insert into hours_standings (person_id, organization_id, region_id)
        select p.kept_id, new.organization_id, new.region_id from persons p where p.id = new.person_id
        on conflict (person_id, organization_id) do nothing;
    end if;
    return null;
end
$$;
comment on function rost_stale_hours_of_work() is 'Marks the standings of somebody whose work changes, and begins one at a new employer.';
create trigger stale_hours after insert or update or delete on employments
    for each row execute function rost_stale_hours_of_work();

create function rost_stale_hours_of_cards() returns trigger
    language plpgsql as
$$
begin
    perform rost_mark_hours(array[old.kept_id, new.kept_id]);
    -- The card that is no longer kept has no row of its own work any more; its rows say so once they are folded.
    update hours_standings set stale = true where person_id = old.kept_id and not stale;
    insert into hours_standings (person_id, organization_id, region_id)
    select distinct new.kept_id, e.organization_id, e.region_id from employments e where e.person_id = new.id
    on conflict (person_id, organization_id) do nothing;
    return null;
end
$$;
comment on function rost_stale_hours_of_cards() is 'Two cards become those of one person, or part again: both standings are computed anew.';
create trigger stale_hours_of_cards after update on persons
    for each row when (old.kept_id is distinct from new.kept_id) execute function rost_stale_hours_of_cards();

insert into hours_standings (person_id, organization_id, region_id)
select distinct p.kept_id, e.organization_id, e.region_id from employments e join persons p on p.id = e.person_id;
