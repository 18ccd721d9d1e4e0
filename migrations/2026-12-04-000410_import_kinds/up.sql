-- Entries of credit books are loaded from files too; a municipality reads the runs of its schools and centres.

alter table imports
    drop constraint imports_kind_check,
    add constraint imports_kind_check check (kind in (
        'organizations', 'staff', 'programs', 'credentials', 'diagnostic_results', 'credit_book_entries')),
    add column municipality_id uuid references organizations;
comment on column imports.municipality_id is 'The municipality of that organization; null where it lies in none.';
update imports set municipality_id = o.municipality_id from organizations o where o.id = imports.organization_id;
create index imports_municipality_idx on imports (municipality_id, created_at desc, id desc);
create trigger place before insert or update of organization_id on imports
    for each row execute function rost_place('organization_id');
