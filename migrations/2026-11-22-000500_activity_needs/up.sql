-- A line of a route names the needs it answers, as it names deficits.

create table activity_needs (
    activity_id uuid not null references route_activities on delete cascade,
    need_id uuid not null references needs,
    constraint activity_needs_pkey primary key (activity_id, need_id)
);
create index activity_needs_need_idx on activity_needs (need_id);
comment on table activity_needs is 'Which needs an activity answers (P0-11).';
comment on column activity_needs.activity_id is 'The activity.';
comment on column activity_needs.need_id is 'The need.';
