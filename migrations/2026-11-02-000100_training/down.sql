drop table enrollment_stages;
drop table enrollments;
drop table contracts;
drop table application_people;
drop table applications;
drop table offering_stages;
drop table offering_partners;
drop table offerings;
alter table organizations drop column functions;
