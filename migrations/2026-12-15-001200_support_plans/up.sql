-- Support between courses: plans that school and methodical service make together for each completed training (P2-28), and
-- proposals of the operator that services accept into plans (P2-31).

create table support_plans (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    regulation_id uuid not null references regulations,
    enrollment_id uuid not null constraint support_plans_enrollment_key unique references enrollments,
    service_id uuid not null references organizations,
    goals text not null,
    starts_on date not null,
    ends_on date not null,
    state text not null constraint support_plans_state_check check (state in ('draft', 'agreed', 'completed')),
    school_endorsed_on date,
    school_endorsed_by uuid,
    service_endorsed_on date,
    service_endorsed_by uuid,
    completed_on date,
    conclusion text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint support_plans_dates_check check (ends_on >= starts_on),
    constraint support_plans_sides_check check (
        (school_endorsed_on is null) = (school_endorsed_by is null)
        and (service_endorsed_on is null) = (service_endorsed_by is null)
        and (state = 'draft') = (school_endorsed_on is null or service_endorsed_on is null)),
    constraint support_plans_completed_check check (
        (state = 'completed') = (completed_on is not null) and (completed_on is null) = (conclusion is null))
);
create index support_plans_region_idx on support_plans (region_id, created_at desc, id desc);
create index support_plans_municipality_idx on support_plans (municipality_id, created_at desc, id desc);
create index support_plans_organization_idx on support_plans (organization_id, created_at desc, id desc);
create index support_plans_person_idx on support_plans (person_id, created_at desc, id desc);
create index support_plans_service_idx on support_plans (service_id, created_at desc, id desc);
create index support_plans_regulation_idx on support_plans (regulation_id);
create trigger place before insert or update of organization_id on support_plans
    for each row execute function rost_place('organization_id');
comment on table support_plans is 'Plans of support between courses (планы методического сопровождения, P2-28), one for each completed training.';
comment on column support_plans.organization_id is 'The school the person came from.';
comment on column support_plans.person_id is 'Who is supported.';
comment on column support_plans.regulation_id is 'The regulation it was begun under.';
comment on column support_plans.enrollment_id is 'The completed training.';
comment on column support_plans.service_id is 'The methodical service: the municipal centre, or the school itself.';
comment on column support_plans.goals is 'What the support is for.';
comment on column support_plans.starts_on is 'First day.';
comment on column support_plans.ends_on is 'Last day.';
comment on column support_plans.state is 'draft, agreed by both authors, or completed.';
comment on column support_plans.school_endorsed_on is 'Day the school agreed to it as it stands.';
comment on column support_plans.school_endorsed_by is 'The account that agreed for the school.';
comment on column support_plans.service_endorsed_on is 'Day the service agreed to it as it stands.';
comment on column support_plans.service_endorsed_by is 'The account that agreed for the service.';
comment on column support_plans.completed_on is 'Day it was completed.';
comment on column support_plans.conclusion is 'What the support led to.';
call rost_comment_common('support_plans');

create index enrollments_completed_region_idx on enrollments (region_id, ended_on, id) where state = 'completed';
create index enrollments_completed_municipality_idx on enrollments (municipality_id, ended_on, id)
    where state = 'completed';
create index enrollments_completed_organization_idx on enrollments (organization_id, ended_on, id)
    where state = 'completed';

create table support_proposals (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    proposed_by_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    offering_id uuid not null references offerings,
    text text not null,
    state text not null constraint support_proposals_state_check check (state in ('proposed', 'accepted', 'refused')),
    decided_on date,
    reason text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint support_proposals_decided_check check (
        (state = 'proposed') = (decided_on is null) and (state = 'refused') = (reason is not null))
);
create index support_proposals_region_idx on support_proposals (region_id, created_at desc, id desc);
create index support_proposals_municipality_idx on support_proposals (municipality_id, created_at desc, id desc);
create index support_proposals_organization_idx on support_proposals (organization_id, created_at desc, id desc);
create index support_proposals_proposed_idx on support_proposals (proposed_by_id);
create index support_proposals_regulation_idx on support_proposals (regulation_id);
create index support_proposals_offering_idx on support_proposals (offering_id, created_at desc, id desc);
create trigger place before insert or update of organization_id on support_proposals
    for each row execute function rost_place('organization_id');
comment on table support_proposals is 'Proposals of support after training to methodical services (предложения методическим службам, P2-31).';
comment on column support_proposals.organization_id is 'The methodical service it is addressed to.';
comment on column support_proposals.proposed_by_id is 'Who proposes.';
comment on column support_proposals.regulation_id is 'The regulation it was made under.';
comment on column support_proposals.offering_id is 'The group: the offering whose learners are to be supported.';
comment on column support_proposals.text is 'What is proposed.';
comment on column support_proposals.state is 'proposed, accepted or refused.';
comment on column support_proposals.decided_on is 'Day the service decided.';
comment on column support_proposals.reason is 'Why it was refused.';
call rost_comment_common('support_proposals');

create table support_proposal_people (
    proposal_id uuid not null references support_proposals,
    enrollment_id uuid not null references enrollments,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    plan_id uuid references support_plans,
    constraint support_proposal_people_pkey primary key (proposal_id, enrollment_id)
);
create index support_proposal_people_region_idx on support_proposal_people (region_id);
create index support_proposal_people_enrollment_idx on support_proposal_people (enrollment_id);
create index support_proposal_people_person_idx on support_proposal_people (person_id);
create index support_proposal_people_plan_idx on support_proposal_people (plan_id);
comment on table support_proposal_people is 'Whom a proposal is for, and the plans it was accepted into.';
comment on column support_proposal_people.proposal_id is 'The proposal.';
comment on column support_proposal_people.enrollment_id is 'The completed training.';
comment on column support_proposal_people.person_id is 'Who completed it.';
comment on column support_proposal_people.plan_id is 'The plan of support that took it over; null until it is accepted.';
call rost_comment_common('support_proposal_people');
