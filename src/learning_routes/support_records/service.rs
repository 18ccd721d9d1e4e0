//! Use cases of support of routes.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Filter, Period, ReportRow, SupportData, SupportRecord, problems, report};
use super::{policy, store};
use crate::authz::{Actor, Role, ScopePart, authorize_kept, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization};
use crate::directory::persons::service::names_of as names_of_people;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::service::{Case, authorize_among};

/// Records what was done for a route.
pub async fn record_route_support(ctx: &Ctx<'_>, route_id: Uuid, data: SupportData) -> Result<SupportRecord> {
    let case = Case::open(ctx, route_id).await?;
    let (target, rule) = (case.accompanied(), &policy::RECORD_ROUTE_SUPPORT);
    let mut permit = authorize_kept(ctx.actor, rule, &target, Some(&case.reading_target()))?;
    let supporter_id = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    if supporter_id == case.route.person_id {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let is_tutor = case.route.tutor_id == Some(supporter_id);
    if !is_tutor && let Some(roles) = supporters(&case) {
        permit = authorize_among(ctx.actor, rule, &target, &roles)?;
    }
    let problems = problems(&data, case.regulation.profile.support.tutoring.as_ref(), case.today);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let record = SupportRecord {
        id: new_id(),
        region_id: case.route.region_id,
        municipality_id: case.route.municipality_id,
        organization_id: case.route.organization_id,
        person_id: case.route.person_id,
        route_id,
        supporter_id,
        supporter_role: if is_tutor { Role::RouteTutor } else { permit.role()? },
        data,
    };
    store::insert(ctx, &permit, &record).await?;
    let change = Change::none().field("kind", (), record.data.kind.as_str());
    ctx.audit(&permit, Subject { kind: "route_support_record", id: record.id }, change).await?;
    Ok(record)
}

/// One page of what was done for a route, newest first.
pub async fn list_route_support(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportRecord>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_SUPPORT)?;
    store::of_route(ctx.conn, filter, page.fetch(), after).await
}

/// One page of what was done for the people in scope, newest first.
pub async fn list_support_records(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportRecord>> {
    let scope = scope(ctx.actor, &policy::LIST_SUPPORT_RECORDS)?;
    // What one recorded oneself is of one's region: whoever sees all of it needs no second look.
    let is_whole = |part: &ScopePart| matches!(part, ScopePart::Everything | ScopePart::Region(_));
    let supporter_id = ctx.actor.person_id.filter(|_| !scope.parts().iter().any(is_whole));
    store::list(ctx.conn, &scope, supporter_id, filter, page.fetch(), after).await
}

/// Who consulted and supported how much (P1-43, P1-52).
pub async fn get_support_report(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    period: Period,
) -> Result<Vec<ReportRow>> {
    let place = organization(ctx, organization_id).await?;
    authorize_at(ctx.actor, &policy::GET_SUPPORT_REPORT, &place)?;
    if period.until < period.from {
        return Err(Error::field(
            "until",
            "dates_out_of_order",
            "Последний день раньше первого",
            "The last day is before the first",
        ));
    }
    let (counts, consultations) = store::counts(ctx.conn, organization_id, period).await?;
    let people: Vec<Uuid> = counts
        .iter()
        .map(|count| count.supporter_id)
        .chain(consultations.iter().map(|(person_id, _)| *person_id))
        .collect();
    let names = names_of_people(ctx.conn, &people).await?;
    Ok(report(&counts, &consultations, &names))
}

/// Whether the actor may record support of the route now: for what is offered on it.
pub(in crate::learning_routes) fn may_support(actor: &Actor, case: &Case) -> bool {
    let (target, rule) = (case.accompanied(), &policy::RECORD_ROUTE_SUPPORT);
    if actor.is_person(case.route.person_id) {
        return false;
    }
    let is_tutor = case.route.tutor_id.is_some_and(|tutor| actor.is_person(tutor));
    match supporters(case).filter(|_| !is_tutor) {
        Some(roles) => may(&actor.in_roles(&roles), rule, &target),
        None => may(actor, rule, &target),
    }
}

fn supporters(case: &Case) -> Option<Vec<Role>> {
    case.regulation.profile.support.supporters.as_ref().map(|rule| rule.roles.clone())
}
