drop table funding_lines;
drop table plan_resource_allocations;
drop table plan_resources;
