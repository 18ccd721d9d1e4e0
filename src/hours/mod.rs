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
    config
        .configure(credentials::configure)
        .configure(credential_files::configure)
        .configure(credential_papers::configure)
        .configure(credential_receipts::configure)
        .configure(number_ranges::configure)
        .configure(duplicates::configure)
        .configure(offering_credentials::configure)
        .configure(verification::configure)
        .configure(ledger::configure)
        .configure(balances::configure)
        .configure(compliance::configure)
        .configure(standings::configure)
        .configure(due::configure)
        .configure(series::configure)
        .configure(forecasts::configure)
        .configure(credit_books::configure)
        .configure(credit_book_flags::configure)
        .configure(credit_transfers::configure)
        .configure(federal_details::configure)
        .configure(frdo::configure);
}
