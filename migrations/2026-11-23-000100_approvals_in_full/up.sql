-- Approvals in full: bodies that decide, steps that a senior inserts, deadlines with an effect, decisions in the name of
-- somebody absent.

create table approval_substitutions (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    substitute_person_id uuid not null references persons,
    role text,
    kind text not null constraint approval_substitutions_kind_check check (kind in ('delegation', 'substitution')),
    starts_on date not null,
    ends_on date not null,
    act_number text,
    act_date date,
    note text,
    created_by uuid not null references accounts,
    revoked_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint approval_substitutions_dates_check check (ends_on >= starts_on and ends_on <= starts_on + 366),
    constraint approval_substitutions_other_check check (substitute_person_id <> person_id),
    constraint approval_substitutions_act_check check ((act_number is null) = (act_date is null))
);
create index approval_substitutions_person_idx on approval_substitutions (person_id, ends_on);
create index approval_substitutions_substitute_idx on approval_substitutions (substitute_person_id, ends_on);
create index approval_substitutions_organization_idx on approval_substitutions (organization_id, starts_on desc, id desc);
create index approval_substitutions_municipality_idx on approval_substitutions (municipality_id, starts_on desc, id desc);
create index approval_substitutions_region_idx on approval_substitutions (region_id, starts_on desc, id desc);
create index approval_substitutions_created_by_idx on approval_substitutions (created_by);
comment on table approval_substitutions is 'Who takes the seats of somebody absent, and when (замещение, передача полномочий).';
comment on column approval_substitutions.organization_id is 'Where the seats are held that are taken.';
comment on column approval_substitutions.person_id is 'The absent one.';
comment on column approval_substitutions.substitute_person_id is 'Who decides in the name of the absent one.';
comment on column approval_substitutions.role is 'The role that is taken; null: every seat the absent one holds at the organization.';
comment on column approval_substitutions.kind is 'A delegation is given by the absent one, a substitution by a superior.';
comment on column approval_substitutions.starts_on is 'First day.';
comment on column approval_substitutions.ends_on is 'Last day.';
comment on column approval_substitutions.act_number is 'Number of the act (приказ).';
comment on column approval_substitutions.act_date is 'Date of the act.';
comment on column approval_substitutions.note is 'Remark.';
comment on column approval_substitutions.created_by is 'Account that gave it.';
comment on column approval_substitutions.revoked_on is 'The day from which it holds no more.';
call rost_comment_common('approval_substitutions');
-- What was decided in the name of somebody stays readable.
revoke delete, truncate on approval_substitutions from rost_runtime;

alter table approval_requests add column deadline_open boolean not null default false;
comment on column approval_requests.deadline_open is 'The deadline of the open step is still to have its effect.';
update approval_requests set deadline_open = true
where step_due_on is not null
  and exists (select from approval_steps s where s.request_id = id and s.position = step and s.at_deadline <> 'nothing');
create index approval_requests_deadline_idx on approval_requests (region_id, step_due_on, id) where deadline_open;
create index approval_requests_learner_idx on approval_requests (region_id, id)
    where state in ('in_review', 'returned') and person_id is not null;
drop index approval_requests_submitter_idx;
create index approval_requests_submitter_idx on approval_requests (submitted_by_person_id, submitted_at desc, id desc);

alter table approval_steps
    add column council_ru text,
    add column council_en text,
    add column protocol_required boolean not null default false,
    add column inserted_before integer,
    add column inserted_version bigint,
    add constraint approval_steps_council_check check (
        (council_ru is null) = (council_en is null) and (council_ru is not null or not protocol_required)),
    add constraint approval_steps_inserted_check check ((inserted_before is null) = (inserted_version is null)),
    add constraint approval_steps_before_fkey foreign key (request_id, inserted_before)
        references approval_steps (request_id, position);
comment on column approval_steps.position is 'The number of the step; an inserted one has the next number that is free.';
comment on column approval_steps.council_ru is 'The body that decides, in Russian; its seat records the decision.';
comment on column approval_steps.council_en is 'The body that decides, in English.';
comment on column approval_steps.protocol_required is 'The decision of the body names its protocol.';
comment on column approval_steps.inserted_before is 'The step before which a senior put this one.';
comment on column approval_steps.inserted_version is 'The version of the request that putting it there led to.';
drop index approval_steps_organization_idx;
create index approval_steps_organization_idx on approval_steps (organization_id, role, request_id);
create index approval_steps_before_idx on approval_steps (request_id, inserted_before) where inserted_before is not null;

alter table approval_open_steps add column reminded_on date;
comment on column approval_open_steps.reminded_on is 'The day on which the seat was reminded of the deadline that had passed.';

alter table approval_decisions
    drop constraint approval_decisions_decision_check,
    add constraint approval_decisions_decision_check check (decision in (
        'submit', 'endorse', 'approve', 'consent', 'acknowledge', 'opinion', 'return', 'reject', 'withdraw', 'deadline',
        'insert', 'remove', 'learner_left', 'subject_ended')),
    add column subject_version bigint,
    add column substitution_id uuid references approval_substitutions,
    add column held_on date,
    add column protocol_number text,
    add column present integer,
    add column votes_for integer,
    add column votes_against integer,
    add column votes_abstained integer,
    add constraint approval_decisions_meeting_check check (
        held_on is not null
        or num_nonnulls(protocol_number, present, votes_for, votes_against, votes_abstained) = 0),
    add constraint approval_decisions_votes_check check (
        num_nonnulls(votes_for, votes_against, votes_abstained) in (0, 3)),
    add constraint approval_decisions_acting_check check ((acting_for is null) = (substitution_id is null));
comment on column approval_decisions.subject_version is 'The version of the subject that was handed in; only of a submission.';
comment on column approval_decisions.substitution_id is 'The substitution in force when it was decided in the name of somebody else.';
comment on column approval_decisions.held_on is 'Day of the meeting of the body that decided.';
comment on column approval_decisions.protocol_number is 'Number of the protocol of the meeting.';
comment on column approval_decisions.present is 'How many of the body were present.';
comment on column approval_decisions.votes_for is 'Votes for.';
comment on column approval_decisions.votes_against is 'Votes against.';
comment on column approval_decisions.votes_abstained is 'Abstentions.';
drop index approval_decisions_person_idx;
create index approval_decisions_person_idx on approval_decisions (person_id, decided_at desc, request_id);
drop index approval_decisions_acting_for_idx;
create index approval_decisions_acting_for_idx on approval_decisions (acting_for, decided_at desc, request_id);
create index approval_decisions_substitution_idx on approval_decisions (substitution_id);
-- Steps that were taken out again: few, and asked for whenever a seat looks for its requests.
create index approval_decisions_removed_idx on approval_decisions (request_id, step) where decision = 'remove';
