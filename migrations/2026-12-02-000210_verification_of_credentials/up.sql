-- By which code anybody may ask whether a document about learning is genuine.

create table credential_verifications (
    credential_id uuid primary key references credentials,
    region_id uuid not null references regions,
    code text not null
        constraint credential_verifications_code_key unique
        constraint credential_verifications_code_check check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
    created_at timestamptz not null
);
create index credential_verifications_region_idx on credential_verifications (region_id);
comment on table credential_verifications is 'Codes by which documents are checked (проверка подлинности): random, so that nobody comes from one document to another.';
comment on column credential_verifications.credential_id is 'The document.';
comment on column credential_verifications.code is '100 random bits in the letters of Crockford: without I, L, O and U.';
call rost_comment_common('credential_verifications');
