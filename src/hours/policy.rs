//! The policy tables of hours, one for each of its resources.

use super::{
    balances, compliance, credential_files, credential_papers, credential_receipts, credentials,
    credit_book_flags, credit_books, credit_transfers, ledger, offering_credentials, verification,
};
use crate::authz::Rule;

/// Every row of the policy tables of hours.
pub const RULES: &[&[&Rule]] = &[
    credentials::policy::RULES,
    credential_files::policy::RULES,
    credential_papers::policy::RULES,
    credential_receipts::policy::RULES,
    offering_credentials::policy::RULES,
    verification::policy::RULES,
    ledger::policy::RULES,
    balances::policy::RULES,
    compliance::policy::RULES,
    credit_books::policy::RULES,
    credit_book_flags::policy::RULES,
    credit_transfers::policy::RULES,
];
