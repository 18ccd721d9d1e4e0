drop function rost_place() cascade;
drop trigger relocate on organizations;
drop function rost_relocate();
drop function rost_places();
