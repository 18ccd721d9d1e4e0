//! Training (обучение): what providers hold, who applies for it, who is enrolled and how far they come, and the
//! contracts of schools with providers.
//!
//! Order of locks, wherever several are needed: offering, application, enrollment.

pub mod applications;
pub mod contracts;
pub mod enrollments;
pub mod offerings;
pub mod policy;
mod reading;
pub mod route_activities;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints of training.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(offerings::configure)
        .configure(applications::configure)
        .configure(enrollments::configure)
        .configure(contracts::configure)
        .configure(route_activities::configure);
}
