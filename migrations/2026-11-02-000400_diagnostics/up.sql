-- Diagnostics in full: frameworks after CASE, weighted procedures, versions, campaigns, the life of deficits.

alter table frameworks
    add column kind text not null default 'competency_model' constraint frameworks_kind_check
        check (kind in ('competency_model', 'occupational_standard', 'job_functions')),
    add column identifier uuid default gen_random_uuid(),
    add column uri text,
    add column creator text,
    add column description text,
    add column supersedes_id uuid constraint frameworks_supersedes_key unique references frameworks;
update frameworks set identifier = id;
alter table frameworks alter column identifier set not null;
comment on column frameworks.kind is 'A model of competencies, an occupational standard, or a list of job functions.';
comment on column frameworks.identifier is 'Identifier of the CASE document; kept when a package is loaded.';
comment on column frameworks.uri is 'URI of the CASE document, if a loaded package names one.';
comment on column frameworks.creator is 'Who issued it, in the words of a loaded package.';
comment on column frameworks.description is 'What it is about.';
comment on column frameworks.supersedes_id is 'The edition it replaces.';

alter table competencies
    drop constraint competencies_kind_check,
    add constraint competencies_kind_check check (kind in (
        'block', 'competency', 'indicator', 'level', 'job_function', 'job_action')),
    add column identifier uuid default gen_random_uuid(),
    add column uri text,
    add column item_type text;
update competencies set identifier = id;
alter table competencies
    alter column identifier set not null,
    add constraint competencies_identifier_key unique (framework_id, identifier);
create index competencies_identifier_idx on competencies (identifier);
comment on column competencies.kind is 'Block, competency, indicator, level of mastery; job function or job action of a standard.';
comment on column competencies.identifier is 'Identifier of the CASE item; the same in every edition.';
comment on column competencies.uri is 'URI of the CASE item, if a loaded package names one.';
comment on column competencies.item_type is 'Type of the CASE item in the words of a loaded package.';

create table competency_associations (
    id uuid primary key,
    framework_id uuid not null references frameworks,
    position integer not null,
    identifier uuid not null,
    kind text not null constraint competency_associations_kind_check check (kind in (
        'is_peer_of', 'is_part_of', 'exact_match_of', 'precedes', 'is_related_to', 'replaced_by', 'exemplar',
        'has_skill_level', 'is_translation_of')),
    origin_id uuid not null references competencies,
    destination_id uuid references competencies,
    destination_identifier uuid not null,
    destination_uri text,
    destination_title text,
    notes text,
    constraint competency_associations_identifier_key unique (framework_id, identifier),
    constraint competency_associations_position_key unique (framework_id, position)
);
create index competency_associations_origin_idx on competency_associations (origin_id);
create index competency_associations_destination_idx on competency_associations (destination_id);
comment on table competency_associations is 'Associations of competencies, across frameworks as well (CASE); the tree itself is in competencies.';
comment on column competency_associations.framework_id is 'The framework that states it.';
comment on column competency_associations.identifier is 'Identifier of the CASE association.';
comment on column competency_associations.kind is 'Kind of association, as in CASE.';
comment on column competency_associations.origin_id is 'Where it begins.';
comment on column competency_associations.destination_id is 'Where it ends, if that row is kept here.';
comment on column competency_associations.destination_identifier is 'Identifier of the CASE item where it ends.';
comment on column competency_associations.destination_uri is 'URI of that item, if a loaded package names one.';
comment on column competency_associations.destination_title is 'Title of that item.';
comment on column competency_associations.notes is 'Notes.';
call rost_comment_common('competency_associations');

alter table instruments
    add column procedure_weights numeric(5, 2)[] not null default '{}',
    add column supersedes_id uuid constraint instruments_supersedes_key unique references instruments;
comment on column instruments.procedure_weights is 'Weights of the procedures, in their order; empty when all weigh the same.';
comment on column instruments.supersedes_id is 'The version it replaces.';

create table diagnostic_campaigns (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    owner_id uuid not null references organizations,
    instrument_id uuid not null references instruments,
    code text not null,
    title text not null,
    mode text not null constraint diagnostic_campaigns_mode_check check (mode in ('online', 'offline', 'mixed')),
    enrollment text not null constraint diagnostic_campaigns_enrollment_check
        check (enrollment in ('by_rule', 'by_school')),
    starts_on date not null,
    ends_on date not null,
    organization_ids uuid[] not null,
    positions text[] not null,
    education_levels text[] not null,
    state text not null constraint diagnostic_campaigns_state_check check (state in ('planned', 'running', 'closed')),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint diagnostic_campaigns_code_key unique (owner_id, code),
    constraint diagnostic_campaigns_dates_check check (ends_on >= starts_on)
);
create index diagnostic_campaigns_region_idx on diagnostic_campaigns (region_id, starts_on desc, id desc);
create index diagnostic_campaigns_municipality_idx on diagnostic_campaigns (municipality_id);
create index diagnostic_campaigns_instrument_idx on diagnostic_campaigns (instrument_id);
comment on table diagnostic_campaigns is 'Campaigns of diagnostics (диагностические кампании) of a region, a coordinator or a school.';
comment on column diagnostic_campaigns.owner_id is 'Who conducts it.';
comment on column diagnostic_campaigns.instrument_id is 'The instrument used.';
comment on column diagnostic_campaigns.code is 'Short code, unique for the owner: files name the campaign by it.';
comment on column diagnostic_campaigns.mode is 'Online, offline, or either.';
comment on column diagnostic_campaigns.enrollment is 'Everybody by the rule takes part, or schools enrol their people (P4-22).';
comment on column diagnostic_campaigns.starts_on is 'First day.';
comment on column diagnostic_campaigns.ends_on is 'Last day.';
comment on column diagnostic_campaigns.organization_ids is 'Only these organizations; empty: all that the owner serves.';
comment on column diagnostic_campaigns.positions is 'Only these positions; empty: all.';
comment on column diagnostic_campaigns.education_levels is 'Only who teaches at one of these levels; empty: all.';
call rost_comment_common('diagnostic_campaigns');

alter table diagnostic_results add column campaign_id uuid references diagnostic_campaigns;
create index diagnostic_results_campaign_idx on diagnostic_results (campaign_id);
comment on column diagnostic_results.campaign_id is 'The campaign it belongs to.';
drop index diagnostic_results_natural_key;
create unique index diagnostic_results_natural_key on diagnostic_results (person_id, instrument_id, taken_on, campaign_id)
    nulls not distinct where corrects_id is null;

create table diagnostic_participants (
    campaign_id uuid not null references diagnostic_campaigns,
    person_id uuid not null references persons,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    attendance text constraint diagnostic_participants_attendance_check
        check (attendance in ('attended', 'absent', 'excused')),
    result_id uuid references diagnostic_results,
    enrolled_by uuid not null,
    enrolled_at timestamptz not null,
    constraint diagnostic_participants_pkey primary key (campaign_id, person_id)
);
create index diagnostic_participants_person_idx on diagnostic_participants (person_id);
create index diagnostic_participants_organization_idx on diagnostic_participants (organization_id);
create index diagnostic_participants_municipality_idx on diagnostic_participants (municipality_id);
create index diagnostic_participants_region_idx on diagnostic_participants (region_id);
create index diagnostic_participants_result_idx on diagnostic_participants (result_id);
comment on table diagnostic_participants is 'Who takes part in a campaign (участники диагностики).';
comment on column diagnostic_participants.campaign_id is 'The campaign.';
comment on column diagnostic_participants.organization_id is 'The school of the person.';
comment on column diagnostic_participants.attendance is 'Whether the person came (явка); null while nobody has said.';
comment on column diagnostic_participants.result_id is 'The result of the person in this campaign.';
comment on column diagnostic_participants.enrolled_by is 'Account that enrolled the person.';
comment on column diagnostic_participants.enrolled_at is 'When.';
call rost_comment_common('diagnostic_participants');

create table diagnostic_reminders (
    id uuid primary key,
    campaign_id uuid not null references diagnostic_campaigns,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    text text not null,
    reminded_by uuid not null,
    reminded_at timestamptz not null
);
create index diagnostic_reminders_campaign_idx on diagnostic_reminders (campaign_id);
create index diagnostic_reminders_person_idx on diagnostic_reminders (person_id, reminded_at desc, id desc);
create index diagnostic_reminders_organization_idx on diagnostic_reminders (organization_id, reminded_at desc, id desc);
create index diagnostic_reminders_municipality_idx on diagnostic_reminders (municipality_id, reminded_at desc, id desc);
create index diagnostic_reminders_region_idx on diagnostic_reminders (region_id, reminded_at desc, id desc);
comment on table diagnostic_reminders is 'Reminders of a campaign, for a frontend to show (напоминания).';
comment on column diagnostic_reminders.campaign_id is 'The campaign.';
comment on column diagnostic_reminders.text is 'What the person reads.';
comment on column diagnostic_reminders.reminded_by is 'Account that reminded.';
comment on column diagnostic_reminders.reminded_at is 'When.';
call rost_comment_common('diagnostic_reminders');
call rost_append_only('diagnostic_reminders');

-- One row for each time a competency of a person was measured: the newest one is in force.
create table competency_standings (
    person_id uuid not null references persons,
    competency_id uuid not null references competencies,
    result_id uuid not null references diagnostic_results,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    measured_on date not null,
    until date,
    constraint competency_standings_pkey primary key (result_id, competency_id)
);
create index competency_standings_person_idx on competency_standings (person_id, competency_id);
create index competency_standings_competency_idx on competency_standings (competency_id);
create index competency_standings_region_idx on competency_standings (region_id, organization_id, competency_id);
create index competency_standings_municipality_idx on competency_standings (municipality_id);
create index competency_standings_organization_idx on competency_standings (organization_id);
comment on table competency_standings is 'Which measurement of a competency of a person is in force when.';
comment on column competency_standings.competency_id is 'The competency.';
comment on column competency_standings.result_id is 'The result that measured it.';
comment on column competency_standings.organization_id is 'The school of the person at the time.';
comment on column competency_standings.measured_on is 'First day it is in force.';
comment on column competency_standings.until is 'Day on which another measurement took its place; null: in force.';
call rost_comment_common('competency_standings');

create table deficit_events (
    id uuid primary key,
    deficit_id uuid not null references deficits,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    competency_id uuid not null references competencies,
    kind text not null constraint deficit_events_kind_check check (kind in (
        'reported', 'opened', 'confirmed', 'addressed', 'released', 'closed', 'reopened')),
    state text not null constraint deficit_events_state_check check (state in ('open', 'addressed', 'closed')),
    level text not null,
    severity smallint not null,
    result_id uuid references diagnostic_results,
    route_id uuid,
    account_id uuid,
    happened_on date not null,
    until date,
    recorded_at timestamptz not null
);
create index deficit_events_deficit_idx on deficit_events (deficit_id, id);
create unique index deficit_events_current_key on deficit_events (deficit_id) where until is null;
create index deficit_events_region_idx on deficit_events (region_id, organization_id, competency_id);
create index deficit_events_municipality_idx on deficit_events (municipality_id);
create index deficit_events_organization_idx on deficit_events (organization_id);
create index deficit_events_person_idx on deficit_events (person_id);
create index deficit_events_competency_idx on deficit_events (competency_id);
create index deficit_events_result_idx on deficit_events (result_id);
comment on table deficit_events is 'What happened to a deficit, with the fact that moved it (история дефицита).';
comment on column deficit_events.deficit_id is 'The deficit.';
comment on column deficit_events.organization_id is 'The school of the person when the deficit was found.';
comment on column deficit_events.competency_id is 'The competency that lacks.';
comment on column deficit_events.kind is 'What happened.';
comment on column deficit_events.state is 'Where the deficit stood from then on.';
comment on column deficit_events.level is 'Level shown.';
comment on column deficit_events.severity is 'How grave: 1 to 3.';
comment on column deficit_events.result_id is 'The result that moved it.';
comment on column deficit_events.route_id is 'The learning route that moved it.';
comment on column deficit_events.account_id is 'Account that acted.';
comment on column deficit_events.happened_on is 'Day of the fact, never before that of the fact before it.';
comment on column deficit_events.until is 'Day of the next fact; null: the last one.';
comment on column deficit_events.recorded_at is 'When it was recorded.';
call rost_comment_common('deficit_events');

alter table imports
    drop constraint imports_kind_check,
    add constraint imports_kind_check check (kind in (
        'organizations', 'staff', 'programs', 'credentials', 'diagnostic_results'));
