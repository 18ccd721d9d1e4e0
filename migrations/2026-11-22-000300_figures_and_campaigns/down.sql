drop index outcome_findings_organization_idx;
create index outcome_findings_organization_idx on outcome_findings (organization_id);
drop index outcome_findings_municipality_idx;
create index outcome_findings_municipality_idx on outcome_findings (municipality_id);
drop index offerings_open_program_idx;
drop index programs_details_idx;
drop index diagnostic_campaigns_rule_idx;
update diagnostic_campaigns set state = 'closed', cancel_reason = null where state = 'cancelled';
alter table diagnostic_campaigns
    drop constraint diagnostic_campaigns_cancelled_check,
    drop constraint diagnostic_campaigns_state_check,
    drop column cancel_reason,
    add constraint diagnostic_campaigns_state_check check (state in ('planned', 'running', 'closed'));
drop table direction_figures;
