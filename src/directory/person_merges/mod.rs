//! Merging of two cards of one person (объединение карточек), and its undoing.
//!
//! Nothing is rewritten: what was recorded to a card stays with that card, the merged card points to the kept one, and
//! whoever reads, reads all cards of the person (`persons.kept_id`; in queries `db::whole_person`). So both histories and
//! every document stay, a merge is one pointer, and undoing it takes the pointer away.
//!
//! Logins and roles: the account of a merged card signs in as the person, who then has the roles of all cards. What is
//! recorded meanwhile stays with the card it was recorded to when the merge is undone: new papers are the kept card's.
//!
//! Invariants: a kept card is not merged itself, so there are no chains; the card with the СНИЛС is the kept one; two
//! different СНИЛС or dates of birth are two people until one of them is mended.

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
        .service(api::create_person_merge)
        .service(api::list_person_merges)
        .service(api::get_person_merge)
        .service(api::undo_person_merge);
}
