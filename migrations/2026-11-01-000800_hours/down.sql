drop table ledger_entries, credentials;
drop function rost_check_ledger_entry();
