//! Proposals for many people at once (предложения маршрутов списком): the coordinator forms routes from what
//! diagnostics showed for a school, a municipality or a region (P4-36).
//!
//! A job names its people when it is asked for: those who work there, have an open deficit and no route under way. They
//! are taken one after the other, each in a transaction of its own, in the name of whoever asked and by the rights he
//! or she has that day. What was done stays done whatever happens to the process; nobody is taken twice.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_route_proposal_job)
        .service(api::list_route_proposal_jobs)
        .service(api::get_route_proposal_job)
        .service(api::list_route_proposal_job_people)
        .service(api::get_route_proposal_job_person)
        .service(api::cancel_route_proposal_job);
}
