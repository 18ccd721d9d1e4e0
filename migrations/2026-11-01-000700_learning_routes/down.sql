drop table route_participants, activity_deficits, route_activities, route_stages, route_notes, routes;
