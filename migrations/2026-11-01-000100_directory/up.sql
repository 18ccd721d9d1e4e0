-- Organizations, persons, employments, associations and the roles people hold.

create table organizations (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    parent_id uuid references organizations,
    kind text not null constraint organizations_kind_check check (kind in (
        'ministry', 'municipal_authority', 'municipal_center', 'school', 'provider',
        'regional_operator', 'regional_coordinator', 'quality_center')),
    name text not null,
    short_name text,
    inn text,
    ogrn text,
    oktmo text,
    founder_type text constraint organizations_founder_type_check check (founder_type in (
        'federal', 'regional', 'municipal', 'state_corporation', 'innovation_territory', 'sports_federation', 'private')),
    closed_on date,
    source text,
    external_id text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint organizations_external_key unique (region_id, source, external_id),
    constraint organizations_inn_key unique (region_id, inn, kind),
    constraint organizations_external_check check ((source is null) = (external_id is null))
);
create index organizations_region_name_idx on organizations (region_id, name, id);
create index organizations_municipality_name_idx on organizations (municipality_id, name, id);
create index organizations_parent_idx on organizations (parent_id);
comment on table organizations is 'The typed tree of organizations of a region (организации).';
comment on column organizations.parent_id is 'The organization it is subordinate to.';
comment on column organizations.kind is 'What the organization is in the hierarchy.';
comment on column organizations.short_name is 'Short official name.';
comment on column organizations.inn is 'Tax number (ИНН), 10 digits.';
comment on column organizations.ogrn is 'Registration number (ОГРН), 13 digits.';
comment on column organizations.oktmo is 'Territory code (ОКТМО), 8 or 11 digits.';
comment on column organizations.founder_type is 'Type of the founder; decides eligibility as provider since 2025-09-01 (B1.8).';
comment on column organizations.closed_on is 'First day on which the organization no longer exists.';
call rost_comment_common('organizations');

create table persons (
    id uuid primary key,
    region_id uuid not null references regions,
    last_name text not null,
    first_name text not null,
    middle_name text,
    snils text constraint persons_snils_check check (snils ~ '^[0-9]{11}$'),
    birth_date date,
    email text,
    source text,
    external_id text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint persons_snils_key unique (region_id, snils),
    constraint persons_external_key unique (region_id, source, external_id),
    constraint persons_external_check check ((source is null) = (external_id is null))
);
create index persons_region_name_idx on persons (region_id, last_name, first_name, id);
create index persons_name_trgm_idx on persons using gin ((lower(last_name || ' ' || first_name || ' ' || coalesce(middle_name, ''))) gin_trgm_ops);
comment on table persons is 'People: teachers, heads, officers (физические лица).';
comment on column persons.last_name is 'Family name today (фамилия).';
comment on column persons.first_name is 'Given name today (имя).';
comment on column persons.middle_name is 'Patronymic (отчество), if there is one.';
comment on column persons.snils is 'Insurance number (СНИЛС), 11 digits without separators. Personal data.';
comment on column persons.birth_date is 'Date of birth. Personal data.';
comment on column persons.email is 'Contact address. Personal data.';
call rost_comment_common('persons');

create table person_names (
    id uuid primary key,
    person_id uuid not null references persons,
    last_name text not null,
    first_name text not null,
    middle_name text,
    used_until date not null,
    recorded_at timestamptz not null
);
create index person_names_person_idx on person_names (person_id);
comment on table person_names is 'Former names of a person (история имён).';
comment on column person_names.last_name is 'Former family name.';
comment on column person_names.first_name is 'Former given name.';
comment on column person_names.middle_name is 'Former patronymic.';
comment on column person_names.used_until is 'Last day the name was in use.';
comment on column person_names.recorded_at is 'When the change was recorded.';
call rost_comment_common('person_names');
call rost_append_only('person_names');

create table employments (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    kind text not null constraint employments_kind_check check (kind in (
        'staff', 'internal_part_time', 'external_part_time', 'contract')),
    position text not null,
    education_levels text[] not null default '{}',
    subjects text[] not null default '{}',
    started_on date not null,
    ended_on date,
    source text,
    external_id text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint employments_natural_key unique (person_id, organization_id, position, started_on),
    constraint employments_external_key unique (region_id, source, external_id),
    constraint employments_dates_check check (ended_on is null or ended_on >= started_on)
);
create index employments_organization_idx on employments (organization_id, person_id);
create index employments_municipality_idx on employments (municipality_id, person_id);
create index employments_person_idx on employments (person_id, started_on);
create index employments_region_position_idx on employments (region_id, lower(position));
comment on table employments is 'Work of a person at an organization (трудоустройство).';
comment on column employments.kind is 'Staff or part-time (штатный, совместитель, договор).';
comment on column employments.position is 'Position by the nomenclature (должность).';
comment on column employments.education_levels is 'Levels of education taught: they choose the hour norm (уровни образования).';
comment on column employments.subjects is 'Subjects taught.';
comment on column employments.started_on is 'First day of work.';
comment on column employments.ended_on is 'Last day of work; null while it lasts.';
call rost_comment_common('employments');

create table associations (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    name text not null,
    subject text,
    head_person_id uuid references persons,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint associations_name_key unique (organization_id, name)
);
create index associations_head_idx on associations (head_person_id);
create index associations_region_idx on associations (region_id);
create index associations_municipality_idx on associations (municipality_id);
comment on table associations is 'Methodical associations of teachers (методические объединения).';
comment on column associations.subject is 'Subject the association is about.';
comment on column associations.head_person_id is 'The head (руководитель МО).';
call rost_comment_common('associations');

create table association_members (
    association_id uuid not null references associations,
    person_id uuid not null references persons,
    since date not null,
    until date,
    constraint association_members_pkey primary key (association_id, person_id, since)
);
create index association_members_person_idx on association_members (person_id);
comment on table association_members is 'Who belongs to an association and when.';
comment on column association_members.association_id is 'The association.';
comment on column association_members.since is 'First day of membership.';
comment on column association_members.until is 'Last day of membership; null while it lasts.';
call rost_comment_common('association_members');
