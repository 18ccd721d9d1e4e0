//! What routes ask of diagnostics and of the registry.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::model::{RouteDraft, RouteState};
use super::super::rules::{LearnerFacts, ProgramFacts, RouteFacts, position_of};
use super::case::Case;
use crate::db::Ctx;
use crate::diagnostics;
use crate::directory::persons::model::PersonFacts;
use crate::error::Result;
use crate::registry::programs::service::programs_facts;
use crate::regulations::profile::{ApprovalSubjectKind, ChainStepKind, EmploymentKind};
use chrono::NaiveDate;

/// What the rules need to know before a route of that person is started.
pub(super) async fn facts_of_learner(
    ctx: &Ctx<'_>,
    person: &PersonFacts,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<RouteFacts> {
    let (has_result, deficits) = tokio::try_join!(
        diagnostics::service::has_result(ctx, person.id, None),
        diagnostics::service::open_deficits_of(ctx, person.id),
    )?;
    let learner = person
        .employed_on(day)
        .filter(|work| work.organization_id == organization_id)
        .filter_map(|work| {
            let kind = EmploymentKind::parse(&work.kind)?;
            Some(LearnerFacts { kind, position: position_of(&work.position) })
        })
        .collect();
    Ok(RouteFacts { learner, has_result, deficits: deficits.len(), ..RouteFacts::default() })
}

/// What the rules need to know before a route is handed in.
pub(in crate::learning_routes) async fn facts_of_route(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
) -> Result<RouteFacts> {
    let program_ids: Vec<Uuid> =
        draft.activities.iter().filter_map(|activity| activity.data.program_id).collect();
    let (facts, chosen) = tokio::try_join!(
        facts_of_learner(ctx, &case.learner, case.route.organization_id, case.today),
        programs_facts(ctx, &program_ids),
    )?;
    let chain = case.regulation.profile.chains.get(ApprovalSubjectKind::Route);
    let consent_step =
        chain.is_some_and(|chain| chain.steps.iter().any(|step| step.kind == ChainStepKind::Consent));
    let programs = chosen
        .into_values()
        .map(|it| ProgramFacts { id: it.id, in_registry: it.in_active_registry, kind: it.kind })
        .collect();
    // The group forms the route: once it is approved, its act has done its work.
    let formed = matches!(case.route.state, RouteState::Draft | RouteState::InReview | RouteState::Rework);
    let group_lacks = if formed { case.group_lacks().to_vec() } else { Vec::new() };
    Ok(RouteFacts { consent_step, programs, group_lacks, ..facts })
}

/// Which of these programs stand in the registry now.
pub(super) async fn active_programs(ctx: &Ctx<'_>, program_ids: &[Uuid]) -> Result<HashMap<Uuid, bool>> {
    let found = programs_facts(ctx, program_ids).await?;
    Ok(found.into_iter().map(|(id, program)| (id, program.in_active_registry)).collect())
}
