-- Large files are loaded by jobs: received in pieces, taken apart once, loaded portion by portion.

alter table imports
    drop constraint imports_state_check,
    add constraint imports_state_check check (state in (
        'receiving', 'queued', 'running', 'succeeded', 'failed', 'cancelled')),
    add column form text not null default 'csv'
        constraint imports_form_check check (form in ('csv', 'ndjson', 'xlsx')),
    add column charset text not null default 'utf-8'
        constraint imports_charset_check check (charset in ('utf-8', 'windows-1251')),
    add column delimiter text,
    add column header jsonb not null default '[]',
    add column is_job boolean not null default false,
    add column file_size bigint not null default 0,
    add column rows_in_file integer,
    add column portions integer,
    add column next_portion integer not null default 0,
    add column worker uuid,
    add column failure jsonb,
    add column version bigint not null default 1;
create index imports_waiting_idx on imports (created_at, id) where is_job and state in ('queued', 'running');
create index imports_ended_idx on imports (finished_at, id) where finished_at is not null;
create index imports_receiving_idx on imports (created_at) where state = 'receiving';
comment on column imports.state is 'Where the run stands: being received, waiting, running, or at its end.';
comment on column imports.form is 'What the file is: CSV, NDJSON or XLSX.';
comment on column imports.charset is 'How the text of the file is written.';
comment on column imports.delimiter is 'What parts the cells of a CSV file.';
comment on column imports.header is 'The names of the columns as the file writes them.';
comment on column imports.is_job is 'Loaded beside the requests, by whichever process is free.';
comment on column imports.file_size is 'Bytes of the file.';
comment on column imports.rows_in_file is 'Rows found in the file; null until it has been taken apart.';
comment on column imports.portions is 'Transactions the rows are loaded in; null until the file has been taken apart.';
comment on column imports.next_portion is 'The portion that comes next: written in the transaction of the one before.';
comment on column imports.worker is 'The process at work, by a number that it makes up when it takes the run.';
comment on column imports.failure is 'Why the run failed: code and messages.';
call rost_comment_common('imports');

alter table import_rows add column cells jsonb;
comment on column import_rows.cells is 'The row as it stands in the file; of refused rows alone.';

create table import_files (
    import_id uuid not null references imports,
    position integer not null,
    content bytea not null,
    constraint import_files_pkey primary key (import_id, position)
);
comment on table import_files is 'Files that jobs load, in pieces; they go when the rows have been taken out.';
comment on column import_files.import_id is 'The run.';
comment on column import_files.position is 'Place of the piece, from 0.';
comment on column import_files.content is 'The bytes.';

create table import_records (
    import_id uuid not null references imports,
    position integer not null,
    line integer not null,
    portion integer,
    place integer,
    cells jsonb not null,
    fault text,
    fault_column integer,
    constraint import_records_pkey primary key (import_id, position)
);
create index import_records_portion_idx on import_records (import_id, portion, place);
comment on table import_records is 'Rows that a job has taken out of its file; they go when the run ends.';
comment on column import_records.import_id is 'The run.';
comment on column import_records.position is 'Place of the row in the file, from 0.';
comment on column import_records.line is 'Line of the file, the header being 1.';
comment on column import_records.portion is 'The portion in which it is loaded: rows that may meet are in one.';
comment on column import_records.place is 'Its place in the portion.';
comment on column import_records.cells is 'The cells.';
comment on column import_records.fault is 'Why the row cannot be read.';
comment on column import_records.fault_column is 'At which cell, from 0.';
