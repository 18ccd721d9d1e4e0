//! Use cases of enrollments, and what offerings, applications, contracts, routes and credentials ask of them.

mod credential;
mod enroll;
mod learn;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Enrollment, EnrollmentEvent, EnrollmentStage, PlaceTaken, Surroundings, step};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_seen, may, scope};
use crate::db::Ctx;
use crate::directory::persons::service::names_of;
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::regulations::profile::RuleSeverity;
use crate::training::contracts;
use crate::training::vocabulary::{EnrollmentState, TrainingStageKind};
use crate::values::PersonName;

pub use credential::{Certified, Learnt, attach_credential, certifiable, certify, refuse_unmastered};
pub use enroll::{Newcomer, enroll};
pub use learn::{
    complete_enrollment, record_enrollment_stage, set_enrollment_activity, start_all, withdraw_all,
    withdraw_enrollment,
};

/// Which enrollments a list holds.
#[derive(Debug, Clone, Default)]
pub struct EnrollmentFilter {
    /// Only in this offering.
    pub offering_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only at this organiser.
    pub provider_id: Option<Uuid>,
    /// Only covered by this contract.
    pub contract_id: Option<Uuid>,
    /// Only for this activity of a route.
    pub activity_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<EnrollmentState>,
    /// Only outside the person's school, or only in it.
    pub external: Option<bool>,
}

/// An enrollment in a list.
#[derive(Debug, Clone)]
pub struct EnrollmentLine {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// The name of the person.
    pub name: PersonName,
}

/// An enrollment with its stages, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownEnrollment {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// The name of the person.
    pub name: PersonName,
    /// Its stages.
    pub stages: Vec<EnrollmentStage>,
    /// The contract the regulation demands and that is missing: severity and paragraph.
    pub missing_contract: Option<(RuleSeverity, Option<String>)>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// The state of the enrollment that fulfils an activity of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityEnrollment {
    /// The enrollment.
    pub id: Uuid,
    /// Where it stands.
    pub state: EnrollmentState,
}

/// One page of the enrollments the actor may see.
pub async fn list_enrollments(
    ctx: &Ctx<'_>,
    filter: &EnrollmentFilter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<EnrollmentLine>> {
    let scope = scope(ctx.actor, &policy::LIST_ENROLLMENTS)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let person_ids: Vec<Uuid> = found.iter().map(|enrollment| enrollment.person_id).collect();
    let names = names_of(ctx.conn, &person_ids).await?;
    let line = |enrollment: Enrollment| {
        let name = names.get(&enrollment.person_id).cloned();
        let name = name.ok_or_else(|| Error::internal("an enrollment of nobody"))?;
        Ok(EnrollmentLine { enrollment, name })
    };
    found.into_iter().map(line).collect()
}

/// One enrollment.
pub async fn get_enrollment(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownEnrollment> {
    let enrollment = store::find(ctx.conn, id).await?;
    let around = store::surroundings(ctx.conn, &enrollment).await?;
    authorize(ctx.actor, &policy::GET_ENROLLMENT, &reading_target(&enrollment, &around))?;
    shown(ctx, enrollment, around).await
}

/// How many enrollments of an offering nobody has closed yet.
pub async fn unclosed(ctx: &Ctx<'_>, offering_id: Uuid) -> Result<i64> {
    store::unclosed(ctx.conn, offering_id).await
}

/// The places taken at these organisers in programs, by the year their offerings begin: enrolled, learning or completed.
/// For the state assignment (P2-20).
pub async fn places_taken(ctx: &Ctx<'_>, provider_ids: &[Uuid], years: &[i32]) -> Result<Vec<PlaceTaken>> {
    if provider_ids.is_empty() {
        return Ok(Vec::new());
    }
    store::places_taken(ctx.conn, provider_ids, years).await
}

/// The newest enrollment for each of these activities, without asking who may see it: routes show its state.
pub async fn of_activities(
    ctx: &Ctx<'_>,
    activity_ids: &[Uuid],
) -> Result<HashMap<Uuid, ActivityEnrollment>> {
    store::of_activities(ctx.conn, activity_ids).await
}

/// The enrollment of a person in an offering that he has not left, without asking who may see it: for the rules of other
/// resources.
pub async fn of_person_in(ctx: &Ctx<'_>, person_id: Uuid, offering_id: Uuid) -> Result<Option<Enrollment>> {
    store::of_person_in(ctx.conn, person_id, offering_id).await
}

/// Puts enrollments of that school at that provider under a contract, by the right to change it. Returns those that
/// are not of both, are for something else or are covered by another contract.
pub async fn cover(
    ctx: &Ctx<'_>,
    permit: &Permit,
    contract: &contracts::model::Contract,
    ids: &[Uuid],
) -> Result<Vec<Uuid>> {
    store::cover(ctx, permit, contract, ids).await
}

async fn today(ctx: &Ctx<'_>, enrollment: &Enrollment) -> Result<NaiveDate> {
    regions::service::today(ctx, enrollment.region_id).await
}

/// Both sides: the person with school and heads, the organiser with the leader.
fn reading_target(enrollment: &Enrollment, around: &Surroundings) -> Target {
    both_sides(enrollment)
        .person(enrollment.person_id)
        .assigned(around.heads.iter().copied())
        .assigned(around.leader_id)
}

fn both_sides(enrollment: &Enrollment) -> Target {
    school_side(enrollment).organization(enrollment.provider_id, None)
}

fn school_side(enrollment: &Enrollment) -> Target {
    Target::region(enrollment.region_id).organization(enrollment.organization_id, enrollment.municipality_id)
}

fn organiser_side(enrollment: &Enrollment, around: &Surroundings) -> Target {
    Target::region(enrollment.region_id).organization(enrollment.provider_id, None).assigned(around.leader_id)
}

/// Who records a stage: the school has its say in a task at the workplace (P2-27).
fn recording_side(enrollment: &Enrollment, around: &Surroundings, kind: TrainingStageKind) -> Target {
    let organiser = organiser_side(enrollment, around);
    if kind == TrainingStageKind::WorkplaceTask {
        organiser.organization(enrollment.organization_id, enrollment.municipality_id)
    } else {
        organiser
    }
}

/// 404 for whoever may not see it, 403 for whoever may see it and not do this.
fn permit(
    actor: &Actor,
    rule: &'static Rule,
    enrollment: &Enrollment,
    around: &Surroundings,
    target: &Target,
) -> Result<Permit> {
    authorize(actor, &policy::GET_ENROLLMENT, &reading_target(enrollment, around))?;
    authorize_seen(actor, rule, target)
}

fn require_version(enrollment: &Enrollment, if_match: i64) -> Result<()> {
    if enrollment.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

async fn shown(ctx: &Ctx<'_>, enrollment: Enrollment, around: Surroundings) -> Result<ShownEnrollment> {
    let (stages, missing_contract) =
        tokio::try_join!(store::stages(ctx.conn, enrollment.id), missing_contract(ctx, &enrollment))?;
    let allowed_actions = allowed_actions(ctx.actor, &enrollment, &around, &stages);
    Ok(ShownEnrollment { enrollment, name: around.name, stages, missing_contract, allowed_actions })
}

/// What the regulation of the school says of an enrollment without a contract.
async fn missing_contract(
    ctx: &Ctx<'_>,
    enrollment: &Enrollment,
) -> Result<Option<(RuleSeverity, Option<String>)>> {
    let own = enrollment.organization_id == enrollment.provider_id;
    if own || enrollment.contract_id.is_some() || enrollment.state == EnrollmentState::Withdrawn {
        return Ok(None);
    }
    let day = today(ctx, enrollment).await?;
    contracts::service::demand(ctx, enrollment.organization_id, day).await
}

fn allowed_actions(
    actor: &Actor,
    enrollment: &Enrollment,
    around: &Surroundings,
    stages: &[EnrollmentStage],
) -> Vec<String> {
    let own = actor.is_person(enrollment.person_id);
    let happens = |event: EnrollmentEvent| step(enrollment.state, &event).is_ok();
    let organiser = organiser_side(enrollment, around);
    let records = stages.iter().any(|stage| {
        let target = recording_side(enrollment, around, stage.kind);
        may(actor, &policy::RECORD_ENROLLMENT_STAGE, &target)
    });
    let reason = || "…".to_owned();
    let leaving = both_sides(enrollment).person(enrollment.person_id);
    let linking = school_side(enrollment).person(enrollment.person_id).assigned(around.heads.iter().copied());
    let certifies = enrollment.state == EnrollmentState::Completed && enrollment.credential_id.is_none();
    [
        (&policy::RECORD_ENROLLMENT_STAGE, !own && happens(EnrollmentEvent::Record) && records),
        (
            &policy::COMPLETE_ENROLLMENT,
            !own && happens(EnrollmentEvent::Finish { mastered_in_full: true })
                && may(actor, &policy::COMPLETE_ENROLLMENT, &organiser),
        ),
        (
            &policy::WITHDRAW_ENROLLMENT,
            happens(EnrollmentEvent::Withdraw { reason: reason() })
                && may(actor, &policy::WITHDRAW_ENROLLMENT, &leaving),
        ),
        (
            &policy::SET_ENROLLMENT_ACTIVITY,
            enrollment.state != EnrollmentState::Withdrawn
                && may(actor, &policy::SET_ENROLLMENT_ACTIVITY, &linking),
        ),
        (&policy::CERTIFY, !own && certifies && may(actor, &policy::CERTIFY, &organiser)),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect()
}
