drop table consultations, provider_founders, licence_suspensions, provider_licences, credit_rules, recommendations, needs,
    need_campaigns, announcement_schools, announcement_readers, announcement_programs, announcements, state_assignments,
    direction_findings, direction_programs, priority_directions, direction_lists, outcome_findings;
