//! The federal register of education documents (ФИС ФРДО): what of an organization's documents it would take, and the
//! packages that were sent there (B5, B1.10, B1.11).
//!
//! Invariants: a package holds only rows that the register would take, in the layout that was chosen, as they were sent; a
//! document waits for one answer at a time, and no longer than until its package is withdrawn; what the register has is
//! never sent again unless it changed. The law is the ground for passing personal data on (B1.16: article 98 of 273-ФЗ),
//! and only the issuer does.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
mod workbook;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::preview_frdo_export)
        .service(api::create_frdo_package)
        .service(api::list_frdo_packages)
        .service(api::get_frdo_package)
        .service(api::list_frdo_package_rows)
        .service(api::get_frdo_package_file)
        .service(api::answer_frdo_package)
        .service(api::withdraw_frdo_package);
}
