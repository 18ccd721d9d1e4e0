//! Training orders of schools, municipalities and regions (P3-5, P3-27, P2-24).
//!
//! Invariants: an order of a level is added up from submitted orders of the level below, each taken once; every line that
//! was added up keeps the lines it consists of, and its sums are theirs; an order is placed once whoever the regulation
//! names has agreed.

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
        .service(api::create_training_order)
        .service(api::list_training_orders)
        .service(api::get_training_order)
        .service(api::refresh_training_order)
        .service(api::submit_training_order)
        .service(api::withdraw_training_order)
        .service(api::add_training_order_line)
        .service(api::list_training_order_lines)
        .service(api::remove_training_order_line)
        .service(api::get_training_order_line)
        .service(api::list_training_order_line_sources)
        .service(api::set_training_order_placement)
        .service(api::submit_training_order_placement);
}
