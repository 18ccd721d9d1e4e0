//! Sheets of criteria that programs are reviewed by (листы экспертной оценки): rows of the region, not a list in the
//! code.
//!
//! Invariants: the sheet that a review uses keeps its criteria; it may only be retired, and another be made (P2-22).

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_review_sheet)
        .service(api::list_review_sheets)
        .service(api::get_review_sheet)
        .service(api::update_review_sheet);
}
