drop table credential_federal_details;
drop table person_federal_details;
