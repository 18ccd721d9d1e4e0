-- Credit transfers (зачёты): what was learnt at one organization is credited in a program of another by its rule (P4-8).

create table credit_transfers (
    id uuid primary key,
    region_id uuid not null references regions,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    credit_rule_id uuid not null references credit_rules,
    credential_id uuid not null references credentials,
    target_program_id uuid not null references programs,
    target_module_id uuid references program_modules,
    enrollment_id uuid references enrollments,
    hours numeric(6, 1) not null constraint credit_transfers_hours_check check (hours > 0),
    state text not null constraint credit_transfers_state_check check (state in (
        'requested', 'granted', 'refused', 'withdrawn', 'revoked')),
    reason text,
    requested_by uuid not null,
    decided_by uuid references persons,
    decided_at timestamptz,
    revoked_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint credit_transfers_decided_check check (
        (state in ('granted', 'refused', 'revoked')) = (decided_at is not null)),
    constraint credit_transfers_revoked_check check ((state = 'revoked') = (revoked_at is not null)),
    constraint credit_transfers_reason_check check (state not in ('refused', 'revoked') or reason is not null)
);
create unique index credit_transfers_once_key
    on credit_transfers (credential_id, target_program_id, coalesce(target_module_id, target_program_id))
    where state in ('requested', 'granted');
create index credit_transfers_region_idx on credit_transfers (region_id, created_at desc, id desc);
create index credit_transfers_organization_idx on credit_transfers (organization_id, created_at desc, id desc);
create index credit_transfers_person_idx on credit_transfers (person_id, created_at desc, id desc);
create index credit_transfers_rule_idx on credit_transfers (credit_rule_id);
create index credit_transfers_credential_idx on credit_transfers (credential_id);
create index credit_transfers_program_idx on credit_transfers (target_program_id);
create index credit_transfers_module_idx on credit_transfers (target_module_id);
create index credit_transfers_enrollment_idx on credit_transfers (enrollment_id);
create index credit_transfers_decided_by_idx on credit_transfers (decided_by);
comment on table credit_transfers is 'Credit transfers (зачёты): what was learnt, in what it is credited, by which rule (P4-8). Nothing is posted: the hours of the source stand as they are.';
comment on column credit_transfers.organization_id is 'Who credits: the owner of the rule.';
comment on column credit_transfers.credit_rule_id is 'The rule.';
comment on column credit_transfers.credential_id is 'The confirmed document about what was learnt.';
comment on column credit_transfers.target_program_id is 'The program in which it is credited.';
comment on column credit_transfers.target_module_id is 'The module of it; null for the whole program.';
comment on column credit_transfers.enrollment_id is 'The enrollment of the person in that program.';
comment on column credit_transfers.hours is 'Academic hours credited.';
comment on column credit_transfers.state is 'requested, granted, refused, withdrawn or revoked.';
comment on column credit_transfers.reason is 'Why it was refused or revoked.';
comment on column credit_transfers.requested_by is 'The account that asked.';
comment on column credit_transfers.decided_by is 'Who decided last.';
comment on column credit_transfers.decided_at is 'When it was granted or refused.';
comment on column credit_transfers.revoked_at is 'When a granted one was taken back.';
call rost_comment_common('credit_transfers');

-- Standings that are kept for a region rest on what is credited there.
create trigger renew_stamp after update of state on credit_transfers
    for each row when (new.state in ('granted', 'revoked')) execute function rost_renew_region_stamp();
