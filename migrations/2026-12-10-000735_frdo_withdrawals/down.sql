-- What was withdrawn counts as not taken.
update frdo_packages set state = 'rejected', answered_on = updated_at::date where state = 'withdrawn';
alter table frdo_packages
    drop constraint frdo_packages_state_check,
    drop constraint frdo_packages_answer_check,
    drop constraint frdo_packages_note_check,
    add constraint frdo_packages_state_check check (state in ('formed', 'accepted', 'rejected')),
    add constraint frdo_packages_answer_check check ((state = 'formed') = (answered_on is null)),
    add constraint frdo_packages_note_check check (state <> 'rejected' or note is not null);
comment on column frdo_packages.state is 'formed, accepted or rejected.';
comment on column frdo_packages.note is 'What the register said.';
