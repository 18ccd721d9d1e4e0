drop index audit_events_feed_idx;
alter table audit_events
    drop column xid,
    drop column municipality_ids,
    drop column unit_ids,
    drop column about_person_id,
    drop column removed_kind,
    drop column removed_id;
drop function rost_begin_change_epoch(), rost_change_horizon(), rost_change_base();
