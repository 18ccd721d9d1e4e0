-- Campaigns of municipalities that follow delayed outcomes (P2-43), and internal monitoring of the quality of training, offering
-- by offering (P2-32).

create table delayed_outcome_campaigns (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    title text not null,
    due_from date not null,
    due_until date not null,
    finish_by date not null,
    closed_on date,
    conclusion text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint delayed_outcome_campaigns_dates_check check (due_until >= due_from and finish_by >= due_until),
    constraint delayed_outcome_campaigns_closed_check check ((closed_on is null) = (conclusion is null))
);
create unique index delayed_outcome_campaigns_period_key on delayed_outcome_campaigns (municipality_id, due_from, due_until);
create index delayed_outcome_campaigns_region_idx on delayed_outcome_campaigns (region_id, due_from desc, id desc);
create index delayed_outcome_campaigns_municipality_idx on delayed_outcome_campaigns (
    municipality_id, due_from desc, id desc);
create index delayed_outcome_campaigns_organization_idx on delayed_outcome_campaigns (organization_id);
create index delayed_outcome_campaigns_regulation_idx on delayed_outcome_campaigns (regulation_id);
create trigger place before insert or update of organization_id on delayed_outcome_campaigns
    for each row execute function rost_place('organization_id');
comment on table delayed_outcome_campaigns is 'Campaigns that follow delayed outcomes in a municipality (мониторинг отсроченных результатов, P2-43).';
comment on column delayed_outcome_campaigns.organization_id is 'Who opened it.';
comment on column delayed_outcome_campaigns.regulation_id is 'The regulation it was opened under.';
comment on column delayed_outcome_campaigns.title is 'Title.';
comment on column delayed_outcome_campaigns.due_from is 'First day of the period in which the outcomes fall due.';
comment on column delayed_outcome_campaigns.due_until is 'Last day of that period.';
comment on column delayed_outcome_campaigns.finish_by is 'Day by which all of them are to be recorded.';
comment on column delayed_outcome_campaigns.closed_on is 'Day it was closed.';
comment on column delayed_outcome_campaigns.conclusion is 'What was concluded.';
call rost_comment_common('delayed_outcome_campaigns');

create table quality_surveys (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    held_by_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    offering_id uuid not null references offerings,
    surveyed_on date not null,
    description text not null,
    respondents integer not null constraint quality_surveys_respondents_check check (respondents > 0),
    satisfied_percent integer constraint quality_surveys_percent_check check (satisfied_percent between 0 and 100),
    results text not null,
    conclusion text not null,
    recorded_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null
);
create unique index quality_surveys_once_key on quality_surveys (offering_id, held_by_id, surveyed_on);
create index quality_surveys_region_idx on quality_surveys (region_id, surveyed_on desc, id desc);
create index quality_surveys_municipality_idx on quality_surveys (municipality_id, surveyed_on desc, id desc);
create index quality_surveys_organization_idx on quality_surveys (organization_id, surveyed_on desc, id desc);
create index quality_surveys_held_idx on quality_surveys (held_by_id);
create index quality_surveys_regulation_idx on quality_surveys (regulation_id);
create trigger place before insert or update of organization_id on quality_surveys
    for each row execute function rost_place('organization_id');
comment on table quality_surveys is 'Internal monitoring of the quality of training, by offering (внутренний мониторинг качества, P2-32). Written once.';
comment on column quality_surveys.organization_id is 'Who holds the offering.';
comment on column quality_surveys.held_by_id is 'Who asked: the organiser itself, or the regional operator.';
comment on column quality_surveys.regulation_id is 'The regulation it was recorded under.';
comment on column quality_surveys.offering_id is 'The offering.';
comment on column quality_surveys.surveyed_on is 'Day of the survey.';
comment on column quality_surveys.description is 'Who was asked about what.';
comment on column quality_surveys.respondents is 'How many people answered.';
comment on column quality_surveys.satisfied_percent is 'Share of the content with the training among them, in percent.';
comment on column quality_surveys.results is 'What they answered.';
comment on column quality_surveys.conclusion is 'What follows from it.';
comment on column quality_surveys.recorded_by is 'The account that recorded it.';
call rost_comment_common('quality_surveys');
