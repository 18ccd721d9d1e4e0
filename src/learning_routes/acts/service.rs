//! Use cases of administrative acts.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Act, ActData, Filter};
use super::{policy, store};
use crate::authz::{Target, authorize, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Records an act of an organization.
pub async fn record_administrative_act(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    mut data: ActData,
) -> Result<Act> {
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_at(ctx.actor, &policy::RECORD_ADMINISTRATIVE_ACT, &place)?;
    data.route_ids.sort_unstable();
    data.route_ids.dedup();
    let known = store::routes_of(ctx.conn, organization_id, &data.route_ids).await?;
    let problems = unknown_routes("/data/route_ids", &data.route_ids, &known);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    if let Some(known) = store::same(ctx.conn, organization_id, &data).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            format!("Акт с этим номером и датой уже записан: {known}"),
            format!("The act of that number and date is recorded already: {known}"),
        ));
    }
    let act = Act {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id,
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &act).await?;
    let change = Change::none().field("kind", (), act.data.kind.as_str());
    ctx.audit(&permit, Subject { kind: "administrative_act", id: act.id }, change).await?;
    Ok(act)
}

/// One page of the acts the actor may know.
pub async fn list_administrative_acts(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Act>> {
    let scope = scope(ctx.actor, &policy::LIST_ADMINISTRATIVE_ACTS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One act.
pub async fn get_administrative_act(ctx: &Ctx<'_>, id: Uuid) -> Result<Act> {
    let act = store::find(ctx.conn, id).await?;
    let target = Target::region(act.region_id).organization(act.organization_id, act.municipality_id);
    authorize(ctx.actor, &policy::GET_ADMINISTRATIVE_ACT, &target)?;
    Ok(act)
}

/// Those acts of the organization, for what rests on them.
pub async fn acts_of(ctx: &Ctx<'_>, organization_id: Uuid, ids: &[Uuid]) -> Result<Vec<Act>> {
    let found = if ids.is_empty() { Vec::new() } else { store::many(ctx.conn, ids).await? };
    Ok(found.into_iter().filter(|act| act.organization_id == organization_id).collect())
}

/// Those of the routes that are of the organization.
pub async fn routes_of(ctx: &Ctx<'_>, organization_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    store::routes_of(ctx.conn, organization_id, ids).await
}

/// One problem for each route that the organization does not have.
pub fn unknown_routes(pointer: &str, asked: &[Uuid], known: &[Uuid]) -> Vec<FieldProblem> {
    let unknown = asked.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let words = || Text::new("У организации нет такого маршрута", "The organization has no such route");
    unknown.map(|(index, _)| FieldProblem::new(format!("{pointer}/{index}"), "unknown", words())).collect()
}
