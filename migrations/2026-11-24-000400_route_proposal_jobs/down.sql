drop table route_proposal_job_people;
drop table route_proposal_jobs;
