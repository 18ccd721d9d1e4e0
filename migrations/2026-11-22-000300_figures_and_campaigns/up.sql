-- What directions are made from, campaigns that do not take place, indexes of the hot lists.

create table direction_figures (
    direction_id uuid not null references priority_directions on delete cascade,
    competency_id uuid not null references competencies,
    as_of date not null,
    people bigint not null,
    open bigint not null,
    addressed bigint not null,
    closed bigint not null,
    active_programs bigint not null,
    constraint direction_figures_pkey primary key (direction_id, competency_id),
    constraint direction_figures_people_check check (people >= 5)
);
create index direction_figures_competency_idx on direction_figures (competency_id);
comment on table direction_figures is 'Figures of the region''s report of diagnostics that a direction was made from (P2-18).';
comment on column direction_figures.direction_id is 'The direction.';
comment on column direction_figures.competency_id is 'The competency that lacks.';
comment on column direction_figures.as_of is 'The day of the report.';
comment on column direction_figures.people is 'People whose competency was measured; small groups are hidden and never get here.';
comment on column direction_figures.open is 'Deficits that nothing answered.';
comment on column direction_figures.addressed is 'Deficits that a route in force answered.';
comment on column direction_figures.closed is 'Deficits closed by repeat diagnostics.';
comment on column direction_figures.active_programs is 'Active programs that answered a deficit in it.';

alter table diagnostic_campaigns
    drop constraint diagnostic_campaigns_state_check,
    add column cancel_reason text,
    add constraint diagnostic_campaigns_state_check check (state in ('planned', 'running', 'closed', 'cancelled')),
    add constraint diagnostic_campaigns_cancelled_check check ((state = 'cancelled') = (cancel_reason is not null));
comment on column diagnostic_campaigns.cancel_reason is 'Why it was cancelled.';
create index diagnostic_campaigns_rule_idx on diagnostic_campaigns (region_id)
    where enrollment = 'by_rule' and state in ('planned', 'running');

-- Marks of quality stand in the details of a program.
create index programs_details_idx on programs using gin (details jsonb_path_ops);
-- What begins next.
create index offerings_open_program_idx on offerings (program_id, starts_on) where state = 'open';

drop index outcome_findings_municipality_idx;
create index outcome_findings_municipality_idx on outcome_findings (municipality_id, period_until desc, id desc);
drop index outcome_findings_organization_idx;
create index outcome_findings_organization_idx on outcome_findings (organization_id, period_until desc, id desc);
