-- Approval requests: the chain frozen at submission, decisions as a log.

create table approval_requests (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    learner_agreed boolean not null,
    both_sides boolean not null,
    subject_kind text not null,
    subject_id uuid not null,
    title text not null,
    regulation_id uuid not null references regulations,
    state text not null constraint approval_requests_state_check check (state in (
        'in_review', 'returned', 'approved', 'rejected', 'withdrawn', 'lapsed')),
    round integer not null,
    step integer,
    step_due_on date,
    submitted_by uuid not null,
    submitted_by_person_id uuid references persons,
    submitted_at timestamptz not null,
    return_reason text,
    return_due_on date,
    closed_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint approval_requests_step_check check ((state = 'in_review') = (step is not null)),
    constraint approval_requests_due_check check (step is not null or step_due_on is null),
    constraint approval_requests_return_check check (
        state <> 'returned' or (return_reason is not null and return_due_on is not null)),
    constraint approval_requests_closed_check check (
        (state in ('approved', 'rejected', 'withdrawn', 'lapsed')) = (closed_at is not null))
);
create unique index approval_requests_open_key on approval_requests (subject_kind, subject_id)
    where state in ('in_review', 'returned');
create index approval_requests_subject_idx on approval_requests (subject_id);
create index approval_requests_person_idx on approval_requests (person_id, submitted_at desc, id desc);
create index approval_requests_organization_idx on approval_requests (organization_id, submitted_at desc, id desc);
create index approval_requests_municipality_idx on approval_requests (municipality_id, submitted_at desc, id desc);
create index approval_requests_region_idx on approval_requests (region_id, submitted_at desc, id desc);
create index approval_requests_regulation_idx on approval_requests (regulation_id);
create index approval_requests_submitter_idx on approval_requests (submitted_by_person_id);
comment on table approval_requests is 'Requests for approval (согласование, утверждение).';
comment on column approval_requests.organization_id is 'The organization the subject belongs to.';
comment on column approval_requests.person_id is 'The learner, if the subject is about one.';
comment on column approval_requests.learner_agreed is 'The learner''s own mark "agreed" stands on the subject (P4-11).';
comment on column approval_requests.both_sides is 'The learner and an organization must both have agreed (P0-6).';
comment on column approval_requests.subject_kind is 'What is to be approved: route, route_revision, plan, …';
comment on column approval_requests.subject_id is 'Which one.';
comment on column approval_requests.regulation_id is 'The regulation the case started under and stays under.';
comment on column approval_requests.state is 'A cache of the decisions.';
comment on column approval_requests.round is 'Round of review, from 1; each resubmission begins the next.';
comment on column approval_requests.step is 'Position of the open step.';
comment on column approval_requests.step_due_on is 'Last day of the open step.';
comment on column approval_requests.submitted_by is 'Account that submitted.';
comment on column approval_requests.submitted_by_person_id is 'Person who submitted.';
comment on column approval_requests.submitted_at is 'When it was first submitted.';
comment on column approval_requests.return_reason is 'Why it was returned for rework (P0-42).';
comment on column approval_requests.return_due_on is 'Until when the rework is to be done (P0-42).';
comment on column approval_requests.closed_at is 'When it came to its end.';
call rost_comment_common('approval_requests');

create table approval_steps (
    request_id uuid not null references approval_requests,
    position integer not null,
    key text not null,
    kind text not null constraint approval_steps_kind_check check (kind in (
        'endorse', 'approve', 'discuss', 'consent', 'acknowledge')),
    actor text not null constraint approval_steps_actor_check check (actor in ('learner', 'role')),
    role text,
    organization_id uuid references organizations,
    association_id uuid references associations,
    blocking boolean not null,
    skipped boolean not null,
    act_required boolean not null,
    text_required boolean not null,
    may_return boolean not null,
    taken_by_submission boolean not null,
    deadline_days integer,
    deadline_unit text constraint approval_steps_unit_check check (deadline_unit in ('calendar', 'working')),
    at_deadline text not null constraint approval_steps_deadline_check check (at_deadline in (
        'remind', 'escalate', 'lapse', 'nothing')),
    paragraph text,
    constraint approval_steps_pkey primary key (request_id, position),
    constraint approval_steps_actor_role_check check ((actor = 'role') = (role is not null)),
    constraint approval_steps_place_check check (
        skipped or num_nonnulls(organization_id, association_id) = case actor when 'role' then 1 else 0 end),
    constraint approval_steps_deadline_days_check check ((deadline_days is null) = (deadline_unit is null))
);
create index approval_steps_organization_idx on approval_steps (organization_id);
create index approval_steps_association_idx on approval_steps (association_id);
comment on table approval_steps is 'The chain of a request, frozen at submission.';
comment on column approval_steps.request_id is 'The request.';
comment on column approval_steps.key is 'Stable name of the step in the regulation.';
comment on column approval_steps.kind is 'Endorse, approve, discuss (does not block), consent of the learner, acknowledge.';
comment on column approval_steps.actor is 'The learner, or whoever holds a role.';
comment on column approval_steps.role is 'The role that decides.';
comment on column approval_steps.organization_id is 'The organization at which the role must be held.';
comment on column approval_steps.association_id is 'The association whose head decides.';
comment on column approval_steps.blocking is 'The next step waits for this one.';
comment on column approval_steps.skipped is 'Passed over, because nobody but the learner held the role on the day of submission.';
comment on column approval_steps.text_required is 'The decision needs words, also when positive.';
comment on column approval_steps.may_return is 'The step may return the subject for rework.';
comment on column approval_steps.taken_by_submission is 'Submitting takes the step if the submitter sits at it.';
comment on column approval_steps.act_required is 'The decision needs number and date of an act (P1-29).';
comment on column approval_steps.deadline_days is 'Days for the decision, from the opening of the step.';
comment on column approval_steps.deadline_unit is 'Calendar or working days.';
comment on column approval_steps.at_deadline is 'What happens when the deadline passes.';
comment on column approval_steps.paragraph is 'Paragraph of the regulation.';
call rost_comment_common('approval_steps');
call rost_append_only('approval_steps');

create table approval_open_steps (
    request_id uuid not null references approval_requests,
    position integer not null,
    organization_id uuid references organizations,
    role text,
    association_id uuid references associations,
    person_id uuid references persons,
    opened_at timestamptz not null,
    due_on date,
    constraint approval_open_steps_pkey primary key (request_id, position),
    constraint approval_open_steps_seat_check check (num_nonnulls(organization_id, association_id, person_id) = 1)
);
create index approval_open_steps_seat_idx on approval_open_steps (organization_id, role, opened_at);
create index approval_open_steps_association_idx on approval_open_steps (association_id, opened_at);
create index approval_open_steps_person_idx on approval_open_steps (person_id, opened_at);
comment on table approval_open_steps is 'Steps that wait for a decision now: the inbox. A cache of the decisions.';
comment on column approval_open_steps.request_id is 'The request.';
comment on column approval_open_steps.organization_id is 'The organization at which the role must be held.';
comment on column approval_open_steps.role is 'The role that decides.';
comment on column approval_open_steps.association_id is 'The association whose head decides.';
comment on column approval_open_steps.person_id is 'The learner, where the step is his or hers.';
comment on column approval_open_steps.opened_at is 'Since when the step waits.';
comment on column approval_open_steps.due_on is 'Last day for the decision.';
call rost_comment_common('approval_open_steps');

create table approval_decisions (
    id uuid primary key,
    request_id uuid not null references approval_requests,
    version bigint not null,
    round integer not null,
    step integer,
    decision text not null constraint approval_decisions_decision_check check (decision in (
        'submit', 'endorse', 'approve', 'consent', 'acknowledge', 'opinion', 'return', 'reject', 'withdraw', 'deadline')),
    decided_by uuid,
    person_id uuid references persons,
    acting_for uuid references persons,
    role text,
    note text,
    due_on date,
    act_number text,
    act_date date,
    taken integer[] not null default '{}',
    decided_on date not null,
    decided_at timestamptz not null,
    constraint approval_decisions_version_key unique (request_id, version),
    constraint approval_decisions_act_check check ((act_number is null) = (act_date is null))
);
create unique index approval_decisions_step_key on approval_decisions (request_id, round, step)
    where decision in ('endorse', 'approve', 'consent', 'acknowledge');
create index approval_decisions_person_idx on approval_decisions (person_id);
create index approval_decisions_acting_for_idx on approval_decisions (acting_for);
comment on table approval_decisions is 'Decisions, append-only: the truth of a request.';
comment on column approval_decisions.request_id is 'The request.';
comment on column approval_decisions.version is 'The version of the request that it led to; orders the decisions.';
comment on column approval_decisions.round is 'Round of review.';
comment on column approval_decisions.step is 'The step decided; null for submission and withdrawal.';
comment on column approval_decisions.decision is 'What was decided.';
comment on column approval_decisions.decided_by is 'Account; null for the deadline sweep.';
comment on column approval_decisions.person_id is 'Person behind the account.';
comment on column approval_decisions.acting_for is 'The absent person acted for.';
comment on column approval_decisions.role is 'Role in which the decision was taken.';
comment on column approval_decisions.note is 'Remark, opinion or reason.';
comment on column approval_decisions.due_on is 'Until when the rework is to be done.';
comment on column approval_decisions.act_number is 'Number of the act (приказ).';
comment on column approval_decisions.act_date is 'Date of the act.';
comment on column approval_decisions.taken is 'Steps that a submission took, because its submitter sits at them.';
comment on column approval_decisions.decided_on is 'The region''s date of it.';
comment on column approval_decisions.decided_at is 'When.';
call rost_comment_common('approval_decisions');
call rost_append_only('approval_decisions');
