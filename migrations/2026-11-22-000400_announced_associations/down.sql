drop table announcement_offerings;
drop table announcement_associations;
