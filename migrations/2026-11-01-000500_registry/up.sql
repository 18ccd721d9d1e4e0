-- Programs made of modules, their way into the registry, and the yearly publication.

create function rost_program_text(title text, annotation text) returns tsvector
    language sql immutable parallel safe as
$$
    select setweight(to_tsvector('pg_catalog.russian', coalesce(title, '')), 'A')
        || setweight(to_tsvector('pg_catalog.russian', coalesce(annotation, '')), 'B')
$$;
comment on function rost_program_text(text, text) is 'Search text of a program: Russian word stems, the title weighs most.';

create table programs (
    id uuid primary key,
    region_id uuid not null references regions,
    provider_id uuid not null references organizations,
    kind text not null constraint programs_kind_check check (kind in ('advanced_training', 'retraining')),
    title text not null,
    annotation text not null,
    hours numeric(6, 1) not null,
    fully_modular boolean not null,
    study_form text not null constraint programs_study_form_check check (study_form in (
        'full_time', 'part_time', 'extramural')),
    delivery text[] not null,
    audience text[] not null,
    education_levels text[] not null default '{}',
    subjects text[] not null default '{}',
    price_rubles numeric(10, 2),
    edition integer not null default 1,
    state text not null constraint programs_state_check check (state in (
        'draft', 'submitted', 'accepted', 'returned', 'rejected')),
    decision_reason text,
    decision_due_on date,
    decided_at timestamptz,
    decided_by uuid,
    submitted_at timestamptz,
    submitted_by uuid,
    source text,
    external_id text,
    search tsvector generated always as (rost_program_text(title, annotation)) stored,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint programs_hours_check check (
        (kind = 'advanced_training' and hours >= 16) or (kind = 'retraining' and hours >= 250)),
    constraint programs_external_key unique (region_id, source, external_id),
    constraint programs_returned_check check (state <> 'returned' or (decision_reason is not null and decision_due_on is not null))
);
create index programs_region_title_idx on programs (region_id, title, id);
create index programs_provider_idx on programs (provider_id, title, id);
create index programs_search_idx on programs using gin (search);
create index programs_title_trgm_idx on programs using gin (translate(lower(title), 'ё', 'е') gin_trgm_ops);
comment on table programs is 'Professional development programs (дополнительные профессиональные программы).';
comment on column programs.provider_id is 'The organization that developed the program and teaches it.';
comment on column programs.kind is 'Advanced training (ПК, at least 16 h) or retraining (ПП, at least 250 h); B1.5.';
comment on column programs.annotation is 'What the program is about.';
comment on column programs.hours is 'Volume in academic hours.';
comment on column programs.fully_modular is 'The modules make up the whole program: their hours add up to its own (P1-11).';
comment on column programs.study_form is 'Form of study (очная, очно-заочная, заочная).';
comment on column programs.delivery is 'Ways of delivery: in_person, distance, e_learning, internship.';
comment on column programs.audience is 'For whom: teacher, head (P4-9).';
comment on column programs.education_levels is 'Levels of education it is meant for.';
comment on column programs.subjects is 'Subjects it is meant for.';
comment on column programs.price_rubles is 'Price for a person in roubles; null when free.';
comment on column programs.edition is 'Edition of the program, from 1.';
comment on column programs.decision_reason is 'Why it was returned or rejected.';
comment on column programs.decision_due_on is 'Until when a returned program is to be mended.';
comment on column programs.decided_at is 'When it was decided.';
comment on column programs.decided_by is 'Account that decided.';
comment on column programs.submitted_at is 'When it was submitted.';
comment on column programs.submitted_by is 'Account that submitted.';
comment on column programs.search is 'Search text, kept by the database.';
call rost_comment_common('programs');

create table program_modules (
    id uuid primary key,
    program_id uuid not null references programs,
    position integer not null,
    title text not null,
    hours numeric(6, 1) not null constraint program_modules_hours_check check (hours > 0),
    provider_id uuid not null references organizations,
    delivery text[] not null,
    constraint program_modules_position_key unique (program_id, position)
);
create index program_modules_provider_idx on program_modules (provider_id);
comment on table program_modules is 'Modules: self-contained blocks of a program (модули).';
comment on column program_modules.program_id is 'The program.';
comment on column program_modules.hours is 'Volume in academic hours.';
comment on column program_modules.provider_id is 'Who teaches it; may differ from the program''s provider in a network form.';
comment on column program_modules.delivery is 'Ways of delivery: in_person, distance, e_learning, internship.';
call rost_comment_common('program_modules');

create table module_competencies (
    module_id uuid not null references program_modules on delete cascade,
    competency_id uuid not null references competencies,
    constraint module_competencies_pkey primary key (module_id, competency_id)
);
create index module_competencies_competency_idx on module_competencies (competency_id);
comment on table module_competencies is 'Which competencies a module develops: how programs answer deficits.';
comment on column module_competencies.module_id is 'The module.';
comment on column module_competencies.competency_id is 'The competency.';

create table registry_entries (
    id uuid primary key,
    region_id uuid not null references regions,
    program_id uuid not null constraint registry_entries_program_key unique references programs,
    state text not null constraint registry_entries_state_check check (state in ('active', 'suspended', 'removed')),
    entered_on date not null,
    reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index registry_entries_region_idx on registry_entries (region_id, state);
comment on table registry_entries is 'Programs in the regional registry (региональный реестр программ).';
comment on column registry_entries.program_id is 'The program.';
comment on column registry_entries.entered_on is 'Day it entered the registry.';
comment on column registry_entries.reason is 'Why it was suspended or removed.';
call rost_comment_common('registry_entries');

create table registry_publications (
    id uuid primary key,
    region_id uuid not null references regions,
    year integer not null constraint registry_publications_year_range check (year between 2000 and 2100),
    revision integer not null,
    published_at timestamptz not null,
    published_on date not null,
    due_on date,
    regulation_id uuid references regulations,
    version bigint not null default 1,
    constraint registry_publications_year_key unique (region_id, year)
);
create index registry_publications_regulation_idx on registry_publications (regulation_id);
comment on table registry_publications is 'Yearly publications of the registry (публикации реестра).';
comment on column registry_publications.year is 'Calendar year.';
comment on column registry_publications.revision is 'Number of the newest revision; 1 is the publication itself.';
comment on column registry_publications.published_at is 'When it was first published.';
comment on column registry_publications.published_on is 'Day of the first publication by the region''s clock.';
comment on column registry_publications.due_on is 'Day it was due by the regulation (P4-15).';
comment on column registry_publications.regulation_id is 'The regulation that set the due day.';
call rost_comment_common('registry_publications');

create table registry_revisions (
    publication_id uuid not null references registry_publications,
    revision integer not null,
    published_at timestamptz not null,
    published_by uuid,
    note text,
    programs_count integer not null,
    constraint registry_revisions_pkey primary key (publication_id, revision)
);
comment on table registry_revisions is 'Numbered revisions of a publication; every one stays readable (P4-16).';
comment on column registry_revisions.publication_id is 'The publication.';
comment on column registry_revisions.revision is 'Number, from 1.';
comment on column registry_revisions.published_at is 'When.';
comment on column registry_revisions.published_by is 'Account that published it.';
comment on column registry_revisions.note is 'What changed, in words.';
comment on column registry_revisions.programs_count is 'Programs in force in this revision.';
call rost_append_only('registry_revisions');

create table registry_revision_changes (
    publication_id uuid not null,
    revision integer not null,
    program_id uuid not null references programs,
    change text not null constraint registry_revision_changes_change_check check (change in ('added', 'changed', 'removed')),
    snapshot jsonb not null,
    constraint registry_revision_changes_pkey primary key (publication_id, program_id, revision),
    constraint registry_revision_changes_revision_fkey foreign key (publication_id, revision) references registry_revisions
);
create index registry_revision_changes_revision_idx on registry_revision_changes (publication_id, revision);
create index registry_revision_changes_program_idx on registry_revision_changes (program_id);
comment on table registry_revision_changes is 'What each revision changed; revision N is the newest change of every program up to N.';
comment on column registry_revision_changes.publication_id is 'The publication.';
comment on column registry_revision_changes.revision is 'The revision.';
comment on column registry_revision_changes.program_id is 'The program.';
comment on column registry_revision_changes.change is 'Added, changed or removed.';
comment on column registry_revision_changes.snapshot is 'The program as it was published.';
call rost_append_only('registry_revision_changes');
