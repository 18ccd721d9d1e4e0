-- By what the same person is found again, however the name is written.

-- Lower case, Ё as Е, Latin letters that look like Cyrillic ones as those. Matching asks with the same function.
create function rost_name_key(last_name text, first_name text, middle_name text) returns text
    language sql immutable parallel safe as
$$
    select translate(lower(last_name || ' ' || first_name || coalesce(' ' || middle_name, '')),
                     'ёabcehkmoptxy', 'еавсенкмортху')
$$;
comment on function rost_name_key(text, text, text) is 'A full name as it is compared: neither case, Ё nor look-alike letters of another alphabet make another person.';

create index persons_name_key_idx on persons (region_id, rost_name_key(last_name, first_name, middle_name));
create index persons_birth_date_idx on persons (region_id, birth_date) where birth_date is not null;
create index person_names_key_idx on person_names (rost_name_key(last_name, first_name, middle_name));
