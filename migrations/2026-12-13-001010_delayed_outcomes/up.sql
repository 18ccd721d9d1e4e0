-- Delayed outcomes of training: what lessons and pupils' results show months after it (P2-38).

create table delayed_outcomes (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    regulation_id uuid not null references regulations,
    enrollment_id uuid not null references enrollments,
    method text not null constraint delayed_outcomes_method_check check (method in ('lesson_visit', 'pupil_results')),
    held_on date not null,
    due_on date not null,
    conclusion text not null,
    recorded_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null
);
create index delayed_outcomes_region_idx on delayed_outcomes (region_id, held_on desc, id desc);
create index delayed_outcomes_municipality_idx on delayed_outcomes (municipality_id, held_on desc, id desc);
create index delayed_outcomes_organization_idx on delayed_outcomes (organization_id, held_on desc, id desc);
create index delayed_outcomes_person_idx on delayed_outcomes (person_id, held_on desc, id desc);
create index delayed_outcomes_regulation_idx on delayed_outcomes (regulation_id);
create index delayed_outcomes_enrollment_idx on delayed_outcomes (enrollment_id, held_on desc, id desc);
create trigger place before insert or update of organization_id on delayed_outcomes
    for each row execute function rost_place('organization_id');
comment on table delayed_outcomes is 'Delayed outcomes of training (отсроченные результаты, P2-38). Written once.';
comment on column delayed_outcomes.organization_id is 'The school the person came from.';
comment on column delayed_outcomes.person_id is 'Who was trained.';
comment on column delayed_outcomes.regulation_id is 'The regulation it was recorded under.';
comment on column delayed_outcomes.enrollment_id is 'The completed training.';
comment on column delayed_outcomes.method is 'lesson_visit or pupil_results.';
comment on column delayed_outcomes.held_on is 'Day of the visit, or of the results.';
comment on column delayed_outcomes.due_on is 'Day it was due by the regulation.';
comment on column delayed_outcomes.conclusion is 'What was found.';
comment on column delayed_outcomes.recorded_by is 'The account that recorded it.';
call rost_comment_common('delayed_outcomes');
