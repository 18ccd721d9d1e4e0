drop table regulations;
drop function rost_guard_regulation();
