//! Personal data (персональные данные, 152-ФЗ): who read it and for what, what is kept about oneself, and its erasure.
//!
//! СНИЛС, birth date, address, former names and scans of documents are personal data. Whoever is shown that of somebody
//! else leaves a line in the journal, with the purpose, before the answer goes out; the person reads those lines himself.
//! Erasing makes a person nameless by an act: hours, documents and decisions stay, as the law demands of them, and nobody
//! learns from them any more whose they are.
//!
//! Invariants: no value of personal data is in the journal, the audit log or the server's log; nobody who is employed is
//! erased; an erasure concerns all cards of the person and is never undone.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_my_data).service(api::list_my_data_reads).service(api::erase_person);
}
