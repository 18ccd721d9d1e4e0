//! Use cases of activities of routes across people.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::RouteLine;
use super::{policy, store};
use crate::authz::scope;
use crate::db::Ctx;
use crate::directory::regions;
use crate::error::Result;
use crate::http::PageQuery;
use crate::training::enrollments::service::{ActivityEnrollment, of_activities};

/// Which activities a list holds.
#[derive(Debug, Clone, Default)]
pub struct RouteActivityFilter {
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of learners of this school.
    pub organization_id: Option<Uuid>,
    /// Only addressed to this provider.
    pub provider_id: Option<Uuid>,
    /// Only of routes that this curator follows (P1-51).
    pub curator_id: Option<Uuid>,
    /// Only outside the learner's school.
    pub external: Option<bool>,
    /// Only with an enrollment, or only without.
    pub enrolled: Option<bool>,
    /// Of routes that are being formed, addressed to the caller's organization (P4-37).
    pub drafts: bool,
}

/// An activity with the training that fulfils it.
#[derive(Debug, Clone)]
pub struct RouteActivityLine {
    /// The activity.
    pub line: RouteLine,
    /// The newest enrollment that fulfils it.
    pub enrollment: Option<ActivityEnrollment>,
    /// Today by the region's clock.
    pub today: NaiveDate,
}

/// One page of the activities the actor may see.
pub async fn list_route_activities(
    ctx: &Ctx<'_>,
    filter: &RouteActivityFilter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RouteActivityLine>> {
    let scope = scope(ctx.actor, &policy::LIST_ROUTE_ACTIVITIES)?;
    let today = regions::service::today(ctx, ctx.region_id()?).await?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let ids: Vec<Uuid> = found.iter().map(|line| line.id).collect();
    let enrollments = of_activities(ctx, &ids).await?;
    let with =
        |line: RouteLine| RouteActivityLine { enrollment: enrollments.get(&line.id).copied(), line, today };
    Ok(found.into_iter().map(with).collect())
}
