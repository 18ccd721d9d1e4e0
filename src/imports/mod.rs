//! Bulk loading (загрузка): a CSV file in, a receipt for every row out.
//!
//! A row is loaded by the use cases behind the endpoints, with the rights of whoever loads: an import is exactly as
//! strict as the API. Natural keys find what is there already, so that a repeat changes nothing and a corrected file
//! touches only the corrected rows. A dry run does everything and takes it back, so it predicts the real run exactly.

pub mod api;
mod csv_text;
pub mod dto;
pub mod model;
pub mod policy;
mod portions;
mod rows;
pub mod service;
mod store;
mod table;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(api::create_import)
        .service(api::list_imports)
        .service(api::get_import)
        .service(api::list_import_rows);
}
