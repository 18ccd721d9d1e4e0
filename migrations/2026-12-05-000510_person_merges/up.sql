-- Two cards of one person become one, and two again. What was recorded to a card stays with that card; whoever reads,
-- reads all cards of the person.

alter table persons
    add column merged_into_id uuid references persons,
    add column kept_id uuid not null generated always as (coalesce(merged_into_id, id)) stored,
    add constraint persons_merged_check check (merged_into_id <> id),
    add constraint persons_merged_snils_check check (merged_into_id is null or snils is null);
create index persons_merged_idx on persons (merged_into_id);
create index persons_kept_idx on persons (kept_id);
comment on column persons.merged_into_id is 'The card of the same person that is kept; null while this one is.';
comment on column persons.kept_id is 'The kept card of the person: the same for all cards of one person.';

-- What servers remember of ledgers, they remember by person.
create trigger renew_stamp after update of merged_into_id on persons
    for each row when (old.merged_into_id is distinct from new.merged_into_id)
    execute function rost_renew_region_stamp();

create table person_merges (
    id uuid primary key,
    region_id uuid not null references regions,
    kept_id uuid not null references persons,
    merged_id uuid not null references persons,
    reason text not null,
    made_by uuid not null,
    made_as text not null,
    made_at timestamptz not null,
    undone_by uuid,
    undone_at timestamptz,
    undo_reason text,
    version bigint not null default 1,
    constraint person_merges_cards_check check (kept_id <> merged_id),
    constraint person_merges_undone_check check (num_nonnulls(undone_by, undone_at, undo_reason) in (0, 3))
);
create unique index person_merges_open_key on person_merges (merged_id) where undone_at is null;
create index person_merges_region_idx on person_merges (region_id);
create index person_merges_kept_idx on person_merges (kept_id);
create index person_merges_merged_idx on person_merges (merged_id);
comment on table person_merges is 'Merges of two cards of one person (объединение карточек), and how they were undone.';
comment on column person_merges.kept_id is 'The card that is kept.';
comment on column person_merges.merged_id is 'The card that points to it from then on.';
comment on column person_merges.reason is 'Why they are one person.';
comment on column person_merges.made_by is 'Account that merged them.';
comment on column person_merges.made_as is 'In which role.';
comment on column person_merges.made_at is 'When they were merged.';
comment on column person_merges.undone_by is 'Account that undid it.';
comment on column person_merges.undone_at is 'When it was undone; null while it stands.';
comment on column person_merges.undo_reason is 'Why they are two people.';
call rost_comment_common('person_merges');
