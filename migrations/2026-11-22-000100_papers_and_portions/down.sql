drop index refresh_tokens_expires_idx;
alter table route_activities
    drop constraint route_activities_completed_by_check,
    drop column completed_by_credential_id;
