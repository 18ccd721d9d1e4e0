-- A package that the register never answers is withdrawn by its issuer: its documents go again.

alter table frdo_packages
    drop constraint frdo_packages_state_check,
    drop constraint frdo_packages_answer_check,
    drop constraint frdo_packages_note_check,
    add constraint frdo_packages_state_check check (state in ('formed', 'accepted', 'rejected', 'withdrawn')),
    add constraint frdo_packages_answer_check check ((state in ('formed', 'withdrawn')) = (answered_on is null)),
    add constraint frdo_packages_note_check check (state not in ('rejected', 'withdrawn') or note is not null);
comment on column frdo_packages.state is 'formed, accepted, rejected or withdrawn.';
comment on column frdo_packages.note is 'What the register said, or why the package was withdrawn.';
