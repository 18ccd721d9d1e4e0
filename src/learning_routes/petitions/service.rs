//! Use cases of petitions. Whoever changes one holds its route.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Petition, PetitionState};
use super::{policy, store};
use crate::authz::{Actor, Permit, Role};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::model::RouteState;
use crate::learning_routes::service::{Case, drafters, may_among};
use crate::regulations::profile::RouteProfile;

/// A petition with what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownPetition {
    /// The petition.
    pub petition: Petition,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Whoever enters changes by the regulation, else the drafters.
pub fn enterers(rules: &RouteProfile) -> Vec<Role> {
    match &rules.life.changes {
        Some(rule) if !rule.applied_by.is_empty() => rule.applied_by.clone(),
        _ => drafters(rules),
    }
}

/// Asks for a change of a route in force (P0-25).
pub async fn create_route_petition(ctx: &Ctx<'_>, route_id: Uuid, text: String) -> Result<ShownPetition> {
    let case = Case::lock(ctx, route_id).await?;
    let petitioners = petitioners(case.rules());
    if petitioners.is_empty() {
        case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_PETITIONS)?;
        return Err(Error::field(
            "",
            "petitions_not_used",
            "Положение не знает ходатайств об изменении маршрута",
            "The regulation knows no petitions for a change of a route",
        ));
    }
    let permit = case.permit_among(ctx.actor, &policy::CREATE_ROUTE_PETITION, &petitioners)?;
    if case.route.state != RouteState::Active {
        return Err(Error::new(Code::StateConflict).detail(
            "Ходатайствуют об изменении действующего маршрута",
            "Petitions are for a change of a route in force",
        ));
    }
    let petition = Petition {
        id: new_id(),
        route_id,
        author_id: ctx.actor.person_id,
        author_role: permit.role()?,
        text,
        state: PetitionState::Open,
        decided_by: None,
        decided_on: None,
        decision_note: None,
        revision_id: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &case.route, &petition).await?;
    let change = Change::none().field("state", (), petition.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_petition", id: petition.id }, change).await?;
    Ok(shown(ctx.actor, &case, petition))
}

/// One page of the petitions of a route, newest first.
pub async fn list_route_petitions(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ShownPetition>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_PETITIONS)?;
    let found = store::list(ctx.conn, route_id, page.fetch(), after).await?;
    Ok(found.into_iter().map(|petition| shown(ctx.actor, &case, petition)).collect())
}

/// One petition.
pub async fn get_route_petition(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownPetition> {
    let petition = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, petition.route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_ROUTE_PETITION)?;
    Ok(shown(ctx.actor, &case, petition))
}

/// Refuses a petition, with a reason.
pub async fn decline_route_petition(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    note: String,
) -> Result<ShownPetition> {
    let (case, petition) = hold(ctx, id).await?;
    let enterers = enterers(case.rules());
    let permit = case.permit_among(ctx.actor, &policy::DECLINE_ROUTE_PETITION, &enterers)?;
    if is_author(ctx.actor, &petition) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    check(&petition, if_match)?;
    if petition.revision_id.is_some() {
        return Err(Error::new(Code::StateConflict).detail(
            "По ходатайству уже готовится корректировка",
            "A revision is made of the petition already",
        ));
    }
    let petition =
        decided(ctx, petition, PetitionState::Declined, ctx.actor.person_id, Some(note), case.today).await?;
    let change = Change::none().field("state", "open", petition.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_petition", id }, change).await?;
    Ok(shown(ctx.actor, &case, petition))
}

/// Takes a petition back; only its author may.
pub async fn withdraw_route_petition(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownPetition> {
    let (case, petition) = hold(ctx, id).await?;
    let permit = case.permit_among(ctx.actor, &policy::WITHDRAW_ROUTE_PETITION, &Role::ALL)?;
    if !is_author(ctx.actor, &petition) {
        return Err(Error::new(Code::Forbidden)
            .detail("Ходатайство отзывает его автор", "Its author takes a petition back"));
    }
    check(&petition, if_match)?;
    let petition =
        decided(ctx, petition, PetitionState::Withdrawn, ctx.actor.person_id, None, case.today).await?;
    let change = Change::none().field("state", "open", petition.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_petition", id }, change).await?;
    Ok(shown(ctx.actor, &case, petition))
}

/// The open petition of that route that a revision answers; 422 at `/petition_id` when there is none.
pub async fn answered_by_revision(ctx: &Ctx<'_>, id: Uuid, route_id: Uuid) -> Result<Petition> {
    let found = match store::find(ctx.conn, id).await {
        Err(refusal) if refusal.code == Code::NotFound => None,
        found => Some(found?),
    };
    let of_route = found.filter(|petition| petition.route_id == route_id);
    of_route.filter(|petition| petition.state == PetitionState::Open).ok_or_else(|| {
        Error::field(
            "/petition_id",
            "unknown",
            "У маршрута нет такого открытого ходатайства",
            "The route has no such open petition",
        )
    })
}

/// A revision made of the petition was taken over: it follows from the operation that did so, and whoever made the
/// revision has applied the petition. One that was taken back meanwhile stays so.
pub async fn apply(ctx: &Ctx<'_>, id: Uuid, by: Option<Uuid>, today: NaiveDate) -> Result<()> {
    let petition = store::find(ctx.conn, id).await?;
    if petition.state == PetitionState::Open {
        decided(ctx, petition, PetitionState::Applied, by, None, today).await?;
    }
    Ok(())
}

/// The route has ended, by that right: its open petitions lapse. Part of the operation that ended the route and holds it.
/// Returns them.
pub(in crate::learning_routes) async fn end_with_route(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &Case,
    reason: &str,
) -> Result<Vec<Uuid>> {
    store::lapse(ctx, permit, case.route.id, case.today, reason).await
}

fn petitioners(rules: &RouteProfile) -> Vec<Role> {
    rules.life.changes.as_ref().map(|rule| rule.petitioners.clone()).unwrap_or_default()
}

async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<(Case, Petition)> {
    let route_id = store::find(ctx.conn, id).await?.route_id;
    let case = Case::lock(ctx, route_id).await?;
    // Read again: it may have been decided before the route was ours.
    Ok((case, store::find(ctx.conn, id).await?))
}

fn check(petition: &Petition, if_match: i64) -> Result<()> {
    if petition.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if petition.state == PetitionState::Open {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict)
        .detail("На ходатайство уже есть ответ", "The petition is answered already"))
}

async fn decided(
    ctx: &Ctx<'_>,
    petition: Petition,
    state: PetitionState,
    by: Option<Uuid>,
    note: Option<String>,
    today: NaiveDate,
) -> Result<Petition> {
    let petition = Petition {
        state,
        decided_by: by,
        decided_on: Some(today),
        decision_note: note,
        version: petition.version + 1,
        ..petition
    };
    store::decide(ctx, &petition).await?;
    Ok(petition)
}

fn is_author(actor: &Actor, petition: &Petition) -> bool {
    petition.author_id.is_some_and(|author| actor.is_person(author))
}

fn shown(actor: &Actor, case: &Case, petition: Petition) -> ShownPetition {
    let target = case.target();
    let open = petition.state == PetitionState::Open;
    let own = is_author(actor, &petition);
    let declines = !own
        && petition.revision_id.is_none()
        && may_among(actor, &policy::DECLINE_ROUTE_PETITION, &target, &enterers(case.rules()));
    let allowed_actions = [
        (&policy::DECLINE_ROUTE_PETITION, open && declines),
        (&policy::WITHDRAW_ROUTE_PETITION, open && own),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    ShownPetition { petition, allowed_actions }
}
