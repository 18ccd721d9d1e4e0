drop table audit_events, idempotency_keys, regions;
drop procedure rost_comment_common(regclass);
drop procedure rost_append_only(regclass);
drop function rost_refuse_change();
alter default privileges in schema public revoke usage, select on sequences from rost_runtime;
alter default privileges in schema public revoke select, insert, update, delete on tables from rost_runtime;
revoke usage on schema public from rost_runtime;
-- The role belongs to the whole cluster and may be in use by another database: it stays.
drop extension pg_trgm;
