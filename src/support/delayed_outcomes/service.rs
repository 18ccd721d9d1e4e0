//! Use cases of delayed outcomes.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{DelayedOutcome, DueOutcome, OutcomeData, due_on};
use super::{policy, store};
use crate::authz::{Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;
use crate::support::following::places;
use crate::training::enrollments::service::get_enrollment;
use crate::training::vocabulary::EnrollmentState;

pub use super::store::{DueFilter, Filter};

/// Records what a completed training led to (P2-38), by whom the regulation names.
pub async fn record_delayed_outcome(
    ctx: &Ctx<'_>,
    enrollment_id: Uuid,
    data: OutcomeData,
) -> Result<DelayedOutcome> {
    let known = |refusal: Error| refusal.in_body("/enrollment_id");
    let enrollment = get_enrollment(ctx, enrollment_id).await.map_err(known)?.enrollment;
    let target = Target::region(enrollment.region_id)
        .organization(enrollment.organization_id, enrollment.municipality_id)
        .person(enrollment.person_id);
    authorize(ctx.actor, &policy::RECORD_DELAYED_OUTCOME, &target).map_err(known)?;
    if ctx.actor.is_person(enrollment.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let today = regions::service::today(ctx, enrollment.region_id).await?;
    let regulation =
        binding_regulation(ctx, enrollment.organization_id, today).await?.ok_or_else(not_used)?;
    let rule = regulation.profile.support.delayed_outcomes.as_ref().ok_or_else(not_used)?;
    let named = ctx.actor.in_roles(&rule.recorded_by);
    if !may(&named, &policy::RECORD_DELAYED_OUTCOME, &target) {
        return Err(Error::new(Code::Forbidden).detail(
            "По положению отсроченные результаты записывает другая сторона",
            "The regulation leaves delayed outcomes to somebody else",
        ));
    }
    let permit = authorize(&named, &policy::RECORD_DELAYED_OUTCOME, &target)?;
    let ended_on = enrollment.ended_on.filter(|_| enrollment.state == EnrollmentState::Completed);
    let ended_on = ended_on.ok_or_else(not_completed)?;
    let problems = data.problems(ended_on, rule, today);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let outcome = DelayedOutcome {
        id: new_id(),
        region_id: enrollment.region_id,
        municipality_id: enrollment.municipality_id,
        organization_id: enrollment.organization_id,
        person_id: enrollment.person_id,
        regulation_id: regulation.id,
        enrollment_id: enrollment.id,
        due_on: due_on(ended_on, rule),
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &outcome).await?;
    let change = Change::none().field("method", (), outcome.data.method.as_str());
    ctx.audit(&permit, Subject { kind: "delayed_outcome", id: outcome.id }, change).await?;
    Ok(outcome)
}

/// One page of the delayed outcomes the actor may see, the newest day first.
pub async fn list_delayed_outcomes(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<DelayedOutcome>> {
    let scope = scope(ctx.actor, &policy::LIST_DELAYED_OUTCOMES)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One delayed outcome.
pub async fn get_delayed_outcome(ctx: &Ctx<'_>, id: Uuid) -> Result<DelayedOutcome> {
    let outcome = store::find(ctx.conn, id).await?;
    let target = Target::region(outcome.region_id)
        .organization(outcome.organization_id, outcome.municipality_id)
        .person(outcome.person_id);
    authorize(ctx.actor, &policy::GET_DELAYED_OUTCOME, &target)?;
    Ok(outcome)
}

/// One page of the completed training whose outcome is still to be recorded, what ended first first; and today.
pub async fn list_due_outcomes(
    ctx: &Ctx<'_>,
    filter: DueFilter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<(Vec<DueOutcome>, NaiveDate)> {
    let scope = scope(ctx.actor, &policy::LIST_DUE_OUTCOMES)?;
    if filter.due_from.zip(filter.due_until).is_some_and(|(from, until)| from > until) {
        return Err(Error::field(
            "due_from",
            "dates_out_of_order",
            "Первый день позже последнего",
            "The first day is after the last one",
        ));
    }
    let region_id = ctx.region_id()?;
    let today = regions::service::today(ctx, region_id).await?;
    let places = places(ctx, region_id, today, |support| {
        support.delayed_outcomes.as_ref().map(|rule| i32::from(rule.due_after_months))
    })
    .await?;
    Ok((store::due(ctx.conn, &scope, &places, filter, page.fetch(), after).await?, today))
}

fn not_completed() -> Error {
    Error::field("/enrollment_id", "not_completed", "Обучение не завершено", "The training is not completed")
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение школы не следит за отсроченными результатами",
        "The regulation of the school follows no delayed outcomes",
    )
}
