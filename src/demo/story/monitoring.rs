//! Steps after the course and about monitoring: products, delayed outcomes, cycles, monitorings and decisions.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::error::Result;
use crate::monitoring::cycles::dto::MonitoringCycleCreate;
use crate::monitoring::cycles::service::{self as cycles, Step};
use crate::monitoring::decisions::dto::{ManagerialDecisionAnswer, ManagerialDecisionCreate};
use crate::monitoring::decisions::service::{self as decisions, NewDecision};
use crate::monitoring::monitorings::dto::{MonitoringClose, MonitoringCreate, MonitoringFindingRecord};
use crate::monitoring::monitorings::model::Monitoring;
use crate::monitoring::monitorings::service as monitorings;
use crate::monitoring::stage_submissions::dto::StageSubmissionCreate;
use crate::monitoring::stage_submissions::service::{self as stage_submissions, NewSubmission};
use crate::monitoring::submissions::dto::MonitoringSubmissionCreate;
use crate::monitoring::submissions::service as submissions;
use crate::support::delayed_outcomes::dto::DelayedOutcomeCreate;
use crate::support::delayed_outcomes::service as delayed_outcomes;
use crate::support::products::dto::{
    ProductCheckCreate, ProductCreate, ProductDefenceCreate, ProductIntroductionBody,
};
use crate::support::products::model::Product;
use crate::support::products::service as products;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    if let Some(made) = after_training(ctx, operation, request).await? {
        return Ok(Some(made));
    }
    let made = match operation {
        "create_monitoring_cycle" => {
            let body = request.body::<MonitoringCycleCreate>()?;
            made(cycles::create_monitoring_cycle(ctx, body.organization_id, body.year).await?.cycle.id)
        }
        "open_monitoring_stage" => advance(ctx, request, Step::Opening).await?,
        "close_monitoring_stage" => advance(ctx, request, Step::Closing).await?,
        "create_stage_submission" => {
            let body = request.body::<StageSubmissionCreate>()?;
            let new = NewSubmission {
                stage: (body.cycle_id, body.position),
                organization_id: body.organization_id,
                text: body.text,
                finding_id: body.finding_id,
            };
            made(stage_submissions::create_stage_submission(ctx, new).await?.id)
        }
        "create_monitoring" => {
            let MonitoringCreate { organization_id, subject, year } = request.body()?;
            made(monitorings::create_monitoring(ctx, organization_id, subject, year).await?.monitoring.id)
        }
        "create_monitoring_submission" => {
            let body = request.body::<MonitoringSubmissionCreate>()?;
            let place = (body.monitoring_id, body.organization_id);
            made(submissions::create_monitoring_submission(ctx, place, body.text).await?.submission.id)
        }
        "record_monitoring_finding" => {
            let MonitoringFindingRecord { about_id, text } = request.body()?;
            let Monitoring { id, version, .. } = monitoring(ctx, request).await?;
            monitorings::record_monitoring_finding(ctx, id, version, (about_id, text)).await?;
            made(id)
        }
        "close_monitoring" => {
            let conclusion = request.body::<MonitoringClose>()?.conclusion;
            let Monitoring { id, version, .. } = monitoring(ctx, request).await?;
            made(monitorings::close_monitoring(ctx, id, version, conclusion).await?.monitoring.id)
        }
        "create_managerial_decision" => {
            let body = request.body::<ManagerialDecisionCreate>()?;
            let new = NewDecision {
                organization_id: body.organization_id,
                kind: body.kind.into(),
                addressee_id: body.addressee_id,
                monitoring_id: body.monitoring_id,
                text: body.text,
                due_on: body.due_on,
            };
            made(decisions::create_managerial_decision(ctx, new).await?.decision.id)
        }
        "answer_managerial_decision" => {
            let text = request.body::<ManagerialDecisionAnswer>()?.text;
            let decision = decisions::get_managerial_decision(ctx, request.id()?).await?.decision;
            let (id, version) = (decision.id, decision.version);
            made(decisions::answer_managerial_decision(ctx, id, version, text).await?.decision.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

async fn after_training(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "create_product" => {
            let new = request.body::<ProductCreate>()?.into();
            made(products::create_product(ctx, new).await?.product.id)
        }
        "record_product_defence" => {
            let defence = request.body::<ProductDefenceCreate>()?.into();
            let Product { id, version, .. } = product(ctx, request).await?;
            made(products::record_product_defence(ctx, id, version, defence).await?.product.id)
        }
        "record_product_introduction" => {
            let introduction = request.body::<ProductIntroductionBody>()?.into();
            let Product { id, version, .. } = product(ctx, request).await?;
            made(products::record_product_introduction(ctx, id, version, introduction).await?.product.id)
        }
        "record_product_check" => {
            let check = request.body::<ProductCheckCreate>()?.into();
            let Product { id, version, .. } = product(ctx, request).await?;
            made(products::record_product_check(ctx, id, version, check).await?.product.id)
        }
        "record_delayed_outcome" => {
            let DelayedOutcomeCreate { enrollment_id, data } = request.body()?;
            made(delayed_outcomes::record_delayed_outcome(ctx, enrollment_id, data.into()).await?.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// The stage of that number begins or ends.
async fn advance(ctx: &Ctx<'_>, request: &Request, step: Step) -> Result<Made> {
    let cycle = cycles::get_monitoring_cycle(ctx, request.id()?).await?.cycle;
    cycles::advance_stage(ctx, (cycle.id, request.number()?), cycle.version, step).await?;
    Ok(made(cycle.id))
}

async fn monitoring(ctx: &Ctx<'_>, request: &Request) -> Result<Monitoring> {
    Ok(monitorings::get_monitoring(ctx, request.id()?).await?.monitoring)
}

async fn product(ctx: &Ctx<'_>, request: &Request) -> Result<Product> {
    Ok(products::get_product(ctx, request.id()?).await?.product)
}
