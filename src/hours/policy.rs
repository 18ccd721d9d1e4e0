//! The policy tables of hours, one for each of its resources.

use super::{
    balances, compliance, credential_files, credential_papers, credential_receipts, credentials,
    credit_book_flags, credit_books, credit_transfers, due, duplicates, federal_details, forecasts, frdo,
    ledger, number_ranges, offering_credentials, series, standings, verification,
};
use crate::authz::Rule;

/// Every row of the policy tables of hours.
pub const RULES: &[&[&Rule]] = &[
    credentials::policy::RULES,
    credential_files::policy::RULES,
    credential_papers::policy::RULES,
    credential_receipts::policy::RULES,
    number_ranges::policy::RULES,
    duplicates::policy::RULES,
    offering_credentials::policy::RULES,
    verification::policy::RULES,
    ledger::policy::RULES,
    balances::policy::RULES,
    compliance::policy::RULES,
    standings::policy::RULES,
    due::policy::RULES,
    series::policy::RULES,
    forecasts::policy::RULES,
    credit_books::policy::RULES,
    credit_book_flags::policy::RULES,
    credit_transfers::policy::RULES,
    federal_details::policy::RULES,
    frdo::policy::RULES,
];
