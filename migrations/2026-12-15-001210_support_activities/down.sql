drop table support_activity_deficits;
drop table support_activity_people;
drop table support_activities;
