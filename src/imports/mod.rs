//! Bulk loading (загрузка): a file in, a receipt for every row out.
//!
//! A file is CSV, NDJSON or XLSX ([`forms`]). A short one is loaded within its request; a long one is taken in piece by
//! piece and loaded by a job ([`importing`](crate::importing)), whose memory does not grow with the file.
//!
//! A row is loaded by the use cases behind the endpoints, with the rights of whoever loads: an import is exactly as
//! strict as the API. Natural keys find what is there already, so that a repeat changes nothing and a corrected file
//! touches only the corrected rows. A dry run does everything and takes it back, so it predicts the real run exactly.

pub mod api;
pub mod dto;
pub mod forms;
mod headers;
pub mod model;
pub mod policy;
mod portions;
mod receipts;
mod rows;
pub mod service;
mod store;
mod table;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::loading::create_import)
        .service(api::runs::list_imports)
        .service(api::runs::get_import)
        .service(api::runs::list_import_rows)
        .service(api::runs::cancel_import)
        .service(api::telling::watch_import)
        .service(api::telling::get_import_receipt_file);
}
