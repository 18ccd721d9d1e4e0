drop table person_merges;
drop trigger renew_stamp on persons;
alter table persons drop column kept_id, drop constraint persons_merged_snils_check, drop column merged_into_id;
