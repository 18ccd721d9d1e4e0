//! Hours (накопительная система): credentials, the ledger of academic hours, and balances that explain themselves.
//!
//! The ledger only grows: a correction is a reversal that names its original. A balance is computed from dated
//! entries, the regulation and the day of the question, never stored as truth.

pub mod balances;
mod clock;
pub mod compliance;
pub mod credential_files;
pub mod credential_papers;
pub mod credential_receipts;
pub mod credentials;
pub mod credit_book_flags;
pub mod credit_books;
pub mod credit_transfers;
pub mod due;
pub mod duplicates;
pub mod federal_details;
pub mod forecasts;
pub mod frdo;
pub mod frequency;
pub mod ledger;
pub mod model;
pub mod number_ranges;
pub mod offering_credentials;
pub mod policy;
pub mod series;
pub mod standings;
pub mod usage;
pub mod verification;

use crate::http::Endpoints;

/// Mounts the endpoints of hours.
pub fn configure(config: &mut Endpoints<'_>) {
    credentials::configure(config);
    credential_files::configure(config);
    credential_papers::configure(config);
    credential_receipts::configure(config);
    number_ranges::configure(config);
    duplicates::configure(config);
    offering_credentials::configure(config);
    verification::configure(config);
    ledger::configure(config);
    balances::configure(config);
    compliance::configure(config);
    standings::configure(config);
    due::configure(config);
    series::configure(config);
    forecasts::configure(config);
    credit_books::configure(config);
    credit_book_flags::configure(config);
    credit_transfers::configure(config);
    federal_details::configure(config);
    frdo::configure(config);
}
