//! Matching of people (поиск совпадений): who of the region may be the person somebody is about to add.
//!
//! Names are compared as `rost_name_key` of the database makes them alike: neither case, Ё nor look-alike letters of
//! another alphabet make another person, and a former name is still a name of the person.
//!
//! Invariants: nobody is added beside a person of the same full name, today's or a former one, and the same date of birth,
//! unless the caller names that person as another one; two different СНИЛС are two people; nobody learns who somebody
//! is whom he may not see.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::match_persons);
}
