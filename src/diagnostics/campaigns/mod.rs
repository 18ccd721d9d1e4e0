//! Campaigns of diagnostics (диагностические кампании): who is diagnosed with which instrument when, who came, who has
//! not taken part (P0-21), and whom a school enrols in the campaign of the coordinator (P4-22).
//!
//! Invariants: a planned campaign has no participants; a running one changes its participants only; a closed or
//! cancelled one nothing. By rule everybody takes part whom the rule names while the campaign runs, those hired meanwhile
//! as well. A participant has at most one result in force.

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
        .service(api::create_diagnostic_campaign)
        .service(api::list_diagnostic_campaigns)
        .service(api::get_diagnostic_campaign)
        .service(api::update_diagnostic_campaign)
        .service(api::start_diagnostic_campaign)
        .service(api::close_diagnostic_campaign)
        .service(api::cancel_diagnostic_campaign)
        .service(api::people::enroll_diagnostic_participants)
        .service(api::people::list_diagnostic_participants)
        .service(api::people::record_diagnostic_attendance)
        .service(api::people::get_diagnostic_participation)
        .service(api::people::create_diagnostic_reminders)
        .service(api::people::list_diagnostic_reminders);
}
