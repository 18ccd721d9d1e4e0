//! Use cases of hearings.

use uuid::Uuid;

use super::model::{Hearing, NewHearing};
use super::{policy, store};
use crate::authz::authorize_kept;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result, Text};
use crate::ids::new_id;
use crate::learning_routes::service::Case;

/// Records that a council heard the interim results.
pub async fn record_route_hearing(ctx: &Ctx<'_>, route_id: Uuid, data: NewHearing) -> Result<Hearing> {
    let case = Case::lock(ctx, route_id).await?;
    let rule = &policy::RECORD_ROUTE_HEARING;
    let permit = authorize_kept(ctx.actor, rule, &case.target(), Some(&case.reading_target()))?;
    if ctx.actor.is_person(case.route.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let Some(rule) = case.rules().life.hearing.clone() else {
        return Err(Error::field(
            "/held_on",
            "hearing_not_used",
            "Положение не предусматривает слушаний",
            "The regulation knows no hearings",
        ));
    };
    let Some(activated_on) = case.route.activated_on else {
        return Err(Error::new(Code::StateConflict)
            .detail("Маршрут ещё не действует", "The route is not in force yet"));
    };
    if data.held_on < activated_on || data.held_on > case.today {
        return Err(Error::field(
            "/held_on",
            "date_out_of_range",
            "День слушания — от начала действия маршрута до сегодняшнего",
            "It was held between the day the route came into force and today",
        ));
    }
    let hearing =
        Hearing { id: new_id(), route_id, council: Text::owned(rule.council_ru, rule.council_en), data };
    store::insert(ctx, &permit, &case.route, &hearing).await?;
    let change = Change::none().field("held_on", (), hearing.data.held_on.to_string());
    ctx.audit(&permit, Subject { kind: "route_hearing", id: hearing.id }, change).await?;
    Ok(hearing)
}

/// The hearings of a route, in their order.
pub async fn list_route_hearings(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Vec<Hearing>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_HEARINGS)?;
    store::list(ctx.conn, route_id).await
}
