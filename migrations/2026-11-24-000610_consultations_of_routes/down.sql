drop index consultations_route_idx;
alter table consultations
    drop constraint consultations_route_person_check,
    drop column route_id;
