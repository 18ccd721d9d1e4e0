-- A comment may be about a report of a stage, a growth card or a revision of its route (P0-4): these stay once they are
-- written, so what is said of them leads to them for good.

alter table route_comments
    add constraint route_comments_stage_report_fkey foreign key (stage_report_id) references stage_reports,
    add constraint route_comments_growth_card_fkey foreign key (growth_card_id) references growth_cards,
    add constraint route_comments_revision_fkey foreign key (revision_id) references route_revisions;
create index route_comments_stage_report_idx on route_comments (stage_report_id, created_at, id);
create index route_comments_growth_card_idx on route_comments (growth_card_id, created_at, id);
create index route_comments_revision_idx on route_comments (revision_id, created_at, id);
