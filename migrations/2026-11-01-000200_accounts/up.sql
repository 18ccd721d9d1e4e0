-- Accounts, sessions and the roles they carry.

create table accounts (
    id uuid primary key,
    region_id uuid references regions,
    person_id uuid constraint accounts_person_key unique references persons,
    kind text not null constraint accounts_kind_check check (kind in ('person', 'service')),
    login text not null constraint accounts_login_key unique constraint accounts_login_check check (login = lower(login)),
    name text not null,
    secret_hash text not null,
    failed_attempts integer not null default 0,
    locked_until timestamptz,
    disabled_at timestamptz,
    revoked_before timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint accounts_person_check check ((kind = 'person') = (person_id is not null) or region_id is null)
);
create index accounts_region_idx on accounts (region_id, login);
comment on table accounts is 'Who may ask for a token: people and services of other systems (учётные записи).';
comment on column accounts.region_id is 'The tenant; null for administrators of the platform.';
comment on column accounts.person_id is 'The person the account belongs to.';
comment on column accounts.kind is 'A person with a password or a service with a client secret.';
comment on column accounts.login is 'Login of a person or client id of a service, lower case.';
comment on column accounts.name is 'Name shown to administrators.';
comment on column accounts.secret_hash is 'argon2id hash of the password or client secret.';
comment on column accounts.failed_attempts is 'Wrong secrets in a row.';
comment on column accounts.locked_until is 'No sign-in before this moment.';
comment on column accounts.disabled_at is 'Since when the account may not sign in.';
comment on column accounts.revoked_before is 'Tokens issued before this moment are worth nothing.';
call rost_comment_common('accounts');

create table refresh_tokens (
    id uuid primary key,
    family_id uuid not null,
    account_id uuid not null references accounts,
    digest bytea not null constraint refresh_tokens_digest_key unique,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz
);
create index refresh_tokens_family_idx on refresh_tokens (family_id);
create index refresh_tokens_account_idx on refresh_tokens (account_id);
comment on table refresh_tokens is 'Rotating refresh tokens; the use of a used one revokes its whole family.';
comment on column refresh_tokens.family_id is 'All tokens that descend from one sign-in.';
comment on column refresh_tokens.account_id is 'The account signed in.';
comment on column refresh_tokens.digest is 'SHA-256 of the token; the token itself is not kept.';
comment on column refresh_tokens.issued_at is 'When it was issued.';
comment on column refresh_tokens.expires_at is 'When it ends.';
comment on column refresh_tokens.used_at is 'When it was exchanged for the next one.';
comment on column refresh_tokens.revoked_at is 'When it was revoked.';
call rost_comment_common('refresh_tokens');

create table revoked_tokens (
    jti uuid primary key,
    account_id uuid not null references accounts,
    revoked_at timestamptz not null,
    expires_at timestamptz not null
);
create index revoked_tokens_expires_idx on revoked_tokens (expires_at);
create index revoked_tokens_account_idx on revoked_tokens (account_id);
comment on table revoked_tokens is 'Access tokens that were signed out before they ended.';
comment on column revoked_tokens.jti is 'The token''s id.';
comment on column revoked_tokens.account_id is 'Whose token it was.';
comment on column revoked_tokens.revoked_at is 'When it was revoked.';
comment on column revoked_tokens.expires_at is 'When the token would have ended anyway.';

create table role_assignments (
    id uuid primary key,
    region_id uuid references regions,
    municipality_id uuid references organizations,
    organization_id uuid references organizations,
    account_id uuid references accounts,
    person_id uuid references persons,
    role text not null,
    level text not null constraint role_assignments_level_check check (level in (
        'person', 'school', 'provider', 'municipality', 'region', 'platform')),
    act_number text,
    act_date date,
    valid_from date not null,
    valid_until date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint role_assignments_holder_check check (num_nonnulls(account_id, person_id) = 1),
    constraint role_assignments_dates_check check (valid_until is null or valid_until >= valid_from),
    constraint role_assignments_act_check check ((act_number is null) = (act_date is null)),
    constraint role_assignments_place_check check ((role = 'platform_admin') = (organization_id is null))
);
create unique index role_assignments_person_key on role_assignments (person_id, role, organization_id, valid_from)
    where person_id is not null;
create unique index role_assignments_account_key on role_assignments (account_id, role, organization_id, valid_from)
    where account_id is not null;
create index role_assignments_organization_idx on role_assignments (organization_id, role);
create index role_assignments_region_idx on role_assignments (region_id);
create index role_assignments_municipality_idx on role_assignments (municipality_id);
comment on table role_assignments is 'Which role a person or a service holds where and when (назначения ролей).';
comment on column role_assignments.region_id is 'The tenant; null for administrators of the platform.';
comment on column role_assignments.organization_id is 'The organization the role is held at; null for administrators of the platform.';
comment on column role_assignments.account_id is 'The service account that holds the role.';
comment on column role_assignments.person_id is 'The person who holds the role.';
comment on column role_assignments.role is 'The role, see the roles of the API.';
comment on column role_assignments.level is 'Level of the hierarchy the role acts at.';
comment on column role_assignments.act_number is 'Number of the act that gave the role.';
comment on column role_assignments.act_date is 'Date of the act that gave the role.';
comment on column role_assignments.valid_from is 'First day.';
comment on column role_assignments.valid_until is 'Last day; null while it lasts.';
call rost_comment_common('role_assignments');
