drop trigger place on imports;
alter table imports
    drop column municipality_id,
    drop constraint imports_kind_check,
    add constraint imports_kind_check check (kind in (
        'organizations', 'staff', 'programs', 'credentials', 'diagnostic_results'));
