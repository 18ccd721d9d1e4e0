//! Use cases of submissions into monitorings. The monitoring is held before its submission.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::MonitoringSubmission;
use super::{policy, store};
use crate::authz::{authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{organization_at, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::monitoring::held::refuse_unless;
use crate::monitoring::monitorings::service::{concerns, hold_monitoring};

pub use super::store::Filter;

/// A submission, and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct ShownSubmission {
    /// The submission.
    pub submission: MonitoringSubmission,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Submits into a monitoring that is not closed (P2-44).
pub async fn create_monitoring_submission(
    ctx: &Ctx<'_>,
    (monitoring_id, organization_id): (Uuid, Option<Uuid>),
    text: String,
) -> Result<ShownSubmission> {
    let monitoring = hold_monitoring(ctx, monitoring_id).await;
    let monitoring = monitoring.map_err(|refusal| refusal.in_body("/monitoring_id"))?;
    let submitter = ctx.actor.in_roles(&monitoring.submitters);
    let organization_id =
        organization_id.or(submitter.home_organization()).ok_or(Error::new(Code::Forbidden))?;
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_seen(&submitter, &policy::CREATE_MONITORING_SUBMISSION, &target(&place))?;
    if !concerns(&monitoring.holder, &place) {
        return Err(Error::field(
            "/organization_id",
            "out_of_reach",
            "Мониторинг не касается этой организации",
            "The monitoring does not concern this organization",
        ));
    }
    if monitoring.closing.is_some() {
        return Err(Error::new(Code::StateConflict).detail("Мониторинг закрыт", "The monitoring is closed"));
    }
    let submission = MonitoringSubmission {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        monitoring_id,
        role: permit.role()?,
        text,
        submitted_on: today(ctx, place.region_id).await?,
        version: 1,
    };
    store::insert(ctx, &permit, &submission).await?;
    let change = Change::none().field("monitoring_id", (), monitoring_id.to_string());
    ctx.audit(&permit, Subject { kind: "monitoring_submission", id: submission.id }, change).await?;
    Ok(shown(ctx, submission))
}

/// One page of what the actor may see.
pub async fn list_monitoring_submissions(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ShownSubmission>> {
    let scope = scope(ctx.actor, &policy::LIST_MONITORING_SUBMISSIONS)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    Ok(found.into_iter().map(|submission| shown(ctx, submission)).collect())
}

/// One submission.
pub async fn get_monitoring_submission(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownSubmission> {
    let submission = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MONITORING_SUBMISSION, &submission.target())?;
    Ok(shown(ctx, submission))
}

/// Writes a submission anew.
pub async fn update_monitoring_submission(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    text: String,
) -> Result<ShownSubmission> {
    let known = store::find(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::UPDATE_MONITORING_SUBMISSION, &known.target())?;
    let monitoring = hold_monitoring(ctx, known.monitoring_id).await?;
    let submitter = ctx.actor.in_roles(&monitoring.submitters);
    authorize_seen(&submitter, &policy::UPDATE_MONITORING_SUBMISSION, &known.target())?;
    let current = store::lock(ctx.conn, id).await?;
    let open = monitoring.closing.is_none();
    refuse_unless(open, current.version, if_match, "Мониторинг закрыт", "The monitoring is closed")?;
    let submission = MonitoringSubmission { text, version: current.version + 1, ..current };
    store::save(ctx, &permit, &submission).await?;
    let subject = Subject { kind: "monitoring_submission", id };
    ctx.audit(&permit, subject, Change::none()).await?;
    Ok(shown(ctx, submission))
}

fn shown(ctx: &Ctx<'_>, submission: MonitoringSubmission) -> ShownSubmission {
    let rule = &policy::UPDATE_MONITORING_SUBMISSION;
    // Who submitted it says who may write it anew: somebody in that role, there.
    let writes = may(&ctx.actor.in_roles(&[submission.role]), rule, &submission.target());
    let allowed_actions = writes.then(|| rule.operation.to_owned()).into_iter().collect();
    ShownSubmission { submission, allowed_actions }
}
