drop trigger relocate on organizations;
drop function rost_relocate();
