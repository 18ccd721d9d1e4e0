//! Steps about offerings, applications, enrollments, contracts and the credentials that end them.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::error::Result;
use crate::hours::credentials::decisions;
use crate::hours::credentials::dto::{CredentialCreate, CredentialDecide};
use crate::hours::credentials::service as credentials;
use crate::training::applications::dto::{ApplicationCreate, ApplicationDecide, ApplicationWithdraw};
use crate::training::applications::service as applications;
use crate::training::contracts::dto::{ContractCreate, ContractEnd};
use crate::training::contracts::service as contracts;
use crate::training::enrollments::dto::{EnrollmentComplete, EnrollmentStageBody, EnrollmentWithdraw};
use crate::training::enrollments::service as enrollments;
use crate::training::offerings::dto::{OfferingCopyCreate, OfferingCreate, OfferingStateChange};
use crate::training::offerings::service as offerings;
use crate::training::vocabulary::ApplicationDecision;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "create_offering" => {
            let body = request.body::<OfferingCreate>()?;
            let organiser = body.organization_id;
            made(offerings::create_offering(ctx, organiser, body.into()).await?.offering.id)
        }
        "create_offering_copy" => {
            let first_day = request.body::<OfferingCopyCreate>()?.starts_on;
            made(offerings::create_offering_copy(ctx, request.id()?, first_day).await?.offering.id)
        }
        "change_offering_state" => {
            let body = request.body::<OfferingStateChange>()?;
            let offering = offerings::get_offering(ctx, request.id()?).await?.offering;
            let (version, reason) = (offering.version, body.reason.as_deref());
            offerings::change_offering_state(ctx, offering.id, version, body.state, reason).await?;
            made(offering.id)
        }
        "create_application" => {
            let new = request.body::<ApplicationCreate>()?.into();
            made(applications::create_application(ctx, new).await?.application.id)
        }
        "decide_application" => decide_application(ctx, request).await?,
        "withdraw_application" => {
            let reason = request.body::<ApplicationWithdraw>()?.reason;
            let application = applications::get_application(ctx, request.id()?).await?.application;
            let (id, version) = (application.id, application.version);
            applications::withdraw_application(ctx, id, version, reason.as_deref()).await?;
            made(id)
        }
        "acknowledge_referral" => {
            made(applications::acknowledge_referral(ctx, request.id()?).await?.application.id)
        }
        "record_enrollment_stage" => {
            let (position, record) = (request.number()?, request.body::<EnrollmentStageBody>()?.into());
            let enrollment = enrollments::get_enrollment(ctx, request.id()?).await?.enrollment;
            let (id, version) = (enrollment.id, enrollment.version);
            enrollments::record_enrollment_stage(ctx, id, position, version, &record).await?;
            made(id)
        }
        "complete_enrollment" => {
            let body = request.body::<EnrollmentComplete>()?;
            let enrollment = enrollments::get_enrollment(ctx, request.id()?).await?.enrollment;
            let (id, version, reason) = (enrollment.id, enrollment.version, body.reason.as_deref());
            enrollments::complete_enrollment(ctx, id, version, body.closing, reason).await?;
            made(id)
        }
        "withdraw_enrollment" => {
            let reason = request.body::<EnrollmentWithdraw>()?.reason;
            let enrollment = enrollments::get_enrollment(ctx, request.id()?).await?.enrollment;
            enrollments::withdraw_enrollment(ctx, enrollment.id, enrollment.version, &reason).await?;
            made(enrollment.id)
        }
        "create_contract" => {
            let new = request.body::<ContractCreate>()?.into();
            made(contracts::create_contract(ctx, new).await?.contract.id)
        }
        "end_contract" => {
            let day = request.body::<ContractEnd>()?.terminated_on;
            let contract = contracts::get_contract(ctx, request.id()?).await?.contract;
            made(contracts::end_contract(ctx, contract.id, contract.version, day).await?.contract.id)
        }
        "create_credential" => {
            let new = request.body::<CredentialCreate>()?.into();
            made(credentials::create_credential(ctx, new).await?.credential.id)
        }
        "decide_credential" => {
            let body = request.body::<CredentialDecide>()?;
            let credential = credentials::get_credential(ctx, request.id()?).await?.credential;
            let (id, version) = (credential.id, credential.version);
            let (decision, reason) = (body.decision.into(), body.reason.as_deref());
            made(decisions::decide_credential(ctx, id, version, decision, reason).await?.credential.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// Accepting enrolls everybody in the application: the enrollments are found by person.
async fn decide_application(ctx: &Ctx<'_>, request: &Request) -> Result<Made> {
    let body = request.body::<ApplicationDecide>()?;
    let application = applications::get_application(ctx, request.id()?).await?.application;
    let (id, version) = (application.id, application.version);
    let shown = match body.decision {
        ApplicationDecision::Accept => applications::accept_application(ctx, id, version).await?,
        ApplicationDecision::Decline => {
            applications::decline_application(ctx, id, version, body.reason.as_deref()).await?
        }
    };
    let enrolled = shown.people.iter().filter_map(|person| Some((person.person_id, person.enrollment_id?)));
    Ok(Made { people: enrolled.collect(), ..made(id) })
}
