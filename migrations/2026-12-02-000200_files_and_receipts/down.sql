drop table credential_receipts;
drop table credential_files;
