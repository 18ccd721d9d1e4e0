-- A consultation may be about a route of the person who was consulted (P1-13, P1-49, P4-38).

alter table consultations
    add column route_id uuid references routes,
    add constraint consultations_route_person_check check (route_id is null or person_id is not null);
create index consultations_route_idx on consultations (route_id, held_on desc, id desc);
comment on column consultations.route_id is 'The route of that person it was about.';
