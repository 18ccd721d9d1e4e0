drop index routes_municipality_active_idx;
drop index route_activities_late_idx;
drop table route_control_needs;
drop table route_controls;
drop table stage_reports;
