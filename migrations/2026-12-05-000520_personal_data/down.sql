drop function rost_records_of(uuid[]);
drop function rost_forget_words(uuid);
drop function rost_forget_details(uuid[]);
drop function rost_forget_names(uuid[]);
drop trigger refuse_change on person_names;
create trigger refuse_change before update or delete on person_names
    for each row execute function rost_refuse_change();
drop function rost_keep_names();
drop table person_erasures;
alter table persons drop column erased_on;
drop table personal_data_reads;
