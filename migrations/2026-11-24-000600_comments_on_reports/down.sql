drop index route_comments_revision_idx;
drop index route_comments_growth_card_idx;
drop index route_comments_stage_report_idx;
alter table route_comments
    drop constraint route_comments_revision_fkey,
    drop constraint route_comments_growth_card_fkey,
    drop constraint route_comments_stage_report_fkey;
