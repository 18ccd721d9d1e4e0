//! What a new or changed route says of its ground and category, and what it takes over from the regulation.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::categories;
use super::super::rules::{Referral, check_referral};
use crate::authz::Role;
use crate::db::Ctx;
use crate::directory::role_assignments::service::holders_at;
use crate::error::{FieldProblem, Result};
use crate::regulations::profile::{RouteParticipation, RouteProfile};

/// What is wrong with ground and category of a route of that person at that school.
pub(super) async fn problems(
    ctx: &Ctx<'_>,
    rules: &RouteProfile,
    (person_id, organization_id): (Uuid, Uuid),
    today: NaiveDate,
    asked: &Referral,
) -> Result<Vec<FieldProblem>> {
    let held = match asked.category {
        Some(_) => categories::service::held_on(ctx, person_id, organization_id, today).await?,
        None => Vec::new(),
    };
    Ok(check_referral(asked, &held, rules))
}

/// Who is in charge of the programs of the school (P1-50): nobody when the regulation asks for none, or when it is not
/// one person.
pub(super) async fn curator_of(
    ctx: &Ctx<'_>,
    rules: &RouteProfile,
    organization_id: Uuid,
    today: NaiveDate,
) -> Result<Option<Uuid>> {
    if rules.people.curator.is_none() {
        return Ok(None);
    }
    let holders = holders_at(ctx, organization_id, Role::ProgramCurator, today).await?;
    Ok(match holders.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// Whether providers may comment on the lines addressed to them (P4-37).
pub(super) fn open_to_providers(rules: &RouteProfile) -> bool {
    let comments = |role, part| role == Role::ProviderOfficer && part == RouteParticipation::Comments;
    rules.people.participants.iter().any(|rule| comments(rule.role, rule.participation))
}
