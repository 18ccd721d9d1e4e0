//! Use cases of cards. Whoever changes one holds its route.

mod approval;

use uuid::Uuid;

use super::model::{ApprovedCard, NextCard, NoCard, RouteCard, RouteCardEvent, RouteCardState, next, step};
use super::{policy, store};
use crate::approvals::service::{request_of, submit, withdraw};
use crate::authz::{Actor, Permit, Role};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::documents::words::Words;
use crate::learning_routes::model::{RouteContent, RouteState};
use crate::learning_routes::service::{Case, drafters, may_among};
use crate::learning_routes::versions;
use crate::regulations::profile::{ApprovalSubjectKind, RouteProfile};
use approval::{submission, taken};

pub(in crate::learning_routes) use approval::end_with_route;
pub use approval::{hold, on_approval};

/// A card with what follows from the route, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownCard {
    /// The card.
    pub card: RouteCard,
    /// It was approved, and the route was revised or updated since.
    pub outdated: bool,
    /// Its request for approval.
    pub request_id: Option<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// A card in a list, with whether it is outdated.
pub type ListedCard = (RouteCard, bool);

/// Hands the card of an agreed route in, as the route is now: a new one, or the one that was returned (P3-22).
pub async fn submit_route_card(ctx: &Ctx<'_>, route_id: Uuid, if_match: i64) -> Result<ShownCard> {
    let case = Case::lock(ctx, route_id).await?;
    if !is_used(&case) {
        case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_CARDS)?;
        return Err(Error::field(
            "",
            "card_approval_not_used",
            "Положение не предусматривает отдельного утверждения карты",
            "The regulation does not have the card approved separately",
        ));
    }
    let submitters = submitters(case.rules());
    let permit = case.permit_of(ctx.actor, &policy::SUBMIT_ROUTE_CARD, &submitters, if_match)?;
    if !is_agreed(case.route.state) {
        return Err(Error::new(Code::StateConflict).detail(
            "Карта утверждается, когда маршрут согласован",
            "The card is approved once the route is agreed",
        ));
    }
    let draft = case.contents(ctx).await?;
    let (newest, route_version) = tokio::try_join!(
        store::newest(ctx.conn, route_id),
        versions::service::current_number(ctx, route_id)
    )?;
    let next = next(newest.as_ref(), route_version).map_err(refused)?;
    let before = newest.as_ref().map(|card| card.state.as_str());
    let drawn_up = (route_version, draft.content());
    let mut card = match (next, newest) {
        (NextCard::Again, Some(card)) => again(ctx, &case, card, drawn_up)?,
        (NextCard::Again, None) => return Err(Error::internal("a card that is not there was returned")),
        (NextCard::New(number), _) => new_card(ctx, &permit, &case, number, drawn_up)?,
    };
    let submitted = submit(ctx, &permit, submission(ctx, &case, &draft, &card)).await?;
    taken(ctx, &mut card, &submitted);
    match next {
        NextCard::Again => store::save(ctx, &card).await?,
        NextCard::New(_) => store::insert(ctx, &permit, &case.route, &card).await?,
    }
    let before = before.filter(|_| next == NextCard::Again);
    let change = Change::none().field("state", before, card.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_card", id: card.id }, change).await?;
    shown(ctx, &case, card, route_version).await
}

/// One page of the cards of a route, newest first.
pub async fn list_route_cards(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<Vec<ListedCard>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_CARDS)?;
    let (found, route_version) = tokio::try_join!(
        store::list(ctx.conn, route_id, page.fetch(), after),
        versions::service::current_number(ctx, route_id)
    )?;
    let listed = |card: RouteCard| {
        let outdated = card.is_outdated(route_version);
        (card, outdated)
    };
    Ok(found.into_iter().map(listed).collect())
}

/// One card.
pub async fn get_submitted_route_card(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownCard> {
    let card = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, card.route_id).await?;
    let kind = ApprovalSubjectKind::RouteCard;
    case.permit_to_read_asked(ctx, &policy::GET_SUBMITTED_ROUTE_CARD, kind, id).await?;
    let route_version = versions::service::current_number(ctx, card.route_id).await?;
    shown(ctx, &case, card, route_version).await
}

/// Takes a card back together with its open request; only whoever handed it in may.
pub async fn withdraw_route_card(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownCard> {
    let route_id = store::route_of(ctx.conn, id).await?;
    let case = Case::lock(ctx, route_id).await?;
    let submitters = submitters(case.rules());
    let permit = case.permit_among(ctx.actor, &policy::WITHDRAW_ROUTE_CARD, &submitters)?;
    let mut card = store::find(ctx.conn, id).await?;
    if !is_author(ctx.actor, &card) {
        return Err(Error::new(Code::Forbidden).detail(
            "Карту отзывает тот, кто её представил",
            "A card is taken back by whoever handed it in",
        ));
    }
    if card.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let before = card.state;
    move_on(&mut card, RouteCardEvent::Withdraw)?;
    withdraw(ctx, ApprovalSubjectKind::RouteCard, id).await?;
    card.rework = None;
    store::save(ctx, &card).await?;
    let change = Change::none().field("state", before.as_str(), card.state.as_str());
    ctx.audit(&permit, Subject { kind: "route_card", id }, change).await?;
    let route_version = versions::service::current_number(ctx, route_id).await?;
    shown(ctx, &case, card, route_version).await
}

/// The approved cards of a route, newest first, without asking who may know them: for documents about the route.
pub async fn approved_cards(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Vec<ApprovedCard>> {
    let route_version = versions::service::current_number(ctx, route_id).await?;
    store::approved(ctx.conn, route_id, route_version).await
}

/// Whether the actor may hand the card of that route in, as far as rights and the state of the route go.
pub(in crate::learning_routes) fn may_submit(actor: &Actor, case: &Case) -> bool {
    is_used(case)
        && is_agreed(case.route.state)
        && may_among(actor, &policy::SUBMIT_ROUTE_CARD, &case.target(), &submitters(case.rules()))
}

/// Whether the regulation has the card approved separately.
fn is_used(case: &Case) -> bool {
    case.regulation.profile.chains.get(ApprovalSubjectKind::RouteCard).is_some()
}

const fn is_agreed(state: RouteState) -> bool {
    matches!(state, RouteState::Approved | RouteState::Active)
}

/// The drafters, and whoever updates the route every period (P3-41): that makes a new card.
fn submitters(rules: &RouteProfile) -> Vec<Role> {
    let mut roles = drafters(rules);
    if let Some(rule) = &rules.life.periodic_update {
        roles.extend(&rule.updated_by);
    }
    roles
}

fn is_author(actor: &Actor, card: &RouteCard) -> bool {
    card.author_id.is_some_and(|author| actor.is_person(author))
}

fn again(
    ctx: &Ctx<'_>,
    case: &Case,
    mut card: RouteCard,
    (route_version, content): (i32, RouteContent),
) -> Result<RouteCard> {
    if !is_author(ctx.actor, &card) {
        return Err(Error::new(Code::Forbidden).detail(
            "Возвращённую карту подаёт снова тот, кто её подал",
            "A returned card is handed in again by whoever handed it in",
        ));
    }
    move_on(&mut card, RouteCardEvent::Submit)?;
    Ok(RouteCard { route_version, content, rework: None, submitted_on: case.today, ..card })
}

fn new_card(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &Case,
    number: i32,
    (route_version, content): (i32, RouteContent),
) -> Result<RouteCard> {
    Ok(RouteCard {
        id: new_id(),
        route_id: case.route.id,
        number,
        route_version,
        state: RouteCardState::InReview,
        content,
        rework: None,
        author_id: ctx.actor.person_id,
        author_role: permit.role()?,
        submitted_on: case.today,
        approved_at: None,
        act: None,
        close_reason: None,
        version: 1,
        created_at: ctx.now,
    })
}

/// Lets the event happen to the card and counts its version up.
fn move_on(card: &mut RouteCard, event: RouteCardEvent) -> Result<()> {
    let Some(next) = step(card.state, event) else {
        let (ru, en) = Words::told("Карта", "The card", Words::card_state, card.state);
        return Err(Error::new(Code::StateConflict).detail(ru, en));
    };
    card.state = next;
    card.version += 1;
    Ok(())
}

fn refused(refusal: NoCard) -> Error {
    let error = Error::new(Code::StateConflict);
    match refusal {
        NoCard::InReview => error.detail("Карта уже на утверждении", "The card is in review already"),
        NoCard::UpToDate => error.detail(
            "Карта утверждена, и маршрут с тех пор не менялся",
            "The card is approved, and the route has not changed since",
        ),
    }
}

async fn shown(ctx: &Ctx<'_>, case: &Case, card: RouteCard, route_version: i32) -> Result<ShownCard> {
    let request = request_of(ctx, ApprovalSubjectKind::RouteCard, card.id).await?;
    let outdated = card.is_outdated(route_version);
    let renewed = outdated && card.state == RouteCardState::Approved;
    let own = is_author(ctx.actor, &card);
    let again = renewed || (own && card.state == RouteCardState::Rework);
    let withdraws = own
        && step(card.state, RouteCardEvent::Withdraw).is_some()
        && may_among(ctx.actor, &policy::WITHDRAW_ROUTE_CARD, &case.target(), &submitters(case.rules()));
    let allowed_actions = [
        (&policy::SUBMIT_ROUTE_CARD, again && may_submit(ctx.actor, case)),
        (&policy::WITHDRAW_ROUTE_CARD, withdraws),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    Ok(ShownCard { card, outdated, request_id: request.map(|request| request.id), allowed_actions })
}
