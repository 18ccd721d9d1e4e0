//! Papers about what was learnt outside the route, by an approved request or offer (P0-44, P0-46).

use uuid::Uuid;

use super::model::{Credential, NewCredential};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::directory::persons::model::PersonFacts;
use crate::error::{FieldProblem, Result, Text};
use crate::planning::outside_learning::service;

/// Everything wrong with what a new paper says of it.
pub(super) async fn problems(
    ctx: &Ctx<'_>,
    person: &PersonFacts,
    new: &NewCredential,
) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if new.outside_route.is_empty() {
        return Ok(problems);
    }
    if new.data.activity_id.is_some() {
        let words = Text::new(
            "Это мероприятие маршрута: вне маршрута пройдено другое",
            "This is an activity of the route: something else was learnt outside of it",
        );
        problems.push(FieldProblem::new("/activity_id", "outside_route", words).because("P0-46", None));
    }
    if new.outside_route.len() > 1 {
        let words =
            Text::new("Назовите или заявление, или предложение", "Name either the request or the offer");
        problems.push(FieldProblem::new("/external_offer_id", "not_allowed", words));
    }
    // An offer may be to a school where the person worked when it was learnt.
    let schools: Vec<Uuid> = person.employments.iter().map(|work| work.organization_id).collect();
    for outside in &new.outside_route {
        problems.extend(service::problem(ctx, person.id, &schools, *outside).await?);
    }
    Ok(problems)
}

/// Remembers it with the recorded paper.
pub(super) async fn mark(
    ctx: &Ctx<'_>,
    permit: &Permit,
    credential: &Credential,
    new: &NewCredential,
) -> Result<()> {
    for outside in &new.outside_route {
        service::mark(ctx, permit, credential.region_id, credential.id, *outside).await?;
    }
    Ok(())
}
