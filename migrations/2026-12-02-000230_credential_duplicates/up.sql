-- Duplicates (дубликаты) of documents about learning: another paper about the same learning. They post no hours.

create table credential_duplicates (
    id uuid primary key,
    region_id uuid not null references regions,
    credential_id uuid not null references credentials,
    person_id uuid not null references persons,
    ground text not null constraint credential_duplicates_ground_check check (ground in (
        'loss', 'exchange', 'destruction')),
    series text,
    number text,
    registration_number text,
    identity text not null,
    marks text[] not null,
    issued_on date not null,
    code text not null
        constraint credential_duplicates_code_key unique
        constraint credential_duplicates_code_check check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
    recorded_by uuid not null,
    created_at timestamptz not null,
    constraint credential_duplicates_number_check check (num_nonnulls(number, registration_number) > 0)
);
create unique index credential_duplicates_identity_key on credential_duplicates (region_id, identity);
create index credential_duplicates_credential_idx on credential_duplicates (credential_id, created_at, id);
create index credential_duplicates_person_idx on credential_duplicates (person_id);
comment on table credential_duplicates is 'Duplicates of documents about learning: what replaces the form that was lost, exchanged or destroyed. The last one is valid.';
comment on column credential_duplicates.credential_id is 'The document; its hours are in the ledger once.';
comment on column credential_duplicates.person_id is 'Whose document it is.';
comment on column credential_duplicates.ground is 'loss: the form was lost; exchange: it was given back for another, e.g. for a mistake in it; destruction: it was destroyed.';
comment on column credential_duplicates.series is 'Series of the new form.';
comment on column credential_duplicates.number is 'Number of the new form.';
comment on column credential_duplicates.registration_number is 'Registration number of the duplicate.';
comment on column credential_duplicates.identity is 'Normalised identity: the same paper is recorded once in a region.';
comment on column credential_duplicates.marks is 'What two papers that may be one share.';
comment on column credential_duplicates.issued_on is 'Day the duplicate was issued.';
comment on column credential_duplicates.code is 'By which the duplicate is checked: 100 random bits in the letters of Crockford.';
comment on column credential_duplicates.recorded_by is 'Account that issued it.';
call rost_comment_common('credential_duplicates');
call rost_append_only('credential_duplicates');
