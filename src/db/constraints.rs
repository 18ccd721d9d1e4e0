//! Which refusal a violated constraint stands for. A test asserts that every constraint is here or internal.

use crate::error::Code;

/// Constraints a caller can violate with a valid request, and what the violation means.
pub const CONSTRAINTS: &[(&str, Code)] = &[
    ("regions_code_key", Code::AlreadyExists),
    ("organizations_external_key", Code::AlreadyExists),
    ("organizations_inn_key", Code::AlreadyExists),
    ("persons_snils_key", Code::AlreadyExists),
    ("persons_external_key", Code::AlreadyExists),
    ("person_merges_open_key", Code::StateConflict),
    ("employments_natural_key", Code::AlreadyExists),
    ("employments_external_key", Code::AlreadyExists),
    ("associations_name_key", Code::AlreadyExists),
    ("association_members_pkey", Code::AlreadyExists),
    ("accounts_login_key", Code::AlreadyExists),
    ("accounts_person_key", Code::AlreadyExists),
    ("role_assignments_person_key", Code::AlreadyExists),
    ("role_assignments_account_key", Code::AlreadyExists),
    ("activity_bases_key", Code::AlreadyExists),
    ("route_cards_number_key", Code::StateConflict),
    ("route_cards_open_key", Code::AlreadyExists),
    ("route_revisions_open_key", Code::AlreadyExists),
    ("route_versions_number_key", Code::StateConflict),
    ("credential_verifications_code_key", Code::StateConflict),
    ("credentials_activity_id_fkey", Code::StateConflict),
    ("regulations_immutable", Code::StateConflict),
    ("frameworks_code_key", Code::AlreadyExists),
    ("competencies_code_key", Code::AlreadyExists),
    ("frameworks_supersedes_key", Code::AlreadyExists),
    ("competencies_identifier_key", Code::AlreadyExists),
    ("competency_associations_identifier_key", Code::AlreadyExists),
    ("instruments_code_key", Code::AlreadyExists),
    ("instruments_supersedes_key", Code::AlreadyExists),
    ("diagnostic_campaigns_code_key", Code::AlreadyExists),
    ("deficit_events_current_key", Code::StateConflict),
    ("diagnostic_results_external_key", Code::AlreadyExists),
    ("diagnostic_results_natural_key", Code::AlreadyExists),
    ("diagnostic_results_corrects_key", Code::AlreadyExists),
    ("deficits_open_key", Code::AlreadyExists),
    ("programs_external_key", Code::AlreadyExists),
    ("registry_entries_program_key", Code::AlreadyExists),
    ("registry_publications_year_key", Code::AlreadyExists),
    ("direction_lists_approved_key", Code::AlreadyExists),
    ("state_assignments_line_key", Code::AlreadyExists),
    ("provider_licences_number_key", Code::AlreadyExists),
    ("provider_founders_from_key", Code::AlreadyExists),
    ("program_versions_edition_key", Code::StateConflict),
    ("review_sheets_title_key", Code::AlreadyExists),
    ("program_reviews_reviewer_key", Code::AlreadyExists),
    ("approval_requests_open_key", Code::StateConflict),
    ("approval_decisions_step_key", Code::StateConflict),
    ("approval_decisions_version_key", Code::StateConflict),
    ("credentials_external_key", Code::AlreadyExists),
    ("credentials_identity_key", Code::AlreadyExists),
    ("credential_duplicates_identity_key", Code::AlreadyExists),
    ("credential_duplicates_code_key", Code::StateConflict),
    ("ledger_entries_reverses_key", Code::StateConflict),
    ("application_people_standing_key", Code::AlreadyExists),
    ("contracts_number_key", Code::AlreadyExists),
    ("enrollments_person_key", Code::AlreadyExists),
    ("ledger_entries_identity_once", Code::AlreadyExists),
    ("administrative_acts_number_key", Code::AlreadyExists),
    ("priority_categories_key", Code::AlreadyExists),
    ("working_group_members_leader_key", Code::AlreadyExists),
    ("stage_reports_stage_key", Code::AlreadyExists),
    ("growth_cards_period_key", Code::AlreadyExists),
    ("credit_books_open_key", Code::AlreadyExists),
    ("credit_book_entries_corrects_key", Code::StateConflict),
    ("credit_book_entries_enrollment_key", Code::AlreadyExists),
    ("credit_book_entries_session_key", Code::AlreadyExists),
    ("credit_book_flags_open_key", Code::AlreadyExists),
    ("credit_transfers_once_key", Code::AlreadyExists),
    ("webhook_deliveries_event_key", Code::StateConflict),
    ("frdo_packages_order_key", Code::StateConflict),
];

/// Constraints that only a defect of ours can violate, by the end of their names: keys, references and checks
/// that the rules above them have proven already, digests of secrets that are random.
pub const INTERNAL: &[&str] =
    &["_pkey", "_fkey", "_check", "_range", "_append_only", "_position_key", "_digest_key"];

/// What a violation of the constraint means for the caller.
pub(super) fn meaning(name: &str) -> Option<Code> {
    CONSTRAINTS.iter().find(|(constraint, _)| *constraint == name).map(|(_, code)| *code)
}
