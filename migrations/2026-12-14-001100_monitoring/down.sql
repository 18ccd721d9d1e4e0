drop table managerial_decisions;
drop table monitoring_findings;
drop table monitoring_submissions;
drop table monitorings;
drop table stage_submissions;
drop table monitoring_cycle_stages;
drop table monitoring_cycles;
