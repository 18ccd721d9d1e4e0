drop table route_versions;
drop table route_revisions;
drop table route_petitions;
