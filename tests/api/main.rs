//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod announcements;
#[cfg(test)]
mod application_races;
#[cfg(test)]
mod applications;
#[cfg(test)]
mod approval_councils;
#[cfg(test)]
mod approval_deadlines;
#[cfg(test)]
mod approval_departures;
#[cfg(test)]
mod approval_histories;
#[cfg(test)]
mod approval_insertions;
#[cfg(test)]
mod approval_many;
#[cfg(test)]
mod approval_races;
#[cfg(test)]
mod approval_seats;
#[cfg(test)]
mod approval_substitutions;
#[cfg(test)]
mod approval_under_way;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod approvals_five;
#[cfg(test)]
mod associations;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod collecting;
#[cfg(test)]
mod compliance;
#[cfg(test)]
mod conflicts_of_interest;
#[cfg(test)]
mod consultations;
#[cfg(test)]
mod contracts;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod credit_book_flags;
#[cfg(test)]
mod credit_books;
#[cfg(test)]
mod credit_rules;
#[cfg(test)]
mod credit_transfers;
#[cfg(test)]
mod deficit_history;
#[cfg(test)]
mod deficits;
#[cfg(test)]
mod derived_etags;
#[cfg(test)]
mod diagnostic_campaigns;
#[cfg(test)]
mod diagnostic_imports;
#[cfg(test)]
mod diagnostic_report;
#[cfg(test)]
mod diagnostic_results;
#[cfg(test)]
mod directions;
#[cfg(test)]
mod employments;
#[cfg(test)]
mod enrollments;
#[cfg(test)]
mod enrollments_seen;
#[cfg(test)]
mod findings;
#[cfg(test)]
mod frameworks;
#[cfg(test)]
mod frameworks_case;
#[cfg(test)]
mod growth_cards;
#[cfg(test)]
mod hours_balance;
#[cfg(test)]
mod http_bodies;
#[cfg(test)]
mod http_matrix;
#[cfg(test)]
mod http_protocol;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod import_races;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod imports_long;
#[cfg(test)]
mod informing;
#[cfg(test)]
mod instrument_versions;
#[cfg(test)]
mod instruments;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod mastery;
#[cfg(test)]
mod needs;
#[cfg(test)]
mod offerings;
#[cfg(test)]
mod offerings_life;
#[cfg(test)]
mod organizations;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod pointers;
#[cfg(test)]
mod present_employment;
#[cfg(test)]
mod program_reviews;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod programs_under_regulations;
#[cfg(test)]
mod provider_eligibility;
#[cfg(test)]
mod recommendations;
#[cfg(test)]
mod regions;
#[cfg(test)]
mod registry_entries;
#[cfg(test)]
mod registry_publications;
#[cfg(test)]
mod registry_revisions;
#[cfg(test)]
mod registry_rights;
#[cfg(test)]
mod regulation_facts;
#[cfg(test)]
mod regulations;
#[cfg(test)]
mod relocations;
#[cfg(test)]
mod role_assignments;
#[cfg(test)]
mod route_cards;
#[cfg(test)]
mod route_categories;
#[cfg(test)]
mod route_comments;
#[cfg(test)]
mod route_controls;
#[cfg(test)]
mod route_documents;
#[cfg(test)]
mod route_groups;
#[cfg(test)]
mod route_hearings;
#[cfg(test)]
mod route_people;
#[cfg(test)]
mod route_proposal_jobs;
#[cfg(test)]
mod route_proposals;
#[cfg(test)]
mod route_report;
#[cfg(test)]
mod route_stages;
#[cfg(test)]
mod route_suggestions;
#[cfg(test)]
mod route_support;
#[cfg(test)]
mod route_templates;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod routes_contents;
#[cfg(test)]
mod routes_fulfilment;
#[cfg(test)]
mod routes_life;
#[cfg(test)]
mod routes_links;
#[cfg(test)]
mod routes_of_heads;
#[cfg(test)]
mod routes_p0;
#[cfg(test)]
mod routes_p1;
#[cfg(test)]
mod routes_p4;
#[cfg(test)]
mod routes_revisions;
#[cfg(test)]
mod routes_rules;
#[cfg(test)]
mod six_organizations;
#[cfg(test)]
mod slips;
#[cfg(test)]
mod state_assignments;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod training_under_regulations;
#[cfg(test)]
mod visibility;
#[cfg(test)]
mod withdrawals;
