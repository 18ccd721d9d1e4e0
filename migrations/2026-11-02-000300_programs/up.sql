-- Programs in full: standards, partners, quality marks, versions, and the review before they enter the registry.

alter table programs
    add column details jsonb not null default '{}',
    add column writers uuid[] not null default '{}',
    drop constraint programs_state_check,
    add constraint programs_state_check check (state in (
        'draft', 'submitted', 'under_review', 'accepted', 'returned', 'rejected')),
    add constraint programs_details_check check (jsonb_typeof(details) = 'object');
create index programs_region_hours_idx on programs (region_id, ((hours * 2)::bigint), title, id);
create index programs_region_price_idx on programs (region_id, (coalesce(price_rubles, 0)::bigint), title, id);
comment on column programs.details is
    'Standards, positions, partners and network form, quality marks, funding, number in the federal registry; one document, read and written as a whole.';
comment on column programs.writers is 'Accounts that wrote the first version: their people neither review the program nor decide on it.';

alter table program_modules
    add column edition integer not null default 1,
    add column current boolean not null default true,
    drop constraint program_modules_position_key,
    add constraint program_modules_position_key unique (program_id, edition, position);
comment on column program_modules.edition is 'The edition of the program it belongs to; modules of older editions stay, for whoever learns by them.';
comment on column program_modules.current is 'Whether that edition is in force.';

create table program_versions (
    id uuid primary key,
    region_id uuid not null references regions,
    program_id uuid not null references programs,
    edition integer not null,
    state text not null constraint program_versions_state_check check (state in (
        'draft', 'submitted', 'under_review', 'returned', 'rejected', 'accepted')),
    content jsonb not null,
    note text,
    writers uuid[] not null,
    submitted_at timestamptz,
    submitted_by uuid,
    decided_at timestamptz,
    decided_by uuid,
    decision_reason text,
    decision_due_on date,
    accepted_on date,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint program_versions_edition_key unique (program_id, edition),
    constraint program_versions_returned_check check (
        state <> 'returned' or (decision_reason is not null and decision_due_on is not null)),
    constraint program_versions_accepted_check check ((state = 'accepted') = (accepted_on is not null))
);
create index program_versions_region_idx on program_versions (region_id);
comment on table program_versions is
    'Versions of programs (редакции программ): accepted ones as they were, and the next one while it is on its way (P2-8).';
comment on column program_versions.program_id is 'The program.';
comment on column program_versions.edition is 'Number of the version, from 1.';
comment on column program_versions.content is 'The program and its modules as this version says.';
comment on column program_versions.note is 'What is new in it, in the words of its author.';
comment on column program_versions.writers is 'Accounts that wrote it.';
comment on column program_versions.submitted_at is 'When it was submitted.';
comment on column program_versions.submitted_by is 'Account that submitted it.';
comment on column program_versions.decided_at is 'When it was decided.';
comment on column program_versions.decided_by is 'Account that decided.';
comment on column program_versions.decision_reason is 'Why it was returned or rejected.';
comment on column program_versions.decision_due_on is 'Until when a returned version is to be mended.';
comment on column program_versions.accepted_on is 'Day it was accepted by the clock of the region.';
call rost_comment_common('program_versions');

create function rost_keep_accepted_version() returns trigger
    language plpgsql as
$$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = 'an accepted version of a program stays as it is',
        constraint = 'program_versions_append_only';
end
$$;
comment on function rost_keep_accepted_version() is 'Refuses every change of an accepted version.';
create trigger keep_accepted before update or delete on program_versions
    for each row when (old.state = 'accepted') execute function rost_keep_accepted_version();

create table review_sheets (
    id uuid primary key,
    region_id uuid not null references regions,
    kind text not null constraint review_sheets_kind_check check (kind in ('professional_public', 'keeper')),
    title text not null,
    pass_score integer not null constraint review_sheets_pass_score_range check (pass_score between 0 and 10000),
    retired boolean not null default false,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint review_sheets_title_key unique (region_id, title)
);
comment on table review_sheets is 'Sheets of criteria a region reviews programs by (листы экспертной оценки).';
comment on column review_sheets.kind is 'Professional and public review, or the check of the keeper of the registry.';
comment on column review_sheets.pass_score is 'The least sum of scores with which a program may be recommended.';
comment on column review_sheets.retired is 'No new review uses it.';
call rost_comment_common('review_sheets');

create table review_criteria (
    id uuid primary key,
    sheet_id uuid not null references review_sheets,
    position integer not null,
    title text not null,
    max_score integer not null constraint review_criteria_max_score_range check (max_score between 1 and 100),
    remark_below integer constraint review_criteria_remark_below_range check (remark_below between 0 and 100),
    constraint review_criteria_position_key unique (sheet_id, position)
);
comment on table review_criteria is 'Criteria of a sheet: rows of the region, not a list in the code (критерии экспертизы).';
comment on column review_criteria.sheet_id is 'The sheet.';
comment on column review_criteria.max_score is 'The highest score.';
comment on column review_criteria.remark_below is 'A score below this one needs a remark.';
call rost_comment_common('review_criteria');

create table program_reviews (
    id uuid primary key,
    region_id uuid not null references regions,
    program_id uuid not null references programs,
    edition integer not null,
    submitted_at timestamptz not null,
    organization_id uuid not null references organizations,
    municipality_id uuid references organizations,
    sheet_id uuid not null references review_sheets,
    person_id uuid not null references persons,
    state text not null constraint program_reviews_state_check check (state in ('assigned', 'completed', 'withdrawn')),
    due_on date,
    verdict text constraint program_reviews_verdict_check check (verdict in ('recommend', 'return', 'reject')),
    score integer,
    conclusion text,
    rework_due_on date,
    reason text,
    assigned_by uuid not null,
    completed_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint program_reviews_completed_check check (
        (state = 'completed') = (verdict is not null and score is not null and completed_at is not null)),
    constraint program_reviews_return_check check (verdict is distinct from 'return' or rework_due_on is not null)
);
create unique index program_reviews_reviewer_key on program_reviews (program_id, submitted_at, person_id, sheet_id)
    where state <> 'withdrawn';
create index program_reviews_region_idx on program_reviews (region_id, id);
create index program_reviews_person_idx on program_reviews (person_id, id);
create index program_reviews_organization_idx on program_reviews (organization_id);
create index program_reviews_municipality_idx on program_reviews (municipality_id);
create index program_reviews_sheet_idx on program_reviews (sheet_id);
comment on table program_reviews is 'Reviews of programs before they enter the registry (экспертиза программ, P2-22).';
comment on column program_reviews.program_id is 'The program.';
comment on column program_reviews.edition is 'The version that is reviewed.';
comment on column program_reviews.submitted_at is 'The submission that is reviewed: a program handed in again is reviewed again.';
comment on column program_reviews.organization_id is 'The provider of the program.';
comment on column program_reviews.municipality_id is 'The municipal authority of the provider; null directly under the region.';
comment on column program_reviews.sheet_id is 'The sheet it is judged by.';
comment on column program_reviews.person_id is 'The reviewer.';
comment on column program_reviews.due_on is 'Until when the review is expected.';
comment on column program_reviews.verdict is 'What the reviewer proposes.';
comment on column program_reviews.score is 'Sum of the scores.';
comment on column program_reviews.conclusion is 'The reviewer''s conclusion in words.';
comment on column program_reviews.rework_due_on is 'Until when the program is to be mended, as the reviewer proposes.';
comment on column program_reviews.reason is 'Why it was withdrawn.';
comment on column program_reviews.assigned_by is 'Account that assigned the reviewer.';
comment on column program_reviews.completed_at is 'When it was completed.';
call rost_comment_common('program_reviews');

create table program_review_scores (
    review_id uuid not null references program_reviews,
    criterion_id uuid not null references review_criteria,
    score integer not null constraint program_review_scores_score_range check (score between 0 and 100),
    remark text,
    constraint program_review_scores_pkey primary key (review_id, criterion_id)
);
create index program_review_scores_criterion_idx on program_review_scores (criterion_id);
comment on table program_review_scores is 'Scores of a completed review, one for each criterion.';
comment on column program_review_scores.review_id is 'The review.';
comment on column program_review_scores.criterion_id is 'The criterion.';
comment on column program_review_scores.score is 'The score, from 0 to the highest of the criterion.';
comment on column program_review_scores.remark is 'The remark.';
call rost_append_only('program_review_scores');
