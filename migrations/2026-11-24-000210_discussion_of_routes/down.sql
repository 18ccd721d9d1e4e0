drop table consultation_deficits;
alter table consultations
    drop constraint consultations_kind_check,
    add constraint consultations_kind_check check (kind in ('methodical', 'supplier_support', 'card_keeping'));
drop table route_support_records;
drop table route_hearings;
drop table route_suggestions;
drop table route_comments;
