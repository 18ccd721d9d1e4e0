drop table import_records;
drop table import_files;
alter table import_rows drop column cells;
drop index imports_waiting_idx;
drop index imports_ended_idx;
drop index imports_receiving_idx;
update imports set state = 'failed' where state in ('receiving', 'queued', 'cancelled');
alter table imports
    drop constraint imports_state_check,
    add constraint imports_state_check check (state in ('running', 'succeeded', 'failed')),
    drop column form,
    drop column charset,
    drop column delimiter,
    drop column header,
    drop column is_job,
    drop column file_size,
    drop column rows_in_file,
    drop column portions,
    drop column next_portion,
    drop column worker,
    drop column failure,
    drop column version;
