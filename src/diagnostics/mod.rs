//! Diagnostics (диагностика профессиональных дефицитов): what is measured, with what, what came out, what lacks.
//!
//! A framework holds competencies as rows; an instrument measures some of them and says by its cut points where a
//! deficit begins; a result derives the levels and, in the same transaction, the deficits: open → addressed (a route
//! in force answers it) → closed (by a repeat diagnostic, P4-12).

pub mod analytics;
pub mod campaigns;
pub mod deficits;
mod draft;
pub mod findings;
pub mod frameworks;
pub mod instruments;
pub mod need_campaigns;
pub mod needs;
mod organizing;
pub mod policy;
pub mod results;
pub mod score;
pub mod service;

pub use draft::PublicationState;
pub use score::Score;

use crate::http::Endpoints;

/// Mounts the endpoints of diagnostics.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(frameworks::configure)
        .configure(instruments::configure)
        .configure(campaigns::configure)
        .configure(results::configure)
        .configure(deficits::configure)
        .configure(findings::configure)
        .configure(need_campaigns::configure)
        .configure(needs::configure)
        .configure(analytics::configure);
}
