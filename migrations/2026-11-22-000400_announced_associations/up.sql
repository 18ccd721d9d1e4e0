-- What an announcement names beside programs: associations with their heads, and offerings.

create table announcement_associations (
    announcement_id uuid not null references announcements,
    association_id uuid not null references associations,
    name text not null,
    head_person_id uuid not null references persons,
    constraint announcement_associations_pkey primary key (announcement_id, association_id)
);
create index announcement_associations_association_idx on announcement_associations (association_id);
create index announcement_associations_head_person_idx on announcement_associations (head_person_id);
comment on table announcement_associations is 'Associations an announcement names, with their heads (P3-12).';
comment on column announcement_associations.announcement_id is 'The announcement.';
comment on column announcement_associations.association_id is 'The association.';
comment on column announcement_associations.name is 'Its name on the day of publication.';
comment on column announcement_associations.head_person_id is 'Its head on the day of publication.';

create table announcement_offerings (
    announcement_id uuid not null references announcements,
    offering_id uuid not null references offerings,
    constraint announcement_offerings_pkey primary key (announcement_id, offering_id)
);
create index announcement_offerings_offering_idx on announcement_offerings (offering_id);
comment on table announcement_offerings is 'Offerings an announcement is about: topics beside programs (P3-37).';
comment on column announcement_offerings.announcement_id is 'The announcement.';
comment on column announcement_offerings.offering_id is 'The offering.';
