-- What is said about a route and what is done to help it: comments, suggestions, hearings, records of support, and
-- consultations about difficulties.

create table route_comments (
    id uuid primary key,
    route_id uuid not null references routes,
    activity_id uuid,
    stage_report_id uuid,
    growth_card_id uuid,
    revision_id uuid,
    author_id uuid not null references persons,
    author_role text not null,
    organization_id uuid references organizations,
    text text not null,
    created_at timestamptz not null,
    constraint route_comments_about_check
        check (num_nonnulls(activity_id, stage_report_id, growth_card_id, revision_id) <= 1)
);
create index route_comments_route_idx on route_comments (route_id, created_at, id);
create index route_comments_author_idx on route_comments (author_id);
create index route_comments_organization_idx on route_comments (organization_id);
comment on table route_comments is 'What people say about a route and its parts; never changed (P0-4, P4-37).';
comment on column route_comments.route_id is 'The route.';
comment on column route_comments.activity_id is 'The line it is about; the line may have been taken out since.';
comment on column route_comments.stage_report_id is 'The report of a stage it is about.';
comment on column route_comments.growth_card_id is 'The growth card it is about.';
comment on column route_comments.revision_id is 'The change of the route it is about.';
comment on column route_comments.author_id is 'Who said it.';
comment on column route_comments.author_role is 'In which role.';
comment on column route_comments.text is 'The words.';
call rost_comment_common('route_comments');
call rost_append_only('route_comments');

create table route_suggestions (
    id uuid primary key,
    route_id uuid not null references routes,
    author_id uuid not null references persons,
    author_role text not null,
    content jsonb not null,
    reason text not null,
    state text not null constraint route_suggestions_state_check check (state in (
        'open', 'accepted', 'declined', 'withdrawn')),
    decided_by uuid references persons,
    decision_note text,
    activity_id uuid references route_activities on delete set null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_suggestions_declined_check check (state <> 'declined' or decision_note is not null)
);
create index route_suggestions_route_idx on route_suggestions (route_id, id);
create index route_suggestions_author_idx on route_suggestions (author_id);
create index route_suggestions_decided_by_idx on route_suggestions (decided_by);
create index route_suggestions_activity_idx on route_suggestions (activity_id);
comment on table route_suggestions is 'Lines suggested for a route; an accepted one becomes a line of its author (P1-34).';
comment on column route_suggestions.route_id is 'The route.';
comment on column route_suggestions.author_id is 'Who suggests it.';
comment on column route_suggestions.author_role is 'In which role.';
comment on column route_suggestions.content is 'The suggested line.';
comment on column route_suggestions.reason is 'Why.';
comment on column route_suggestions.state is 'Where it stands.';
comment on column route_suggestions.decided_by is 'Who accepted or declined it.';
comment on column route_suggestions.decision_note is 'Words of the decision.';
comment on column route_suggestions.activity_id is 'The line it became.';
call rost_comment_common('route_suggestions');

create table route_hearings (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    route_id uuid not null references routes,
    held_on date not null,
    council_ru text not null,
    council_en text not null,
    conclusion text not null,
    protocol_number text,
    recorded_by uuid not null references accounts,
    created_at timestamptz not null
);
create index route_hearings_route_idx on route_hearings (route_id, held_on, id);
create index route_hearings_region_idx on route_hearings (region_id);
create index route_hearings_organization_idx on route_hearings (organization_id);
create index route_hearings_recorded_by_idx on route_hearings (recorded_by);
comment on table route_hearings is 'Interim results heard at a council (слушание, P3-24).';
comment on column route_hearings.route_id is 'The route.';
comment on column route_hearings.held_on is 'Day of the hearing.';
comment on column route_hearings.council_ru is 'The council in Russian, as the regulation names it.';
comment on column route_hearings.council_en is 'The council in English.';
comment on column route_hearings.conclusion is 'What the council concluded.';
comment on column route_hearings.protocol_number is 'Number of the minutes.';
comment on column route_hearings.recorded_by is 'Account that recorded it.';
call rost_comment_common('route_hearings');
call rost_append_only('route_hearings');

create table route_support_records (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    route_id uuid not null references routes,
    supporter_id uuid not null references persons,
    supporter_role text not null,
    kind text not null constraint route_support_records_kind_check check (kind in (
        'diagnosis', 'design_help', 'experience_description', 'reflection', 'contact', 'consultation')),
    held_on date not null,
    topic text not null,
    text text not null,
    recorded_by uuid not null references accounts,
    created_at timestamptz not null
);
create index route_support_records_region_idx on route_support_records (region_id, held_on desc, id desc);
create index route_support_records_municipality_idx on route_support_records (municipality_id, held_on desc, id desc);
create index route_support_records_organization_idx on route_support_records (organization_id, held_on desc, id desc);
create index route_support_records_person_idx on route_support_records (person_id, held_on desc, id desc);
create index route_support_records_route_idx on route_support_records (route_id, held_on desc, id desc);
create index route_support_records_supporter_idx on route_support_records (supporter_id, held_on desc, id desc);
create index route_support_records_recorded_by_idx on route_support_records (recorded_by);
comment on table route_support_records is 'What tutor, curator and coordinator did for a route (P1-13, P1-36, P4-38).';
comment on column route_support_records.route_id is 'The route.';
comment on column route_support_records.supporter_id is 'Who helped.';
comment on column route_support_records.supporter_role is 'In which role.';
comment on column route_support_records.kind is 'Kind of help.';
comment on column route_support_records.held_on is 'Day.';
comment on column route_support_records.topic is 'Topic.';
comment on column route_support_records.text is 'What was done.';
comment on column route_support_records.recorded_by is 'Account that recorded it.';
call rost_comment_common('route_support_records');
call rost_append_only('route_support_records');

alter table consultations
    drop constraint consultations_kind_check,
    add constraint consultations_kind_check check (kind in (
        'methodical', 'supplier_support', 'card_keeping', 'route_drafting'));

create table consultation_deficits (
    consultation_id uuid not null references consultations,
    deficit_id uuid not null references deficits,
    primary key (consultation_id, deficit_id)
);
create index consultation_deficits_deficit_idx on consultation_deficits (deficit_id);
comment on table consultation_deficits is 'The difficulties a consultation was about (P1-49).';
comment on column consultation_deficits.consultation_id is 'The consultation.';
comment on column consultation_deficits.deficit_id is 'The difficulty.';
call rost_append_only('consultation_deficits');
