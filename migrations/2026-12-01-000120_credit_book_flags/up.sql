-- Flags in credit books: the teacher watches the filling and says what is wrong or missing (P3-46).

create table credit_book_flags (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    book_id uuid not null references credit_books,
    person_id uuid not null references persons,
    kind text not null constraint credit_book_flags_kind_check check (kind in ('wrong', 'missing')),
    entry_id uuid references credit_book_entries,
    offering_id uuid references offerings,
    association_id uuid references associations,
    text text not null,
    leader_id uuid references persons,
    state text not null constraint credit_book_flags_state_check check (state in (
        'open', 'resolved', 'refused', 'withdrawn')),
    answer text,
    answer_entry_id uuid references credit_book_entries,
    answered_by uuid references persons,
    answered_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint credit_book_flags_source_check check (num_nonnulls(offering_id, association_id) = 1),
    constraint credit_book_flags_entry_check check ((kind = 'wrong') = (entry_id is not null)),
    constraint credit_book_flags_refused_check check (state <> 'refused' or answer is not null),
    constraint credit_book_flags_resolved_check check ((state = 'resolved') = (answer_entry_id is not null)),
    constraint credit_book_flags_answered_check check ((state in ('resolved', 'refused')) = (answered_at is not null))
);
create unique index credit_book_flags_open_key on credit_book_flags (entry_id) where state = 'open' and entry_id is not null;
create index credit_book_flags_region_idx on credit_book_flags (region_id, created_at desc, id desc);
create index credit_book_flags_municipality_idx on credit_book_flags (municipality_id, created_at desc, id desc);
create index credit_book_flags_organization_idx on credit_book_flags (organization_id, created_at desc, id desc);
create index credit_book_flags_book_idx on credit_book_flags (book_id);
create index credit_book_flags_person_idx on credit_book_flags (person_id, created_at desc, id desc);
create index credit_book_flags_leader_idx on credit_book_flags (leader_id, created_at desc, id desc);
create index credit_book_flags_entry_idx on credit_book_flags (entry_id);
create index credit_book_flags_offering_idx on credit_book_flags (offering_id);
create index credit_book_flags_association_idx on credit_book_flags (association_id);
create index credit_book_flags_answer_entry_idx on credit_book_flags (answer_entry_id);
create index credit_book_flags_answered_by_idx on credit_book_flags (answered_by);
comment on table credit_book_flags is 'What teachers say is wrong or missing in their credit books, and what came of it (P3-46).';
comment on column credit_book_flags.municipality_id is 'The municipality of the organiser; null directly under the region.';
comment on column credit_book_flags.organization_id is 'The organiser of what the flag is about.';
comment on column credit_book_flags.book_id is 'The book.';
comment on column credit_book_flags.kind is 'wrong: an entry is wrong; missing: there is none.';
comment on column credit_book_flags.entry_id is 'The entry that is wrong.';
comment on column credit_book_flags.offering_id is 'The offering it is about; else an association.';
comment on column credit_book_flags.association_id is 'The association it is about; else an offering.';
comment on column credit_book_flags.text is 'What is wrong or missing, in the teacher''s words.';
comment on column credit_book_flags.leader_id is 'To whom it goes: the leader of the offering, the head of the association; null: to the organiser alone.';
comment on column credit_book_flags.state is 'open, resolved, refused or withdrawn.';
comment on column credit_book_flags.answer is 'What was answered; a refusal always says why.';
comment on column credit_book_flags.answer_entry_id is 'The entry that resolved it.';
comment on column credit_book_flags.answered_by is 'Who answered.';
comment on column credit_book_flags.answered_at is 'When it was answered.';
call rost_comment_common('credit_book_flags');
create trigger place before insert or update of organization_id on credit_book_flags
    for each row execute function rost_place('organization_id');
