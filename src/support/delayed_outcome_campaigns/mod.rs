//! Campaigns that follow delayed outcomes in a municipality (мониторинг отсроченных результатов, P2-43).
//!
//! Invariants: one for each period of a municipality; the coverage is counted whenever it is read, from the completed
//! training and the regulation of each school; a school reads its own coverage; closed once, with a conclusion.

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
        .service(api::open_delayed_outcome_campaign)
        .service(api::list_delayed_outcome_campaigns)
        .service(api::get_delayed_outcome_campaign)
        .service(api::close_delayed_outcome_campaign);
}
