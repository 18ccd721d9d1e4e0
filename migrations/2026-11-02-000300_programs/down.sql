drop table program_review_scores, program_reviews, review_criteria, review_sheets, program_versions;
drop function rost_keep_accepted_version();
drop index programs_region_hours_idx, programs_region_price_idx;
delete from program_modules where not current;
alter table program_modules
    drop constraint program_modules_position_key,
    drop column edition,
    drop column current,
    add constraint program_modules_position_key unique (program_id, position);
update programs set state = 'submitted' where state = 'under_review';
alter table programs
    drop constraint programs_state_check,
    add constraint programs_state_check check (state in ('draft', 'submitted', 'accepted', 'returned', 'rejected')),
    drop column details,
    drop column writers;
