//! Which tables may meet in one query. Diesel can allow every table beside every other, but the compiler then proves for
//! each pair of eighty tables that its rules do not overlap: a minute of each build. These pairs are those that meet.

use super::schema::*;

/// Lets the first table stand beside each of the others.
macro_rules! meets {
    ($($table:ident: $($other:ident)+;)+) => {
        $($(diesel::allow_tables_to_appear_in_same_query!($table, $other);)+)+
    };
}

meets! {
    accounts: persons refresh_tokens regions revoked_tokens role_assignments;
    activity_bases: route_activities;
    activity_deficits: deficits route_activities;
    activity_needs: needs route_activities;
    administrative_acts: working_groups;
    announcement_associations: persons;
    announcement_programs: announcements programs;
    announcement_readers: announcements persons;
    announcement_schools: announcements organizations;
    announcements: regions;
    application_people: applications association_members associations enrollments offerings persons regions route_activities;
    applications: association_members associations enrollments offerings persons regions;
    approval_decisions: approval_open_steps approval_requests approval_steps associations;
    approval_open_steps: approval_requests approval_steps associations organizations persons;
    approval_requests: approval_steps association_members associations employments regions regulations;
    approval_steps: associations organizations;
    approval_substitutions: association_members associations;
    association_members: associations consultations contracts credentials credit_books credit_transfers deficits delayed_outcomes diagnostic_participants diagnostic_reminders employments enrollments needs own_expense_requests persons products program_reviews recommendations route_support_records routes support_plans;
    associations: consultations contracts credentials credit_books credit_transfers deficits delayed_outcomes diagnostic_participants diagnostic_reminders employments enrollments needs organizations own_expense_requests persons products program_reviews recommendations regions route_support_records routes support_plans;
    competencies: competency_associations competency_standings deficit_events deficits diagnostic_levels diagnostic_scores direction_figures employments frameworks instrument_scales module_competencies needs organizations;
    competency_associations: frameworks;
    competency_standings: deficit_events deficits diagnostic_results employments organizations persons regions;
    consultations: regions;
    contracts: enrollments offerings persons regions;
    credential_duplicates: credentials persons;
    credential_verifications: credentials persons;
    credentials: employments enrollments ledger_entries organizations persons program_modules programs regions;
    credit_book_entries: enrollments;
    credit_books: persons;
    credit_rules: organizations regions;
    credit_transfers: employments persons;
    deficit_events: deficits diagnostic_results employments organizations persons regions;
    deficits: employments module_competencies organizations persons program_modules programs recommendations regions registry_entries;
    diagnostic_campaigns: diagnostic_participants diagnostic_reminders diagnostic_results instruments organizations regions;
    diagnostic_levels: diagnostic_results;
    diagnostic_participants: diagnostic_reminders diagnostic_results employments persons regions;
    diagnostic_reminders: employments persons regions;
    diagnostic_results: diagnostic_scores employments instruments organizations persons regions;
    direction_figures: priority_directions;
    direction_findings: direction_lists direction_programs outcome_findings priority_directions;
    direction_lists: direction_programs organizations priority_directions programs regions;
    direction_programs: priority_directions programs;
    employments: instruments ledger_entries needs organizations persons recommendations regions;
    enrollment_stages: enrollments;
    enrollments: offerings persons program_modules programs regions route_activities routes;
    frdo_package_rows: frdo_packages;
    frameworks: instruments organizations regions;
    growth_card_credentials: growth_cards;
    growth_cards: association_members associations regions routes;
    import_rows: imports;
    imports: organizations regions;
    instrument_scales: instruments;
    instruments: organizations regions;
    learning_outside_routes: ledger_entries programs;
    ledger_entries: organizations persons programs regions;
    licence_suspensions: provider_licences;
    managerial_decisions: organizations;
    module_competencies: organizations program_modules programs registry_entries;
    need_campaigns: needs regions;
    needs: outcome_findings persons priority_directions recommendations regions;
    offering_partners: offerings organizations;
    offering_stages: offerings;
    offerings: organizations persons program_modules programs regions;
    organizations: program_modules programs provider_founders provider_licences regions registry_entries regulations route_activities state_assignments;
    outcome_findings: recommendations regions;
    person_erasures: persons;
    person_names: persons;
    persons: program_reviews regions role_assignments route_activities route_comments route_participants routes;
    plan_line_deficits: plan_lines;
    plan_lines: persons plans routes;
    plan_resource_allocations: plan_resources;
    priority_categories: persons;
    priority_directions: programs recommendations regions state_assignments;
    program_modules: programs recommendations registry_entries route_activities;
    program_review_scores: program_reviews review_criteria;
    program_reviews: programs regions review_sheets;
    program_versions: programs regions;
    programs: recommendations regions registry_entries registry_revision_changes route_activities state_assignments;
    provider_founders: regions;
    provider_licences: regions;
    recommendations: regions regulations;
    region_stamps: association_members associations employments persons regions;
    regions: registry_entries registry_publications regulations review_sheets role_assignments routes state_assignments;
    registry_publications: registry_revisions regulations;
    regulations: routes;
    review_criteria: review_sheets;
    route_activities: route_stages routes;
    route_control_needs: route_controls;
    route_notes: routes;
    route_participants: routes;
    route_petitions: route_revisions;
    route_proposal_job_people: route_proposal_jobs;
    route_stages: routes stage_reports;
    route_versions: routes;
    webhook_deliveries: webhooks;
    working_group_members: working_groups;
}
