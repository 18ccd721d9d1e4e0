drop table route_control_needs;
drop table route_controls;
drop table stage_reports;
