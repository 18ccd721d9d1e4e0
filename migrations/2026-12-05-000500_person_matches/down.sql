drop index person_names_key_idx;
drop index persons_birth_date_idx;
drop index persons_name_key_idx;
drop function rost_name_key(text, text, text);
