-- Credit books (зачётные книжки): what a teacher has taken part in, as leaders of offerings and associations write it (P3-15).

create table credit_books (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    issued_by_id uuid references organizations,
    regulation_id uuid not null references regulations,
    opened_on date not null,
    closed_on date,
    opened_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint credit_books_dates_check check (closed_on is null or closed_on >= opened_on)
);
create unique index credit_books_open_key on credit_books (person_id) where closed_on is null;
create index credit_books_region_idx on credit_books (region_id, opened_on desc, id desc);
create index credit_books_municipality_idx on credit_books (municipality_id);
create index credit_books_organization_idx on credit_books (organization_id, opened_on desc, id desc);
create index credit_books_person_idx on credit_books (person_id, opened_on desc, id desc);
create index credit_books_issued_by_idx on credit_books (issued_by_id);
create index credit_books_regulation_idx on credit_books (regulation_id);
comment on table credit_books is 'Credit books (зачётные книжки) of teachers: one open at a time, closed ones stay readable.';
comment on column credit_books.organization_id is 'The school of the person when it was opened.';
comment on column credit_books.issued_by_id is 'The organization that issued it; null when the person opened it.';
comment on column credit_books.regulation_id is 'The regulation it is kept under, whatever is published later.';
comment on column credit_books.opened_on is 'Day it was opened.';
comment on column credit_books.closed_on is 'Day it was closed; null while it is open.';
comment on column credit_books.opened_by is 'The account that opened it.';
call rost_comment_common('credit_books');

create table credit_book_entries (
    id uuid primary key,
    region_id uuid not null references regions,
    book_id uuid not null references credit_books,
    person_id uuid not null references persons,
    organization_id uuid not null references organizations,
    offering_id uuid references offerings,
    association_id uuid references associations,
    enrollment_id uuid references enrollments,
    topic text not null,
    started_on date not null,
    ended_on date not null,
    hours numeric(6, 1) not null constraint credit_book_entries_hours_check check (hours > 0),
    corrects_id uuid constraint credit_book_entries_corrects_key unique references credit_book_entries,
    withdrawn boolean not null default false,
    reason text,
    writer_id uuid references persons,
    written_by uuid not null,
    written_as text not null,
    created_at timestamptz not null,
    constraint credit_book_entries_source_check check (num_nonnulls(offering_id, association_id) = 1),
    constraint credit_book_entries_enrollment_check check ((offering_id is null) = (enrollment_id is null)),
    constraint credit_book_entries_dates_check check (ended_on >= started_on),
    constraint credit_book_entries_correction_check check (
        (corrects_id is null) = (reason is null) and (corrects_id is not null or not withdrawn))
);
create unique index credit_book_entries_enrollment_key on credit_book_entries (enrollment_id) where corrects_id is null;
create unique index credit_book_entries_session_key
    on credit_book_entries (association_id, person_id, started_on, ended_on, topic) where corrects_id is null;
create index credit_book_entries_region_idx on credit_book_entries (region_id);
create index credit_book_entries_book_idx on credit_book_entries (book_id, started_on, id);
create index credit_book_entries_person_idx on credit_book_entries (person_id);
create index credit_book_entries_organization_idx on credit_book_entries (organization_id);
create index credit_book_entries_offering_idx on credit_book_entries (offering_id);
create index credit_book_entries_association_idx on credit_book_entries (association_id);
create index credit_book_entries_enrollment_idx on credit_book_entries (enrollment_id);
create index credit_book_entries_writer_idx on credit_book_entries (writer_id);
comment on table credit_book_entries is 'Entries of credit books (P3-15): topic, dates, hours. A correction is a row that names the one it replaces.';
comment on column credit_book_entries.book_id is 'The book.';
comment on column credit_book_entries.organization_id is 'The organiser: of the offering, or where the association is.';
comment on column credit_book_entries.offering_id is 'The offering the person took part in; else an association.';
comment on column credit_book_entries.association_id is 'The association in whose session the person took part; else an offering.';
comment on column credit_book_entries.enrollment_id is 'The completed enrollment in the offering.';
comment on column credit_book_entries.topic is 'Topic (тема).';
comment on column credit_book_entries.started_on is 'First day.';
comment on column credit_book_entries.ended_on is 'Last day.';
comment on column credit_book_entries.hours is 'Academic hours.';
comment on column credit_book_entries.corrects_id is 'The entry that this one replaces.';
comment on column credit_book_entries.withdrawn is 'Nothing replaces the corrected entry: it should not have been there.';
comment on column credit_book_entries.reason is 'Why it was corrected.';
comment on column credit_book_entries.writer_id is 'Who wrote it; null for other systems.';
comment on column credit_book_entries.written_by is 'The account that wrote it.';
comment on column credit_book_entries.written_as is 'The role whose right was used (P3-16, P3-34).';
call rost_comment_common('credit_book_entries');
call rost_append_only('credit_book_entries');
create trigger place before insert or update of organization_id on credit_books
    for each row execute function rost_place('organization_id');
