//! Endpoints of learning routes.

mod activities;
mod content;
mod decisions;
mod people;
mod routes;

use super::dto::RouteView;
use super::service::RouteWhole;
use crate::error::Result;
use crate::http::Endpoints;
use crate::http::Reply;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(routes::create_route)
        .service(routes::list_routes)
        .service(routes::get_route)
        .service(routes::update_route)
        .service(routes::replace_route_stages)
        .service(content::replace_route_contents)
        .service(content::replace_route_problems)
        .service(content::replace_route_evidence)
        .service(content::replace_route_study_plan)
        .service(content::replace_route_budget)
        .service(activities::add_route_activity)
        .service(activities::update_route_activity)
        .service(activities::remove_route_activity)
        .service(activities::complete_route_activity)
        .service(decisions::check_route_submission)
        .service(decisions::submit_route)
        .service(decisions::mark_route_participation)
        .service(decisions::activate_route)
        .service(decisions::close_route_stage)
        .service(decisions::complete_route)
        .service(decisions::close_route)
        .service(decisions::withdraw_route)
        .service(people::set_route_tutor)
        .service(people::set_route_curator)
        .service(people::set_route_discussion);
}

/// The route as it is now: what follows from reports, controls, the day and the caller is part of its ETag.
fn item(whole: RouteWhole) -> Result<Reply> {
    Reply::derived(whole.draft.route.version, &RouteView::from(whole))
}
