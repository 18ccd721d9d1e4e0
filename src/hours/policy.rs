//! The policy tables of hours, one for each of its resources.

use super::{balances, compliance, credentials, credit_book_flags, credit_books, credit_transfers, ledger};
use crate::authz::Rule;

/// Every row of the policy tables of hours.
pub const RULES: &[&[&Rule]] = &[
    credentials::policy::RULES,
    ledger::policy::RULES,
    balances::policy::RULES,
    compliance::policy::RULES,
    credit_books::policy::RULES,
    credit_book_flags::policy::RULES,
    credit_transfers::policy::RULES,
];
