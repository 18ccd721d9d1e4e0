//! Campaigns of the monitoring of demand (мониторинг потребностей): when needs are asked for, and who answered.
//!
//! Invariants: needs name a campaign only while it is open, by the region's clock; the response rate is counted from
//! the needs, never stored (P2-16, P3-2).

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
        .service(api::create_need_campaign)
        .service(api::list_need_campaigns)
        .service(api::get_need_campaign)
        .service(api::update_need_campaign)
        .service(api::get_need_response_rate);
}
