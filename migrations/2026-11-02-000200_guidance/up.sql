-- What guides training: needs, findings, directions, the state assignment, announcements, recommendations, credit
-- rules, licences of providers, consultations.

create table outcome_findings (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid references organizations,
    recorded_by_id uuid not null references organizations,
    source text not null constraint outcome_findings_source_check check (source in ('vpr', 'gia', 'regional', 'national')),
    subject text not null,
    text text not null,
    period_from date not null,
    period_until date not null,
    low_quality_zone boolean not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint outcome_findings_period_check check (period_from <= period_until)
);
create index outcome_findings_region_idx on outcome_findings (region_id, period_until desc, id desc);
create index outcome_findings_municipality_idx on outcome_findings (municipality_id);
create index outcome_findings_organization_idx on outcome_findings (organization_id);
create index outcome_findings_recorded_by_idx on outcome_findings (recorded_by_id);
comment on table outcome_findings is 'Findings of pupils'' assessment (типичные затруднения обучающихся, зоны низкого качества; P2-14).';
comment on column outcome_findings.municipality_id is 'The municipality it is about; null when it is about the whole region or a state school.';
comment on column outcome_findings.organization_id is 'The school it is about; null when it is about a territory.';
comment on column outcome_findings.recorded_by_id is 'The quality centre that recorded it.';
comment on column outcome_findings.source is 'Assessment it comes from: vpr (ВПР), gia (ГИА), regional, national.';
comment on column outcome_findings.subject is 'School subject.';
comment on column outcome_findings.text is 'The finding in words.';
comment on column outcome_findings.period_from is 'First day of the period it is about.';
comment on column outcome_findings.period_until is 'Last day of the period it is about.';
comment on column outcome_findings.low_quality_zone is 'Whether the place is a zone of low quality in the subject.';
call rost_comment_common('outcome_findings');

create table direction_lists (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    year integer not null constraint direction_lists_year_range check (year between 2000 and 2100),
    note text,
    state text not null constraint direction_lists_state_check check (state in ('proposed', 'approved')),
    act_number text,
    act_date date,
    approved_on date,
    approved_by uuid,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint direction_lists_approved_check check ((state = 'approved') = (approved_on is not null))
);
create unique index direction_lists_approved_key on direction_lists (region_id, year) where state = 'approved';
create index direction_lists_region_idx on direction_lists (region_id, year desc, id desc);
create index direction_lists_organization_idx on direction_lists (organization_id);
comment on table direction_lists is 'Lists of priority directions for a calendar year (перечень направлений; P2-18, P2-19).';
comment on column direction_lists.organization_id is 'The organization that proposed the list.';
comment on column direction_lists.year is 'Calendar year.';
comment on column direction_lists.note is 'What the list rests on, in words.';
comment on column direction_lists.act_number is 'Number of the act of approval.';
comment on column direction_lists.act_date is 'Date of the act of approval.';
comment on column direction_lists.approved_on is 'Day of approval by the region''s clock.';
comment on column direction_lists.approved_by is 'Account that approved it.';
call rost_comment_common('direction_lists');

create table priority_directions (
    id uuid primary key,
    region_id uuid not null references regions,
    list_id uuid not null references direction_lists,
    position integer not null,
    title text not null,
    ground text,
    version bigint not null default 1,
    constraint priority_directions_position_key unique (list_id, position)
);
create index priority_directions_region_idx on priority_directions (region_id, list_id, position);
comment on table priority_directions is 'Priority directions of professional development (приоритетные направления).';
comment on column priority_directions.list_id is 'The list it stands in.';
comment on column priority_directions.ground is 'Why it is a priority, in words.';
call rost_comment_common('priority_directions');

create table direction_programs (
    direction_id uuid not null references priority_directions,
    program_id uuid not null references programs,
    constraint direction_programs_pkey primary key (direction_id, program_id)
);
create index direction_programs_program_idx on direction_programs (program_id);
comment on table direction_programs is 'Which programs serve a direction (P2-21).';
comment on column direction_programs.direction_id is 'The direction.';
comment on column direction_programs.program_id is 'The program.';

create table direction_findings (
    direction_id uuid not null references priority_directions on delete cascade,
    finding_id uuid not null references outcome_findings,
    constraint direction_findings_pkey primary key (direction_id, finding_id)
);
create index direction_findings_finding_idx on direction_findings (finding_id);
comment on table direction_findings is 'Which findings a direction rests on (P2-14, P2-18).';
comment on column direction_findings.direction_id is 'The direction.';
comment on column direction_findings.finding_id is 'The finding.';

create table state_assignments (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    year integer not null constraint state_assignments_year_range check (year between 2000 and 2100),
    direction_id uuid references priority_directions,
    program_id uuid references programs,
    people integer not null constraint state_assignments_people_check check (people > 0),
    person_hours integer not null constraint state_assignments_hours_check check (person_hours > 0),
    note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint state_assignments_subject_check check (num_nonnulls(direction_id, program_id) = 1),
    constraint state_assignments_line_key unique nulls not distinct (organization_id, year, direction_id, program_id)
);
create index state_assignments_region_idx on state_assignments (region_id, year desc, id desc);
create index state_assignments_direction_idx on state_assignments (direction_id);
create index state_assignments_program_idx on state_assignments (program_id);
comment on table state_assignments is 'Lines of the operator''s state assignment (государственное задание; P2-20).';
comment on column state_assignments.organization_id is 'The operator.';
comment on column state_assignments.year is 'Calendar year.';
comment on column state_assignments.direction_id is 'The direction people are to be trained in; null when a program is named.';
comment on column state_assignments.program_id is 'The program people are to be trained by; null when a direction is named.';
comment on column state_assignments.people is 'How many people are to be trained.';
comment on column state_assignments.person_hours is 'How many academic hours of training that is, all people together (человеко-часы).';
comment on column state_assignments.note is 'Remark.';
call rost_comment_common('state_assignments');

create table announcements (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid references organizations,
    author_id uuid not null references organizations,
    title text not null,
    text text not null,
    audience text[] not null,
    expected_products text[] not null,
    published_on date not null,
    recorded_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null
);
create index announcements_region_idx on announcements (region_id, published_on desc, id desc);
create index announcements_municipality_idx on announcements (municipality_id);
create index announcements_organization_idx on announcements (organization_id);
create index announcements_author_idx on announcements (author_id);
comment on table announcements is 'What people and schools are informed of (ознакомление; P0-34, P3-12, P3-37, P3-43).';
comment on column announcements.municipality_id is 'The municipality it is for; null when it is for the whole region or a state school.';
comment on column announcements.organization_id is 'The school it is for; null when it is for all of the place.';
comment on column announcements.author_id is 'The organization that informs.';
comment on column announcements.text is 'The announcement in words.';
comment on column announcements.audience is 'Who acknowledges: schools, persons, association_heads.';
comment on column announcements.expected_products is 'Products that participants are expected to make (P3-12).';
comment on column announcements.published_on is 'Day of publication by the region''s clock.';
comment on column announcements.recorded_by is 'Account that published it.';
call rost_comment_common('announcements');

create table announcement_programs (
    announcement_id uuid not null references announcements,
    program_id uuid not null references programs,
    constraint announcement_programs_pkey primary key (announcement_id, program_id)
);
create index announcement_programs_program_idx on announcement_programs (program_id);
comment on table announcement_programs is 'Programs an announcement is about.';
comment on column announcement_programs.announcement_id is 'The announcement.';
comment on column announcement_programs.program_id is 'The program.';

create table announcement_readers (
    announcement_id uuid not null references announcements,
    person_id uuid not null references persons,
    acknowledged_at timestamptz not null,
    constraint announcement_readers_pkey primary key (announcement_id, person_id)
);
create index announcement_readers_person_idx on announcement_readers (person_id);
comment on table announcement_readers is 'People who have acknowledged an announcement.';
comment on column announcement_readers.announcement_id is 'The announcement.';
comment on column announcement_readers.acknowledged_at is 'When.';
call rost_comment_common('announcement_readers');

create table announcement_schools (
    announcement_id uuid not null references announcements,
    organization_id uuid not null references organizations,
    acknowledged_at timestamptz not null,
    acknowledged_by uuid not null,
    constraint announcement_schools_pkey primary key (announcement_id, organization_id)
);
create index announcement_schools_organization_idx on announcement_schools (organization_id);
comment on table announcement_schools is 'Schools that have acknowledged an announcement (P3-12).';
comment on column announcement_schools.announcement_id is 'The announcement.';
comment on column announcement_schools.acknowledged_at is 'When.';
comment on column announcement_schools.acknowledged_by is 'Account that acknowledged for the school.';
call rost_comment_common('announcement_schools');

create table need_campaigns (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    title text not null,
    opens_on date not null,
    closes_on date not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint need_campaigns_dates_check check (opens_on <= closes_on)
);
create index need_campaigns_region_idx on need_campaigns (region_id, opens_on desc, id desc);
create index need_campaigns_municipality_idx on need_campaigns (municipality_id);
create index need_campaigns_organization_idx on need_campaigns (organization_id);
comment on table need_campaigns is 'Campaigns of the monitoring of demand (мониторинг потребностей; P2-16).';
comment on column need_campaigns.municipality_id is 'The municipality whose schools are asked; null when the whole region is.';
comment on column need_campaigns.organization_id is 'The organization that asks.';
comment on column need_campaigns.opens_on is 'First day needs are taken.';
comment on column need_campaigns.closes_on is 'Last day needs are taken.';
call rost_comment_common('need_campaigns');

create table needs (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    people integer not null constraint needs_people_check check (people > 0),
    ground text not null,
    topic text not null,
    note text,
    competency_id uuid references competencies,
    direction_id uuid references priority_directions,
    finding_id uuid references outcome_findings,
    campaign_id uuid references need_campaigns,
    recorded_role text not null,
    recorded_by uuid not null,
    recorded_on date not null,
    state text not null constraint needs_state_check check (state in ('open', 'withdrawn')),
    withdrawal_reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint needs_person_check check (person_id is null or people = 1)
);
create index needs_region_idx on needs (region_id, recorded_on desc, id desc);
create index needs_municipality_idx on needs (municipality_id, recorded_on desc, id desc);
create index needs_organization_idx on needs (organization_id, recorded_on desc, id desc);
create index needs_person_idx on needs (person_id);
create index needs_competency_idx on needs (competency_id);
create index needs_direction_idx on needs (direction_id);
create index needs_finding_idx on needs (finding_id);
create index needs_campaign_idx on needs (campaign_id, organization_id);
comment on table needs is 'Needs of training of a person or a group (потребности; P2-10, P2-16, P4-19). That a term is due is derived, never stored.';
comment on column needs.organization_id is 'The school, or the municipal authority for people of several schools.';
comment on column needs.person_id is 'Whose need it is; null for a group.';
comment on column needs.people is 'How many people; 1 for a person.';
comment on column needs.ground is 'Code of the ground by the regulation (P2-10).';
comment on column needs.topic is 'What is to be learnt.';
comment on column needs.note is 'Remark.';
comment on column needs.withdrawal_reason is 'Why it was withdrawn.';
comment on column needs.competency_id is 'The competency it is about.';
comment on column needs.direction_id is 'The priority direction it belongs to.';
comment on column needs.finding_id is 'The finding it rests on.';
comment on column needs.campaign_id is 'The campaign it was recorded in.';
comment on column needs.recorded_role is 'Role whose right was used.';
comment on column needs.recorded_by is 'Account that recorded it.';
comment on column needs.recorded_on is 'Day it was recorded by the region''s clock.';
call rost_comment_common('needs');

create table recommendations (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    program_id uuid references programs,
    module_id uuid references program_modules,
    topic text,
    basis text not null constraint recommendations_basis_check check (basis in ('need', 'school_problem', 'priority')),
    need_id uuid references needs,
    deficit_id uuid references deficits,
    finding_id uuid references outcome_findings,
    direction_id uuid references priority_directions,
    text text,
    regulation_id uuid references regulations,
    author_role text not null,
    author_person_id uuid references persons,
    recorded_by uuid not null,
    recorded_on date not null,
    state text not null constraint recommendations_state_check check (state in ('given', 'withdrawn')),
    withdrawal_reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint recommendations_subject_check check (num_nonnulls(program_id, module_id, topic) = 1)
);
create index recommendations_region_idx on recommendations (region_id, recorded_on desc, id desc);
create index recommendations_municipality_idx on recommendations (municipality_id, recorded_on desc, id desc);
create index recommendations_organization_idx on recommendations (organization_id, recorded_on desc, id desc);
create index recommendations_person_idx on recommendations (person_id, recorded_on desc, id desc);
create index recommendations_program_idx on recommendations (program_id);
create index recommendations_module_idx on recommendations (module_id);
create index recommendations_need_idx on recommendations (need_id);
create index recommendations_deficit_idx on recommendations (deficit_id);
create index recommendations_finding_idx on recommendations (finding_id);
create index recommendations_direction_idx on recommendations (direction_id);
create index recommendations_regulation_idx on recommendations (regulation_id);
create index recommendations_author_idx on recommendations (author_person_id);
comment on table recommendations is 'Programs, modules and topics recommended to people (рекомендации; P0-35, P3-38, P4-20).';
comment on column recommendations.organization_id is 'The school of the person.';
comment on column recommendations.program_id is 'The program recommended.';
comment on column recommendations.module_id is 'The single module recommended.';
comment on column recommendations.topic is 'The topic recommended, when it is no program.';
comment on column recommendations.basis is 'What it rests on: need, school_problem, priority.';
comment on column recommendations.need_id is 'The need it rests on.';
comment on column recommendations.deficit_id is 'The deficit it rests on.';
comment on column recommendations.finding_id is 'The finding it rests on.';
comment on column recommendations.direction_id is 'The priority direction it rests on.';
comment on column recommendations.text is 'The recommendation in words.';
comment on column recommendations.withdrawal_reason is 'Why it was withdrawn.';
comment on column recommendations.regulation_id is 'The regulation it was given under.';
comment on column recommendations.author_role is 'Role whose right was used.';
comment on column recommendations.author_person_id is 'The person who gave it.';
comment on column recommendations.recorded_by is 'Account that gave it.';
comment on column recommendations.recorded_on is 'Day it was given by the region''s clock.';
call rost_comment_common('recommendations');

create table credit_rules (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    source_program_id uuid not null references programs,
    source_module_id uuid references program_modules,
    target_program_id uuid not null references programs,
    target_module_id uuid references program_modules,
    hours numeric(6, 1) not null constraint credit_rules_hours_check check (hours > 0),
    valid_from date not null,
    valid_until date,
    note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint credit_rules_dates_check check (valid_until is null or valid_until >= valid_from)
);
create index credit_rules_region_idx on credit_rules (region_id, valid_from desc, id desc);
create index credit_rules_organization_idx on credit_rules (organization_id);
create index credit_rules_source_program_idx on credit_rules (source_program_id);
create index credit_rules_source_module_idx on credit_rules (source_module_id);
create index credit_rules_target_program_idx on credit_rules (target_program_id);
create index credit_rules_target_module_idx on credit_rules (target_module_id);
comment on table credit_rules is 'What a provider or the coordinator credits (порядок зачёта; P4-31, P4-34).';
comment on column credit_rules.organization_id is 'Whose rule it is: the provider of the target, or the coordinator.';
comment on column credit_rules.source_program_id is 'The program learnt.';
comment on column credit_rules.source_module_id is 'The single module of it; null for the whole program.';
comment on column credit_rules.target_program_id is 'The program it is credited in.';
comment on column credit_rules.target_module_id is 'The single module of it; null for the whole program.';
comment on column credit_rules.hours is 'Academic hours credited.';
comment on column credit_rules.valid_from is 'First day of validity.';
comment on column credit_rules.valid_until is 'Last day of validity; null while it lasts.';
comment on column credit_rules.note is 'Remark.';
call rost_comment_common('credit_rules');

create table provider_licences (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    number text not null,
    issued_on date not null,
    issued_by text not null,
    register_entry text,
    valid_from date not null,
    valid_until date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint provider_licences_number_key unique (organization_id, number),
    constraint provider_licences_dates_check check (valid_until is null or valid_until >= valid_from)
);
create index provider_licences_region_idx on provider_licences (region_id, valid_from desc, id desc);
comment on table provider_licences is 'Licences of providers for educational activity (лицензии на образовательную деятельность; B1.9).';
comment on column provider_licences.organization_id is 'The provider.';
comment on column provider_licences.number is 'Number of the licence.';
comment on column provider_licences.issued_on is 'Day of issue.';
comment on column provider_licences.issued_by is 'The body that issued it.';
comment on column provider_licences.register_entry is 'Number of the entry in the state register of licences.';
comment on column provider_licences.valid_from is 'First day of validity.';
comment on column provider_licences.valid_until is 'Last day of validity; null while it lasts.';
call rost_comment_common('provider_licences');

create table licence_suspensions (
    licence_id uuid not null references provider_licences,
    suspended_from date not null,
    suspended_until date,
    reason text not null,
    constraint licence_suspensions_pkey primary key (licence_id, suspended_from),
    constraint licence_suspensions_dates_check check (suspended_until is null or suspended_until >= suspended_from)
);
comment on table licence_suspensions is 'Days on which a licence was suspended, both included.';
comment on column licence_suspensions.licence_id is 'The licence.';
comment on column licence_suspensions.suspended_from is 'First day.';
comment on column licence_suspensions.suspended_until is 'Last day; null while it lasts.';
comment on column licence_suspensions.reason is 'Why, in words.';

create table provider_founders (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    founder_type text not null constraint provider_founders_type_check check (founder_type in (
        'state', 'municipal', 'public_share', 'state_corporation', 'special_territory', 'sports_federation', 'private')),
    valid_from date not null,
    valid_until date,
    note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint provider_founders_from_key unique (organization_id, founder_type, valid_from),
    constraint provider_founders_dates_check check (valid_until is null or valid_until >= valid_from)
);
create index provider_founders_region_idx on provider_founders (region_id, valid_from desc, id desc);
comment on table provider_founders is 'Founders of providers with their dates (учредители; B1.8, B1.9). Where there are none, the directory''s founder type holds always.';
comment on column provider_founders.organization_id is 'The provider.';
comment on column provider_founders.founder_type is 'Type of the founder.';
comment on column provider_founders.valid_from is 'First day it was a founder.';
comment on column provider_founders.valid_until is 'Last day; null while it lasts.';
comment on column provider_founders.note is 'Remark.';
call rost_comment_common('provider_founders');

create table consultations (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    given_by_id uuid not null references organizations,
    consultant_id uuid references persons,
    kind text not null constraint consultations_kind_check check (kind in ('methodical', 'supplier_support', 'card_keeping')),
    topic text not null,
    text text not null,
    held_on date not null,
    recorded_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null
);
create index consultations_region_idx on consultations (region_id, held_on desc, id desc);
create index consultations_municipality_idx on consultations (municipality_id, held_on desc, id desc);
create index consultations_organization_idx on consultations (organization_id, held_on desc, id desc);
create index consultations_person_idx on consultations (person_id);
create index consultations_given_by_idx on consultations (given_by_id);
create index consultations_consultant_idx on consultations (consultant_id);
comment on table consultations is 'Consultations given (консультации; P3-31, P3-32, P4-18).';
comment on column consultations.organization_id is 'The organization that was consulted.';
comment on column consultations.person_id is 'The person who was consulted; null when the organization was.';
comment on column consultations.given_by_id is 'The organization that consulted.';
comment on column consultations.consultant_id is 'The person who consulted.';
comment on column consultations.kind is 'Kind: methodical, supplier_support (P3-31), card_keeping (P3-32).';
comment on column consultations.topic is 'Topic.';
comment on column consultations.text is 'What was consulted, in words.';
comment on column consultations.held_on is 'Day.';
comment on column consultations.recorded_by is 'Account that recorded it.';
call rost_comment_common('consultations');
