-- Bulk loading with a receipt for every row.

create table imports (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    kind text not null constraint imports_kind_check check (kind in ('organizations', 'staff', 'programs', 'credentials')),
    mode text not null constraint imports_mode_check check (mode in ('independent', 'atomic')),
    state text not null constraint imports_state_check check (state in ('running', 'succeeded', 'failed')),
    dry_run boolean not null,
    digest bytea not null,
    rows_total integer not null default 0,
    rows_created integer not null default 0,
    rows_updated integer not null default 0,
    rows_unchanged integer not null default 0,
    rows_refused integer not null default 0,
    requested_by uuid not null,
    created_at timestamptz not null,
    heard_at timestamptz not null,
    finished_at timestamptz
);
create index imports_requester_idx on imports (requested_by, created_at desc, id desc);
create index imports_region_idx on imports (region_id, created_at desc, id desc);
create index imports_organization_idx on imports (organization_id, created_at desc, id desc);
comment on table imports is 'Runs of bulk loading (загрузки).';
comment on column imports.organization_id is 'The organization of whoever loads.';
comment on column imports.kind is 'What is loaded.';
comment on column imports.mode is 'Every row on its own, or all or nothing.';
comment on column imports.dry_run is 'Predict only, write nothing.';
comment on column imports.digest is 'SHA-256 of the file.';
comment on column imports.rows_total is 'Rows read.';
comment on column imports.rows_created is 'Rows that made something new.';
comment on column imports.rows_updated is 'Rows that changed something.';
comment on column imports.rows_unchanged is 'Rows that said what was known.';
comment on column imports.rows_refused is 'Rows refused.';
comment on column imports.requested_by is 'Account that loads.';
comment on column imports.heard_at is 'When it last said that it goes on.';
comment on column imports.finished_at is 'When the run ended.';
call rost_comment_common('imports');

create table import_rows (
    import_id uuid not null references imports,
    line integer not null,
    outcome text not null constraint import_rows_outcome_check check (outcome in (
        'created', 'updated', 'unchanged', 'refused')),
    subject_id uuid,
    problems jsonb not null default '[]',
    constraint import_rows_pkey primary key (import_id, line)
);
create index import_rows_refused_idx on import_rows (import_id, line) where outcome = 'refused';
comment on table import_rows is 'The receipt of every row.';
comment on column import_rows.import_id is 'The run.';
comment on column import_rows.line is 'Line of the file, the header being 1.';
comment on column import_rows.outcome is 'What became of the row.';
comment on column import_rows.subject_id is 'The thing made, changed or met.';
comment on column import_rows.problems is 'Why it was refused: column, code, messages.';
