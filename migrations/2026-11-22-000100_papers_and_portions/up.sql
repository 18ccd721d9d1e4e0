-- An annulled paper opens the activity again that it had completed; what is worth nothing any more is swept away.

alter table route_activities
    add column completed_by_credential_id uuid references credentials,
    add constraint route_activities_completed_by_check
        check (completed_by_credential_id is null or state = 'completed');
create index route_activities_completed_by_idx on route_activities (completed_by_credential_id);
comment on column route_activities.completed_by_credential_id is
    'The confirmed paper that completed it; annulling the paper opens the activity again.';

create index refresh_tokens_expires_idx on refresh_tokens (expires_at);
