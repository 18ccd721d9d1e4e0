//! Methodical products (методические продукты, P3-4, P3-33, P3-42, P3-48).
//!
//! Invariants: draft → defended → introduced; where the regulation demands a defence nothing is introduced without one that
//! was passed; defences and checks are added, never changed, and nobody records them of his own product.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_product)
        .service(api::list_products)
        .service(api::get_product)
        .service(api::update_product)
        .service(api::record_product_defence)
        .service(api::record_product_introduction)
        .service(api::record_product_check);
}
