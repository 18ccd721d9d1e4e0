drop index approval_decisions_removed_idx;
drop index approval_decisions_substitution_idx;
drop index approval_decisions_acting_for_idx;
create index approval_decisions_acting_for_idx on approval_decisions (acting_for);
drop index approval_decisions_person_idx;
create index approval_decisions_person_idx on approval_decisions (person_id);
alter table approval_decisions
    drop constraint approval_decisions_acting_check,
    drop constraint approval_decisions_votes_check,
    drop constraint approval_decisions_meeting_check,
    drop column votes_abstained,
    drop column votes_against,
    drop column votes_for,
    drop column present,
    drop column protocol_number,
    drop column held_on,
    drop column substitution_id,
    drop column subject_version,
    drop constraint approval_decisions_decision_check,
    add constraint approval_decisions_decision_check check (decision in (
        'submit', 'endorse', 'approve', 'consent', 'acknowledge', 'opinion', 'return', 'reject', 'withdraw', 'deadline'));
alter table approval_open_steps drop column reminded_on;
drop index approval_steps_before_idx;
drop index approval_steps_organization_idx;
create index approval_steps_organization_idx on approval_steps (organization_id);
alter table approval_steps
    drop constraint approval_steps_before_fkey,
    drop constraint approval_steps_inserted_check,
    drop constraint approval_steps_council_check,
    drop column inserted_version,
    drop column inserted_before,
    drop column protocol_required,
    drop column council_en,
    drop column council_ru;
comment on column approval_steps.position is 'Order within the parent, from 1.';
drop index approval_requests_submitter_idx;
create index approval_requests_submitter_idx on approval_requests (submitted_by_person_id);
drop index approval_requests_learner_idx;
drop index approval_requests_deadline_idx;
alter table approval_requests drop column deadline_open;
drop table approval_substitutions;
