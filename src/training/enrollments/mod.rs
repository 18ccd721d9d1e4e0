//! Enrollments (зачисление и обучение): who learns what, how far, and how it ended.
//!
//! Invariants: an enrollment follows from an accepted application and holds one seat until the person leaves; it
//! keeps title, hours, stages and program version as it began; it is completed only when every stage is mastered in
//! full (P3-14), and only then a credential is issued for it.

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
        .service(api::list_enrollments)
        .service(api::get_enrollment)
        .service(api::record_enrollment_stage)
        .service(api::complete_enrollment)
        .service(api::withdraw_enrollment)
        .service(api::set_enrollment_activity);
}
