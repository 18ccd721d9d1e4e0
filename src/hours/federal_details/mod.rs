//! Federal details (сведения для ФРДО): what the federal register of education documents asks of a person and of a document
//! beside what the document says (B5).
//!
//! Texts are kept as the papers have them; what the register would not take is said by the preview of the export, never
//! here. They are personal data (B1.16): of a person for whoever needs that, of a document for whoever sees it whole.

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
        .service(api::get_person_federal_details)
        .service(api::set_person_federal_details)
        .service(api::get_credential_federal_details)
        .service(api::set_credential_federal_details);
}
