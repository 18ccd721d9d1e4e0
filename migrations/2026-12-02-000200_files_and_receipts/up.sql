-- What comes with a document about learning: its scan, and that the school has received it.

create table credential_files (
    credential_id uuid primary key references credentials,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    media text not null constraint credential_files_media_check check (media in (
        'application/pdf', 'image/jpeg', 'image/png')),
    size integer not null constraint credential_files_size_check check (size > 0),
    digest bytea not null constraint credential_files_length_check check (octet_length(digest) = 32),
    content bytea,
    stored_as uuid,
    uploaded_by uuid not null,
    uploaded_at timestamptz not null,
    constraint credential_files_place_check check (num_nonnulls(content, stored_as) = 1)
);
create index credential_files_region_idx on credential_files (region_id);
create index credential_files_person_idx on credential_files (person_id);
create index credential_files_stored_as_idx on credential_files (stored_as);
comment on table credential_files is 'Scans of documents about learning (скан документа): at most one for each document.';
comment on column credential_files.credential_id is 'The document.';
comment on column credential_files.person_id is 'Whose document it is.';
comment on column credential_files.media is 'What the bytes are, told by the bytes themselves.';
comment on column credential_files.size is 'Bytes.';
comment on column credential_files.digest is 'SHA-256 of the bytes.';
comment on column credential_files.content is 'The bytes; null where the configuration keeps files in a folder.';
comment on column credential_files.stored_as is 'Name of the file in the folder of the configuration; null where the bytes are in the row.';
comment on column credential_files.uploaded_by is 'Account that brought it.';
comment on column credential_files.uploaded_at is 'When it was brought.';
call rost_comment_common('credential_files');

create table credential_receipts (
    credential_id uuid primary key references credentials,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    received_on date not null,
    received_by uuid not null,
    received_as text not null,
    note text,
    created_at timestamptz not null
);
create index credential_receipts_region_idx on credential_receipts (region_id);
create index credential_receipts_municipality_idx on credential_receipts (municipality_id);
create index credential_receipts_organization_idx on credential_receipts (organization_id, received_on desc);
create index credential_receipts_person_idx on credential_receipts (person_id);
comment on table credential_receipts is
    'Documents that people have handed to the head of their school (отметка о приёме документа): once for each, never changed (P3-47).';
comment on column credential_receipts.credential_id is 'The document.';
comment on column credential_receipts.organization_id is 'The school that received it.';
comment on column credential_receipts.person_id is 'Whose document it is.';
comment on column credential_receipts.received_on is 'Day it was handed in.';
comment on column credential_receipts.received_by is 'Account that received it.';
comment on column credential_receipts.received_as is 'In which role.';
comment on column credential_receipts.note is 'Remark of whoever received it.';
call rost_comment_common('credential_receipts');
call rost_append_only('credential_receipts');
create trigger place before insert or update of organization_id on credential_receipts
    for each row execute function rost_place('organization_id');
