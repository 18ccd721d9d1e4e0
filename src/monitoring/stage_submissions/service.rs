//! Use cases of submissions into stages.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::StageSubmission;
use super::{policy, store};
use crate::authz::{Actor, Role, authorize, authorize_seen, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::findings::service::unknown_findings;
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{organization_at, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::monitoring::cycles::model::{Stage, StageState};
use crate::monitoring::cycles::service::hold_cycle;
use crate::monitoring::monitorings::service::concerns;

pub use super::store::Filter;

/// A submission as asked for.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// The cycle and the place of the stage in it.
    pub stage: (Uuid, i32),
    /// For which organization; that of the role by default.
    pub organization_id: Option<Uuid>,
    /// What is submitted.
    pub text: String,
    /// The finding it rests on.
    pub finding_id: Option<Uuid>,
}

/// Submits something into an open stage (P2-13).
pub async fn create_stage_submission(ctx: &Ctx<'_>, new: NewSubmission) -> Result<StageSubmission> {
    let (cycle_id, position) = new.stage;
    let cycle = hold_cycle(ctx, cycle_id).await.map_err(|refusal| refusal.in_body("/cycle_id"))?;
    let stage = cycle.stage(position).ok_or_else(unknown_stage)?;
    let home = participant(ctx.actor, stage, None).home_organization();
    let organization_id = new.organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let participant = participant(ctx.actor, stage, Some(place.kind));
    let permit = authorize_seen(&participant, &policy::CREATE_STAGE_SUBMISSION, &target(&place))?;
    if !concerns(&cycle.holder, &place) {
        return Err(Error::field(
            "/organization_id",
            "out_of_reach",
            "Цикл не касается этой организации",
            "The cycle does not concern this organization",
        ));
    }
    match stage.state() {
        StageState::Open => {}
        StageState::Planned => {
            return Err(Error::new(Code::StateConflict)
                .detail("Этап ещё не открыт", "The stage has not been opened yet"));
        }
        StageState::Closed => {
            return Err(Error::new(Code::StateConflict).detail("Этап закрыт", "The stage is closed"));
        }
    }
    let findings: Vec<Uuid> = new.finding_id.into_iter().collect();
    if !findings.is_empty() && !unknown_findings(ctx, &findings).await?.is_empty() {
        return Err(Error::field(
            "/finding_id",
            "unknown",
            "Такого результата нет",
            "There is no such finding",
        ));
    }
    let submission = StageSubmission {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        person_id: ctx.actor.person_id,
        cycle_id,
        position,
        role: permit.role()?,
        text: new.text,
        finding_id: new.finding_id,
        submitted_on: today(ctx, place.region_id).await?,
    };
    store::insert(ctx, &permit, &submission).await?;
    let change = Change::none().field("position", (), position);
    ctx.audit(&permit, Subject { kind: "stage_submission", id: submission.id }, change).await?;
    Ok(submission)
}

/// One page of what the actor may see.
pub async fn list_stage_submissions(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<StageSubmission>> {
    let scope = scope(ctx.actor, &policy::LIST_STAGE_SUBMISSIONS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One submission.
pub async fn get_stage_submission(ctx: &Ctx<'_>, id: Uuid) -> Result<StageSubmission> {
    let submission = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_STAGE_SUBMISSION, &submission.target())?;
    Ok(submission)
}

/// The actor with those roles alone that take part in the stage; every role where the regulation names none. Whoever is employed
/// anywhere has the rights of a teacher; the teachers of a stage are those of schools.
fn participant(actor: &Actor, stage: &Stage, at: Option<OrganizationKind>) -> Actor {
    if stage.participants.is_empty() {
        return actor.clone();
    }
    let teaches = at.is_none_or(|kind| kind == OrganizationKind::School);
    let mut roles = stage.participants.clone();
    roles.retain(|role| teaches || *role != Role::Teacher);
    actor.in_roles(&roles)
}

fn unknown_stage() -> Error {
    Error::field("/position", "unknown", "Такого этапа у цикла нет", "The cycle has no such stage")
}
