-- Regulations: the rules of a region, a municipality or a school as dated, immutable data.

create table regulations (
    id uuid primary key,
    region_id uuid not null references regions,
    owner_id uuid not null references organizations,
    level text not null constraint regulations_level_check check (level in ('region', 'municipality', 'school')),
    code text not null,
    title text not null,
    title_en text not null,
    issuing_body text not null,
    controlled_by text,
    act_number text,
    act_date date,
    official_publication boolean not null default false,
    obligations jsonb not null,
    legal_basis jsonb not null default '[]',
    repealed_acts jsonb not null default '[]',
    remarks jsonb not null default '[]',
    preset text,
    state text not null constraint regulations_state_check check (state in ('draft', 'published')),
    effective_from date,
    effective_until date,
    supersedes_id uuid references regulations,
    profile jsonb not null,
    published_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint regulations_published_check check (
        (state = 'published') = (published_at is not null) and (state = 'draft' or effective_from is not null)),
    constraint regulations_dates_check check (effective_until is null or effective_until >= effective_from)
);
create index regulations_owner_idx on regulations (owner_id, effective_from desc) where state = 'published';
create index regulations_region_idx on regulations (region_id, title, id);
create index regulations_supersedes_idx on regulations (supersedes_id);
comment on table regulations is 'Regulations (положения) with their profile of rules.';
comment on column regulations.owner_id is 'The organization whose subtree the regulation binds.';
comment on column regulations.level is 'Level of the owner.';
comment on column regulations.code is 'Stable code of the document.';
comment on column regulations.title_en is 'Title in English.';
comment on column regulations.issuing_body is 'Who issued the act.';
comment on column regulations.controlled_by is 'The post of who keeps control of its fulfilment.';
comment on column regulations.act_number is 'Number of the act.';
comment on column regulations.act_date is 'Date of the act.';
comment on column regulations.official_publication is 'Whether the act is to be published officially (P4-1).';
comment on column regulations.obligations is 'For which organizations it is mandatory or recommended (P2-3).';
comment on column regulations.legal_basis is 'Acts the regulation rests on.';
comment on column regulations.repealed_acts is 'Earlier acts that lose force, fully or in part (P4-2).';
comment on column regulations.remarks is 'Remarks on the text, such as broken references.';
comment on column regulations.preset is 'The shipped preset it was made from.';
comment on column regulations.effective_from is 'First day in force.';
comment on column regulations.effective_until is 'Last day in force; null while it lasts.';
comment on column regulations.supersedes_id is 'The regulation it replaces.';
comment on column regulations.profile is 'The rules as data; immutable once published.';
comment on column regulations.published_at is 'When it was published.';
call rost_comment_common('regulations');

create function rost_guard_regulation() returns trigger
    language plpgsql as
$$
begin
    if old.state = 'published' and (tg_op = 'DELETE'
        or (new.profile, new.state, new.owner_id, new.effective_from, new.title)
            is distinct from (old.profile, old.state, old.owner_id, old.effective_from, old.title)) then
        raise exception using errcode = 'restrict_violation', message = 'a published regulation is immutable',
            constraint = 'regulations_immutable';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function rost_guard_regulation() is 'A published regulation never changes; only its last day may be set.';
create trigger guard_published before update or delete on regulations
    for each row execute function rost_guard_regulation();
