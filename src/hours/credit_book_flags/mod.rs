//! Flags in credit books: the teacher watches the filling and says what is wrong or missing (P3-46).
//!
//! Invariants: a flag goes to whoever leads what it is about, else to its organiser; it is resolved by an entry or refused
//! with a reason, by whoever may write that entry, never by the teacher.

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
        .service(api::flag_credit_book)
        .service(api::list_credit_book_flags)
        .service(api::get_credit_book_flag)
        .service(api::answer_credit_book_flag)
        .service(api::withdraw_credit_book_flag);
}
