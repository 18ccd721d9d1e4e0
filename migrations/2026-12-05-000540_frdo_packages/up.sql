-- Packages for the federal register of education documents (пакеты ФРДО): what was sent, and what the register answered.

create table frdo_packages (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    number integer not null constraint frdo_packages_number_check check (number > 0),
    layout text not null constraint frdo_packages_layout_check check (layout in ('v38', 'v40')),
    row_count integer not null constraint frdo_packages_count_check check (row_count > 0),
    due_on date not null,
    state text not null constraint frdo_packages_state_check check (state in ('formed', 'accepted', 'rejected')),
    formed_by uuid not null,
    formed_at timestamptz not null,
    answered_on date,
    note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint frdo_packages_order_key unique (organization_id, number),
    constraint frdo_packages_answer_check check ((state = 'formed') = (answered_on is null)),
    constraint frdo_packages_note_check check (state <> 'rejected' or note is not null)
);
create index frdo_packages_region_idx on frdo_packages (region_id, formed_at desc, id desc);
create index frdo_packages_organization_idx on frdo_packages (organization_id, formed_at desc, id desc);
comment on table frdo_packages is 'Packages for the federal register of education documents (пакеты ФРДО).';
comment on column frdo_packages.organization_id is 'Who issued the documents and sends the package.';
comment on column frdo_packages.number is 'Number among the packages of the organization.';
comment on column frdo_packages.layout is 'The layout of the table: v38 or v40.';
comment on column frdo_packages.row_count is 'Rows in it.';
comment on column frdo_packages.due_on is 'Day by which the register wants the oldest document of it.';
comment on column frdo_packages.state is 'formed, accepted or rejected.';
comment on column frdo_packages.formed_by is 'Account that formed it.';
comment on column frdo_packages.formed_at is 'When it was formed.';
comment on column frdo_packages.answered_on is 'Day of the answer of the register.';
comment on column frdo_packages.note is 'What the register said.';
call rost_comment_common('frdo_packages');

create table frdo_package_rows (
    package_id uuid not null references frdo_packages,
    position integer not null constraint frdo_package_rows_number_check check (position > 0),
    region_id uuid not null references regions,
    credential_id uuid not null references credentials,
    duplicate_id uuid references credential_duplicates,
    person_id uuid not null references persons,
    action text not null constraint frdo_package_rows_action_check check (action in (
        'original', 'duplicate', 'change', 'annulment')),
    cells text[] not null,
    primary key (package_id, position)
);
create index frdo_package_rows_region_idx on frdo_package_rows (region_id);
create index frdo_package_rows_credential_idx on frdo_package_rows (credential_id);
create index frdo_package_rows_duplicate_idx on frdo_package_rows (duplicate_id);
create index frdo_package_rows_person_idx on frdo_package_rows (person_id);
comment on table frdo_package_rows is 'The rows of packages as they were sent: never changed, a correction goes in another package.';
comment on column frdo_package_rows.package_id is 'The package.';
comment on column frdo_package_rows.position is 'Place in the table, from 1.';
comment on column frdo_package_rows.credential_id is 'The document.';
comment on column frdo_package_rows.duplicate_id is 'The duplicate of it that the row is about; null: the document itself.';
comment on column frdo_package_rows.person_id is 'Whose document it is.';
comment on column frdo_package_rows.action is 'original, duplicate, change or annulment.';
comment on column frdo_package_rows.cells is 'The cells in the order of the layout, as text.';
call rost_comment_common('frdo_package_rows');
call rost_append_only('frdo_package_rows');
