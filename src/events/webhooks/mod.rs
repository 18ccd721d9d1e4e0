//! Webhooks (веб-хуки): addresses of other systems that are told of changes, signed as Standard Webhooks say.
//!
//! Invariants: a webhook is told of the changes in the circle of its organization, each at least once, also when this
//! server or the receiver was away meanwhile; what is told says which thing changed, never what of it. Secrets are kept
//! sealed and shown once. One that does not answer for five days is disabled; when it is resumed nothing is missing.

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
        .service(api::create_webhook)
        .service(api::list_webhooks)
        .service(api::get_webhook)
        .service(api::update_webhook)
        .service(api::pause_webhook)
        .service(api::resume_webhook)
        .service(api::rotate_webhook_secret)
        .service(api::delete_webhook)
        .service(api::deliveries::list_webhook_deliveries)
        .service(api::deliveries::replay_webhook_delivery);
}
