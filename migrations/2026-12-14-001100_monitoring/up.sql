-- Monitoring: yearly cycles with their stages (P2-12, P3-9) and what is submitted into them (P2-13), monitorings of a year
-- with the submissions of municipalities (P2-40, P2-44), decisions and instructions with a due day (P2-40, P4-17).

create table monitoring_cycles (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    level text not null constraint monitoring_cycles_level_check check (level in (
        'region', 'municipality', 'organization')),
    period text not null constraint monitoring_cycles_period_check check (period in ('school_year', 'calendar_year')),
    year integer not null constraint monitoring_cycles_year_check check (year between 2000 and 2100),
    starts_on date not null,
    ends_on date not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint monitoring_cycles_dates_check check (ends_on >= starts_on)
);
create unique index monitoring_cycles_year_key on monitoring_cycles (organization_id, year);
create index monitoring_cycles_region_idx on monitoring_cycles (region_id, starts_on desc, id desc);
create index monitoring_cycles_municipality_idx on monitoring_cycles (municipality_id, starts_on desc, id desc);
create index monitoring_cycles_regulation_idx on monitoring_cycles (regulation_id);
create trigger place before insert or update of organization_id on monitoring_cycles
    for each row execute function rost_place('organization_id');
comment on table monitoring_cycles is 'Yearly cycles of the system of training (годовые циклы, P2-12, P3-9), one for each year of an organization.';
comment on column monitoring_cycles.organization_id is 'Who runs it: the ministry for the region, the municipal authority for its municipality.';
comment on column monitoring_cycles.regulation_id is 'The regulation that names its stages.';
comment on column monitoring_cycles.level is 'What it is the cycle of: region, municipality or organization.';
comment on column monitoring_cycles.period is 'school_year or calendar_year.';
comment on column monitoring_cycles.year is 'The calendar year in which it begins.';
comment on column monitoring_cycles.starts_on is 'First day.';
comment on column monitoring_cycles.ends_on is 'Last day.';
call rost_comment_common('monitoring_cycles');

create table monitoring_cycle_stages (
    cycle_id uuid not null references monitoring_cycles,
    position integer not null constraint monitoring_cycle_stages_number_check check (position > 0),
    region_id uuid not null references regions,
    code text not null,
    title_ru text not null,
    title_en text not null,
    participants text[] not null,
    opened_on date,
    closed_on date,
    primary key (cycle_id, position),
    constraint monitoring_cycle_stages_closed_check check (closed_on is null or opened_on is not null)
);
create index monitoring_cycle_stages_region_idx on monitoring_cycle_stages (region_id);
comment on table monitoring_cycle_stages is 'Stages or blocks of a cycle (этапы, блоки), as its regulation names them, each with a state of its own.';
comment on column monitoring_cycle_stages.cycle_id is 'The cycle.';
comment on column monitoring_cycle_stages.code is 'Code of the stage in the regulation.';
comment on column monitoring_cycle_stages.title_ru is 'Name in Russian.';
comment on column monitoring_cycle_stages.title_en is 'Name in English.';
comment on column monitoring_cycle_stages.participants is 'Roles that submit into it; empty where the regulation names nobody.';
comment on column monitoring_cycle_stages.opened_on is 'Day it was opened; null while it is planned.';
comment on column monitoring_cycle_stages.closed_on is 'Day it was closed; null until then.';
call rost_comment_common('monitoring_cycle_stages');

create table stage_submissions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    cycle_id uuid not null references monitoring_cycles,
    position integer not null,
    role text not null,
    text text not null,
    finding_id uuid references outcome_findings,
    recorded_by uuid not null references accounts,
    submitted_on date not null,
    created_at timestamptz not null,
    constraint stage_submissions_stage_fkey foreign key (cycle_id, position) references monitoring_cycle_stages
);
create index stage_submissions_region_idx on stage_submissions (region_id, submitted_on desc, id desc);
create index stage_submissions_municipality_idx on stage_submissions (municipality_id, submitted_on desc, id desc);
create index stage_submissions_organization_idx on stage_submissions (organization_id, submitted_on desc, id desc);
create index stage_submissions_person_idx on stage_submissions (person_id, submitted_on desc, id desc);
create index stage_submissions_stage_idx on stage_submissions (cycle_id, position, submitted_on desc, id desc);
create index stage_submissions_finding_idx on stage_submissions (finding_id);
create index stage_submissions_account_idx on stage_submissions (recorded_by);
create trigger place before insert or update of organization_id on stage_submissions
    for each row execute function rost_place('organization_id');
comment on table stage_submissions is 'What participants submit into an open stage of a cycle (материалы участников этапа, P2-13).';
comment on column stage_submissions.organization_id is 'The organization for which it was submitted.';
comment on column stage_submissions.person_id is 'Who submitted it; null for another system.';
comment on column stage_submissions.cycle_id is 'The cycle.';
comment on column stage_submissions.position is 'The stage, from 1.';
comment on column stage_submissions.role is 'The role of who submitted it.';
comment on column stage_submissions.text is 'What is submitted.';
comment on column stage_submissions.finding_id is 'The finding of pupils'' assessment that it rests on.';
comment on column stage_submissions.recorded_by is 'The account that submitted it.';
comment on column stage_submissions.submitted_on is 'Day it was submitted.';
call rost_comment_common('stage_submissions');

create table monitorings (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    level text not null constraint monitorings_level_check check (level in ('region', 'municipality', 'organization')),
    subject text not null constraint monitorings_subject_check check (subject in (
        'professional_growth', 'route_fulfilment', 'program_quality', 'needs')),
    period text not null constraint monitorings_period_check check (period in ('school_year', 'calendar_year')),
    year integer not null constraint monitorings_year_check check (year between 2000 and 2100),
    starts_on date not null,
    ends_on date not null,
    submitters text[] not null,
    conclusion text,
    closed_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint monitorings_dates_check check (ends_on >= starts_on),
    constraint monitorings_closed_check check ((conclusion is null) = (closed_on is null))
);
create unique index monitorings_year_key on monitorings (organization_id, subject, year);
create index monitorings_region_idx on monitorings (region_id, starts_on desc, id desc);
create index monitorings_municipality_idx on monitorings (municipality_id, starts_on desc, id desc);
create index monitorings_organization_idx on monitorings (organization_id, starts_on desc, id desc);
create index monitorings_regulation_idx on monitorings (regulation_id);
create trigger place before insert or update of organization_id on monitorings
    for each row execute function rost_place('organization_id');
comment on table monitorings is 'Monitorings of a year (мониторинг, P2-40): one for each subject, year and organization that holds it.';
comment on column monitorings.organization_id is 'Who holds it.';
comment on column monitorings.regulation_id is 'The regulation it is held under.';
comment on column monitorings.level is 'What it is about: region, municipality or organization.';
comment on column monitorings.subject is 'What is monitored.';
comment on column monitorings.period is 'school_year or calendar_year.';
comment on column monitorings.year is 'The calendar year in which the monitored year begins.';
comment on column monitorings.starts_on is 'First day of the monitored year.';
comment on column monitorings.ends_on is 'Last day of the monitored year.';
comment on column monitorings.submitters is 'Roles that submit into it; empty where nobody does.';
comment on column monitorings.conclusion is 'What was concluded; null until it is closed.';
comment on column monitorings.closed_on is 'Day it was closed.';
call rost_comment_common('monitorings');

create table monitoring_submissions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    monitoring_id uuid not null references monitorings,
    role text not null,
    text text not null,
    recorded_by uuid not null references accounts,
    submitted_on date not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index monitoring_submissions_once_key on monitoring_submissions (monitoring_id, organization_id);
create index monitoring_submissions_region_idx on monitoring_submissions (region_id, submitted_on desc, id desc);
create index monitoring_submissions_municipality_idx
    on monitoring_submissions (municipality_id, submitted_on desc, id desc);
create index monitoring_submissions_organization_idx
    on monitoring_submissions (organization_id, submitted_on desc, id desc);
create index monitoring_submissions_account_idx on monitoring_submissions (recorded_by);
create trigger place before insert or update of organization_id on monitoring_submissions
    for each row execute function rost_place('organization_id');
comment on table monitoring_submissions is 'What a municipality or school submits into a monitoring (материалы муниципалитета, P2-44); one of each.';
comment on column monitoring_submissions.organization_id is 'The organization that submitted it.';
comment on column monitoring_submissions.monitoring_id is 'The monitoring.';
comment on column monitoring_submissions.role is 'The role of who submitted it.';
comment on column monitoring_submissions.text is 'What is submitted.';
comment on column monitoring_submissions.recorded_by is 'The account that submitted it last.';
comment on column monitoring_submissions.submitted_on is 'Day it was submitted first.';
call rost_comment_common('monitoring_submissions');

create table monitoring_findings (
    monitoring_id uuid not null references monitorings,
    position integer not null constraint monitoring_findings_number_check check (position > 0),
    region_id uuid not null references regions,
    about_id uuid references organizations,
    text text not null,
    recorded_on date not null,
    primary key (monitoring_id, position)
);
create index monitoring_findings_region_idx on monitoring_findings (region_id);
create index monitoring_findings_about_idx on monitoring_findings (about_id);
comment on table monitoring_findings is 'What a monitoring found (выводы мониторинга).';
comment on column monitoring_findings.monitoring_id is 'The monitoring.';
comment on column monitoring_findings.about_id is 'The organization it is about; null for the whole.';
comment on column monitoring_findings.text is 'What was found.';
comment on column monitoring_findings.recorded_on is 'Day it was recorded.';
call rost_comment_common('monitoring_findings');

create table managerial_decisions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    addressee_id uuid not null references organizations,
    monitoring_id uuid references monitorings,
    kind text not null constraint managerial_decisions_kind_check check (kind in ('decision', 'instruction')),
    role text not null,
    text text not null,
    taken_on date not null,
    due_on date not null,
    answer text,
    answered_on date,
    recorded_by uuid not null references accounts,
    answered_by uuid references accounts,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint managerial_decisions_due_check check (due_on >= taken_on),
    constraint managerial_decisions_monitoring_check check (kind <> 'decision' or monitoring_id is not null),
    constraint managerial_decisions_answer_check check (
        (answer is null) = (answered_on is null) and (answer is null) = (answered_by is null))
);
create index managerial_decisions_region_idx on managerial_decisions (region_id, due_on desc, id desc);
create index managerial_decisions_municipality_idx on managerial_decisions (municipality_id, due_on desc, id desc);
create index managerial_decisions_organization_idx on managerial_decisions (organization_id, due_on desc, id desc);
create index managerial_decisions_addressee_idx on managerial_decisions (addressee_id, due_on desc, id desc);
create index managerial_decisions_monitoring_idx on managerial_decisions (monitoring_id, due_on desc, id desc);
create index managerial_decisions_account_idx on managerial_decisions (recorded_by);
create index managerial_decisions_answerer_idx on managerial_decisions (answered_by);
create trigger place before insert or update of organization_id on managerial_decisions
    for each row execute function rost_place('organization_id');
comment on table managerial_decisions is 'Managerial decisions by a monitoring (управленческие решения, P2-40, P2-44) and instructions (поручения, P4-17).';
comment on column managerial_decisions.organization_id is 'Who took it.';
comment on column managerial_decisions.addressee_id is 'Whom it binds.';
comment on column managerial_decisions.monitoring_id is 'The monitoring it follows from; null for an instruction without one.';
comment on column managerial_decisions.kind is 'decision or instruction.';
comment on column managerial_decisions.role is 'The role of who took it.';
comment on column managerial_decisions.text is 'What is to be done.';
comment on column managerial_decisions.taken_on is 'Day it was taken.';
comment on column managerial_decisions.due_on is 'Day by which it is to be done.';
comment on column managerial_decisions.answer is 'What the addressee has done; null until it answers.';
comment on column managerial_decisions.answered_on is 'Day of the answer.';
comment on column managerial_decisions.recorded_by is 'The account that recorded it.';
comment on column managerial_decisions.answered_by is 'The account that answered.';
call rost_comment_common('managerial_decisions');
