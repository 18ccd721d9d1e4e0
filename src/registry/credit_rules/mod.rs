//! Credit rules (порядок зачёта): what a provider or the coordinator credits, from which program in which, how much.
//!
//! Invariants: an owner rules on its own programs as targets; the regulation says who owns rules and whether only
//! programs of the registry are credited (P4-31, P4-34); a rule is ended, never changed, so that what was credited
//! under it stays explained.

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
        .service(api::create_credit_rule)
        .service(api::list_credit_rules)
        .service(api::get_credit_rule)
        .service(api::end_credit_rule);
}
