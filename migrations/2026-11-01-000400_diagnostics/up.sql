-- Competency frameworks, instruments, results and the deficits derived from them.

create table frameworks (
    id uuid primary key,
    region_id uuid not null references regions,
    owner_id uuid not null references organizations,
    code text not null,
    title text not null,
    edition integer not null,
    state text not null constraint frameworks_state_check check (state in ('draft', 'published')),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint frameworks_code_key unique (region_id, code, edition)
);
create index frameworks_owner_idx on frameworks (owner_id);
comment on table frameworks is 'Competency frameworks (модели компетенций): their blocks are rows, never an enum.';
comment on column frameworks.owner_id is 'The organization that keeps the framework.';
comment on column frameworks.code is 'Short code of the framework.';
comment on column frameworks.edition is 'Edition of the framework, from 1.';
call rost_comment_common('frameworks');

create table competencies (
    id uuid primary key,
    framework_id uuid not null references frameworks,
    parent_id uuid references competencies,
    code text not null,
    kind text not null constraint competencies_kind_check check (kind in ('block', 'competency', 'indicator')),
    title text not null,
    description text,
    job_function text,
    position integer not null,
    constraint competencies_code_key unique (framework_id, code)
);
create index competencies_parent_idx on competencies (parent_id);
comment on table competencies is 'Blocks and competencies of a framework (профессиональные компетенции).';
comment on column competencies.framework_id is 'The framework.';
comment on column competencies.parent_id is 'The block or competency it belongs to.';
comment on column competencies.code is 'Code within the framework.';
comment on column competencies.kind is 'Block, competency or indicator.';
comment on column competencies.job_function is 'Job function of the occupational standard (трудовая функция).';
call rost_comment_common('competencies');

create table instruments (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    owner_id uuid not null references organizations,
    framework_id uuid not null references frameworks,
    code text not null,
    title text not null,
    edition integer not null,
    procedures text[] not null,
    state text not null constraint instruments_state_check check (state in ('draft', 'published')),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint instruments_code_key unique (owner_id, code, edition)
);
create index instruments_region_idx on instruments (region_id, title, id);
create index instruments_framework_idx on instruments (framework_id);
create index instruments_municipality_idx on instruments (municipality_id);
comment on table instruments is 'Diagnostic instruments (диагностические инструменты) of a region, a coordinator or a school.';
comment on column instruments.owner_id is 'Who developed the instrument; a school may own one (P4-21).';
comment on column instruments.framework_id is 'The framework it measures.';
comment on column instruments.code is 'Short code of the instrument.';
comment on column instruments.edition is 'Edition, from 1; results keep theirs.';
comment on column instruments.procedures is 'Assessment procedures (P4-6): test, observation, self_assessment, expert.';
call rost_comment_common('instruments');

create table instrument_scales (
    instrument_id uuid not null references instruments,
    competency_id uuid not null references competencies,
    max_score numeric(6, 2) not null constraint instrument_scales_max_check check (max_score > 0),
    weight numeric(5, 2) not null constraint instrument_scales_weight_check check (weight > 0),
    constraint instrument_scales_pkey primary key (instrument_id, competency_id)
);
create index instrument_scales_competency_idx on instrument_scales (competency_id);
comment on table instrument_scales is 'What an instrument measures and on which scale.';
comment on column instrument_scales.instrument_id is 'The instrument.';
comment on column instrument_scales.competency_id is 'The block or competency measured.';
comment on column instrument_scales.max_score is 'Highest score.';
comment on column instrument_scales.weight is 'Weight of the competency; heavier deficits come first.';

create table instrument_cut_points (
    instrument_id uuid not null,
    competency_id uuid not null,
    level text not null,
    from_score numeric(6, 2) not null,
    is_deficit boolean not null,
    severity smallint not null,
    constraint instrument_cut_points_pkey primary key (instrument_id, competency_id, level),
    constraint instrument_cut_points_scale_fkey foreign key (instrument_id, competency_id) references instrument_scales
);
comment on table instrument_cut_points is 'Cut-points: from which score a level begins (B2.5: configurable).';
comment on column instrument_cut_points.instrument_id is 'The instrument.';
comment on column instrument_cut_points.competency_id is 'The block or competency.';
comment on column instrument_cut_points.level is 'Name of the level, for example high_deficit.';
comment on column instrument_cut_points.from_score is 'Lowest score of the level.';
comment on column instrument_cut_points.is_deficit is 'Whether the level is a deficit.';
comment on column instrument_cut_points.severity is 'How grave the deficit is: 0 none, 3 gravest.';

create table diagnostic_results (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    instrument_id uuid not null references instruments,
    mode text not null constraint diagnostic_results_mode_check check (mode in ('online', 'offline')),
    taken_on date not null,
    conducted_by uuid not null references organizations,
    corrects_id uuid constraint diagnostic_results_corrects_key unique references diagnostic_results,
    source text,
    external_id text,
    recorded_by uuid,
    recorded_at timestamptz not null,
    constraint diagnostic_results_external_key unique (region_id, source, external_id)
);
create unique index diagnostic_results_natural_key on diagnostic_results (person_id, instrument_id, taken_on)
    where corrects_id is null;
create index diagnostic_results_person_idx on diagnostic_results (person_id, taken_on desc, id desc);
create index diagnostic_results_organization_idx on diagnostic_results (organization_id, taken_on desc, id desc);
create index diagnostic_results_municipality_idx on diagnostic_results (municipality_id, taken_on desc, id desc);
create index diagnostic_results_region_idx on diagnostic_results (region_id, taken_on desc, id desc);
create index diagnostic_results_instrument_idx on diagnostic_results (instrument_id);
create index diagnostic_results_conducted_idx on diagnostic_results (conducted_by);
comment on table diagnostic_results is 'Results of diagnostics (результаты диагностики); immutable, corrected by a new result.';
comment on column diagnostic_results.organization_id is 'The school of the person at the time.';
comment on column diagnostic_results.instrument_id is 'The instrument used.';
comment on column diagnostic_results.mode is 'Online or offline (P4-13).';
comment on column diagnostic_results.taken_on is 'Day of the diagnostics.';
comment on column diagnostic_results.conducted_by is 'The organization that conducted it: school or coordinator (P4-21).';
comment on column diagnostic_results.corrects_id is 'The result this one replaces.';
comment on column diagnostic_results.recorded_by is 'Account that recorded it.';
comment on column diagnostic_results.recorded_at is 'When it was recorded.';
call rost_comment_common('diagnostic_results');
call rost_append_only('diagnostic_results');

create table diagnostic_scores (
    result_id uuid not null references diagnostic_results,
    competency_id uuid not null references competencies,
    procedure text not null,
    score numeric(6, 2) not null constraint diagnostic_scores_score_check check (score >= 0),
    constraint diagnostic_scores_pkey primary key (result_id, competency_id, procedure)
);
create index diagnostic_scores_competency_idx on diagnostic_scores (competency_id);
comment on table diagnostic_scores is 'Scores of a result, one for each competency and procedure (P4-6).';
comment on column diagnostic_scores.result_id is 'The result.';
comment on column diagnostic_scores.competency_id is 'The block or competency.';
comment on column diagnostic_scores.procedure is 'The procedure that gave the score.';
comment on column diagnostic_scores.score is 'The score.';
call rost_append_only('diagnostic_scores');

create table diagnostic_levels (
    result_id uuid not null references diagnostic_results,
    competency_id uuid not null references competencies,
    score numeric(6, 2) not null,
    level text not null,
    is_deficit boolean not null,
    constraint diagnostic_levels_pkey primary key (result_id, competency_id)
);
create index diagnostic_levels_competency_idx on diagnostic_levels (competency_id);
comment on table diagnostic_levels is 'Resulting level of each competency (уровень владения компетенцией).';
comment on column diagnostic_levels.result_id is 'The result.';
comment on column diagnostic_levels.competency_id is 'The block or competency.';
comment on column diagnostic_levels.score is 'Mean of the procedures'' scores.';
comment on column diagnostic_levels.level is 'Level by the cut-points.';
comment on column diagnostic_levels.is_deficit is 'Whether the level is a deficit.';
call rost_append_only('diagnostic_levels');

create table deficits (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    competency_id uuid not null references competencies,
    origin text not null constraint deficits_origin_check check (origin in ('diagnostic', 'difficulty')),
    result_id uuid references diagnostic_results,
    level text not null,
    severity smallint not null,
    weight numeric(5, 2) not null,
    job_function text,
    note text,
    state text not null constraint deficits_state_check check (state in ('open', 'addressed', 'closed')),
    opened_on date not null,
    closed_on date,
    closed_by_result_id uuid references diagnostic_results,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint deficits_origin_result_check check ((origin = 'diagnostic') = (result_id is not null)),
    constraint deficits_closed_check check ((state = 'closed') = (closed_on is not null))
);
create unique index deficits_open_key on deficits (person_id, competency_id) where state <> 'closed';
create index deficits_person_idx on deficits (person_id, opened_on desc, id desc);
create index deficits_organization_idx on deficits (organization_id, opened_on desc, id desc);
create index deficits_municipality_idx on deficits (municipality_id, opened_on desc, id desc);
create index deficits_region_idx on deficits (region_id, opened_on desc, id desc);
create index deficits_competency_idx on deficits (competency_id);
create index deficits_result_idx on deficits (result_id);
create index deficits_closed_by_idx on deficits (closed_by_result_id);
comment on table deficits is 'Professional deficits and difficulties of a person (профессиональные дефициты, затруднения).';
comment on column deficits.organization_id is 'The school of the person when the deficit was found.';
comment on column deficits.competency_id is 'The competency that lacks (P4-5).';
comment on column deficits.origin is 'Found by diagnostics, or reported without a test (difficulty).';
comment on column deficits.result_id is 'The result that showed it.';
comment on column deficits.level is 'Level shown.';
comment on column deficits.severity is 'How grave: 1 to 3.';
comment on column deficits.weight is 'Weight of the competency in the instrument.';
comment on column deficits.job_function is 'Job function in which the difficulty shows (P4-5).';
comment on column deficits.note is 'Text of the difficulty.';
comment on column deficits.state is 'open, addressed by a route in force, closed by a repeat diagnostic (P4-12).';
comment on column deficits.opened_on is 'Day it was found.';
comment on column deficits.closed_on is 'Day it was closed.';
comment on column deficits.closed_by_result_id is 'The repeat result that closed it.';
call rost_comment_common('deficits');
