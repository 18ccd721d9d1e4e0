//! Credit books (зачётные книжки): what a teacher has taken part in, written by those who led it.
//!
//! Invariants: a book is voluntary where the regulation says so, and nothing rests on it (P3-17): an entry posts no
//! hours, only confirmed credentials do. Entries are written by leaders and by the centre, never by the teacher
//! (P3-16, P3-34); a wrong one is corrected by another row, both stay. A book is kept under one regulation.

pub mod api;
pub mod api_entries;
pub mod dto;
pub mod model;
pub mod policy;
mod print;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::open_credit_book)
        .service(api::open_credit_books)
        .service(api::list_credit_books)
        .service(api::get_credit_book)
        .service(api::close_credit_book)
        .service(api_entries::write_credit_book_entry)
        .service(api_entries::get_credit_book_entry)
        .service(api_entries::correct_credit_book_entry);
}
