drop table plan_line_deficits;
drop table plan_lines;
drop table plans;
