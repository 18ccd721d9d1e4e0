-- Proposals of routes for many people at once: a job names the people, and they are taken one after the other.

create table route_proposal_jobs (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    asked jsonb not null,
    create_drafts boolean not null,
    people integer not null constraint route_proposal_jobs_people_check check (people >= 0),
    state text not null constraint route_proposal_jobs_state_check check (state in ('running', 'finished', 'cancelled')),
    requested_by uuid not null references accounts,
    finished_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint route_proposal_jobs_finished_check check ((state = 'running') = (finished_at is null))
);
create index route_proposal_jobs_region_idx on route_proposal_jobs (region_id, created_at desc, id desc);
create index route_proposal_jobs_municipality_idx on route_proposal_jobs (municipality_id, created_at desc, id desc);
create index route_proposal_jobs_organization_idx on route_proposal_jobs (organization_id, created_at desc, id desc);
create index route_proposal_jobs_requested_by_idx on route_proposal_jobs (requested_by);
create index route_proposal_jobs_running_idx on route_proposal_jobs (created_at, id) where state = 'running';
comment on table route_proposal_jobs is 'Proposals of routes for many people at once, from what diagnostics showed (P4-36).';
comment on column route_proposal_jobs.organization_id is 'Whose people: a school, a municipal authority or a ministry.';
comment on column route_proposal_jobs.asked is 'Term and wishes, the same for everybody.';
comment on column route_proposal_jobs.create_drafts is 'Whether each proposal is put into a draft at once.';
comment on column route_proposal_jobs.people is 'How many people it is about.';
comment on column route_proposal_jobs.requested_by is 'The account that asked, in whose name it is done.';
comment on column route_proposal_jobs.finished_at is 'When nobody was left, or when it was called off.';
call rost_comment_common('route_proposal_jobs');

create table route_proposal_job_people (
    job_id uuid not null references route_proposal_jobs,
    person_id uuid not null references persons,
    organization_id uuid not null references organizations,
    position integer not null,
    state text not null constraint route_proposal_job_people_state_check check (state in (
        'waiting', 'proposed', 'drafted', 'nothing_to_do', 'refused')),
    route_id uuid references routes,
    proposal jsonb,
    problems jsonb not null default '[]',
    done_at timestamptz,
    primary key (job_id, person_id),
    constraint route_proposal_job_people_position_key unique (job_id, position),
    constraint route_proposal_job_people_done_check check ((state = 'waiting') = (done_at is null)),
    constraint route_proposal_job_people_proposal_check check (state <> 'proposed' or proposal is not null),
    constraint route_proposal_job_people_route_check check ((state = 'drafted') = (route_id is not null))
);
create index route_proposal_job_people_person_idx on route_proposal_job_people (person_id);
create index route_proposal_job_people_organization_idx on route_proposal_job_people (organization_id);
create index route_proposal_job_people_route_idx on route_proposal_job_people (route_id);
create index route_proposal_job_people_waiting_idx on route_proposal_job_people (job_id, position) where state = 'waiting';
comment on table route_proposal_job_people is 'The people of such a job, and what became of each.';
comment on column route_proposal_job_people.job_id is 'The job.';
comment on column route_proposal_job_people.organization_id is 'The school the route would belong to.';
comment on column route_proposal_job_people.position is 'The order in which they are taken.';
comment on column route_proposal_job_people.state is 'What became of it.';
comment on column route_proposal_job_people.route_id is 'The draft that was created.';
comment on column route_proposal_job_people.proposal is 'What was proposed, as it was shown that day.';
comment on column route_proposal_job_people.problems is 'Why it was refused.';
comment on column route_proposal_job_people.done_at is 'When the person was taken.';
call rost_comment_common('route_proposal_job_people');
