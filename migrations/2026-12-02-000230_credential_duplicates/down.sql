drop table credential_duplicates;
