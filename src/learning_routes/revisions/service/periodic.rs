//! The update of the period (P3-41): once in each period the route is looked through and stays as it is, or is revised
//! for that cause.

use uuid::Uuid;

use super::super::model::RevisionCause;
use super::super::{policy, store};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::learning_routes::model::RouteState;
use crate::learning_routes::service::Case;
use crate::learning_routes::versions;
use crate::learning_routes::versions::model::{NewVersion, VersionCause};
use crate::regulations::profile::RouteUpdateRule;

/// Records that the route was looked through and stays as it is (P3-41).
pub async fn update_route_periodically(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    if_match: i64,
    note: Option<String>,
) -> Result<i64> {
    let mut case = Case::lock(ctx, route_id).await?;
    let Some(rule) = case.rules().life.periodic_update.clone() else {
        case.permit_to_read(ctx.actor, &policy::GET_ROUTE_REVISION)?;
        return Err(not_used());
    };
    let permit = case.permit_of(ctx.actor, &policy::UPDATE_ROUTE_PERIODICALLY, &rule.updated_by, if_match)?;
    if case.route.state != RouteState::Active {
        return Err(Error::new(Code::StateConflict)
            .detail("Обновляется только действующий маршрут", "Only a route in force is updated"));
    }
    refuse_second(ctx, &case, &rule).await?;
    let version = NewVersion {
        route_id,
        cause: VersionCause::PeriodicUpdate,
        round: None,
        revision_id: None,
        content: case.contents(ctx).await?.content(),
        note,
        taken_on: case.today,
    };
    versions::service::keep(ctx, &version).await?;
    case.route.version += 1;
    case.save(ctx).await?;
    let change = Change::none().field("updated_on", (), case.today.to_string());
    ctx.audit(&permit, Subject { kind: "route", id: route_id }, change).await?;
    Ok(case.route.version)
}

/// Whether a revision may be drafted as the update of the running period; the problem stands at its cause.
pub(super) async fn check(ctx: &Ctx<'_>, case: &Case) -> Result<()> {
    match &case.rules().life.periodic_update {
        Some(rule) => refuse_second(ctx, case, rule).await,
        None => Err(not_used().under("/cause")),
    }
}

/// Whether the update of the running period is recorded, or being made by a revision.
pub(in crate::learning_routes) async fn is_updated(ctx: &Ctx<'_>, case: &Case) -> Result<bool> {
    match &case.rules().life.periodic_update {
        Some(rule) => Ok(update(ctx, case, rule).await?.is_some()),
        None => Ok(false),
    }
}

/// The update of a period.
enum Update {
    /// The route was looked through: the version of that number.
    LookedThrough(i32),
    /// That revision makes it.
    Revision(Uuid),
}

async fn refuse_second(ctx: &Ctx<'_>, case: &Case, rule: &RouteUpdateRule) -> Result<()> {
    let error = Error::new(Code::AlreadyExists);
    match update(ctx, case, rule).await? {
        None => Ok(()),
        Some(Update::LookedThrough(number)) => Err(error.detail(
            format!("Обновление за этот период уже внесено: редакция № {number}"),
            format!("The update of this period is recorded already: version {number}"),
        )),
        Some(Update::Revision(id)) => Err(error.detail(
            format!("Обновление за этот период вносит корректировка {id}"),
            format!("The update of this period is made by the revision {id}"),
        )),
    }
}

async fn update(ctx: &Ctx<'_>, case: &Case, rule: &RouteUpdateRule) -> Result<Option<Update>> {
    let first = case.regulation.profile.calendar.period_start(rule.period, case.today);
    let (looked_through, applied, under_way) = tokio::try_join!(
        versions::service::looked_through_since(ctx, case.route.id, first),
        store::updated_since(ctx.conn, case.route.id, first),
        store::under_way(ctx.conn, case.route.id),
    )?;
    let under_way = under_way.filter(|(_, cause)| *cause == RevisionCause::PeriodicUpdate);
    let revision = applied.or(under_way.map(|(id, _)| id)).map(Update::Revision);
    Ok(looked_through.map(Update::LookedThrough).or(revision))
}

fn not_used() -> Error {
    Error::field(
        "",
        "periodic_update_not_used",
        "Положение не требует обновлять маршрут",
        "The regulation does not ask for periodic updates",
    )
}
