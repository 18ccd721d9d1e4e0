//! Reading everything that a document about a route is made of.

use uuid::Uuid;

use super::model::{Decided, Sources};
use super::{policy, store};
use crate::approvals::service::decisions_of;
use crate::authz::Rule;
use crate::db::Ctx;
use crate::directory::organizations::service::names_of as names_of_places;
use crate::directory::persons::service::names_of as names_of_people;
use crate::error::Result;
use crate::learning_routes::cards::service::approved_cards;
use crate::learning_routes::service::Case;
use crate::regulations::profile::ApprovalSubjectKind;

/// What the plan of a route is made of.
pub async fn get_route_plan(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Sources> {
    sources(ctx, &policy::GET_ROUTE_PLAN, route_id, Approved::Route).await
}

/// What the card of a route is made of.
pub async fn get_route_card(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Sources> {
    sources(ctx, &policy::GET_ROUTE_CARD, route_id, Approved::RouteAndCard).await
}

/// What the dossier of a route is made of.
pub async fn get_route_dossier(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Sources> {
    sources(ctx, &policy::GET_ROUTE_DOSSIER, route_id, Approved::Route).await
}

/// Whose approval stands on the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Approved {
    /// That of the route.
    Route,
    /// That of its card as well, where it is approved as the route is now (P3-22).
    RouteAndCard,
}

async fn sources(ctx: &Ctx<'_>, rule: &'static Rule, route_id: Uuid, approved: Approved) -> Result<Sources> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, rule)?;
    let draft = case.contents(ctx).await?;
    let mut decided = decisions(ctx, ApprovalSubjectKind::Route, route_id).await?;
    let cards = approved_cards(ctx, route_id).await?;
    if approved == Approved::RouteAndCard
        && let Some(card) = cards.first().filter(|card| !card.outdated)
    {
        decided.extend(decisions(ctx, ApprovalSubjectKind::RouteCard, card.id).await?);
    }
    let activities = &draft.activities;
    let people: Vec<Uuid> =
        decided.iter().filter_map(|it| it.person_id).chain([case.route.person_id]).collect();
    let places: Vec<Uuid> =
        activities.iter().filter_map(|it| it.data.provider_id).chain([case.route.organization_id]).collect();
    let needs: Vec<Uuid> = activities.iter().flat_map(|it| it.data.need_ids.iter().copied()).collect();
    let activity_ids: Vec<Uuid> = activities.iter().map(|it| it.id).collect();
    let (acts, controls, reports, heard, growth_cards, handed_in) = tokio::try_join!(
        store::acts(ctx.conn, draft.route.working_group_id),
        store::controls(ctx.conn, route_id),
        store::reports(ctx.conn, route_id),
        store::heard(ctx.conn, route_id),
        store::growth_cards(ctx.conn, route_id),
        store::handed_in(ctx.conn, route_id),
    )?;
    let (people, places, needs, difficulties, results, papers, versions) = tokio::try_join!(
        names_of_people(ctx.conn, &people),
        names_of_places(ctx.conn, &places),
        store::needs(ctx.conn, &needs),
        store::difficulties(ctx.conn, case.route.person_id),
        store::results(ctx.conn, case.route.person_id),
        store::papers(ctx.conn, &activity_ids, &handed_in),
        store::versions(ctx.conn, route_id),
    )?;
    let post =
        case.learner.employed_on(case.today).find(|work| work.organization_id == case.route.organization_id);
    Ok(Sources {
        position: post.map(|work| work.position.clone()),
        regulation: case.regulation,
        today: case.today,
        draft,
        people: people.into_iter().map(|(id, name)| (id, name.to_string())).collect(),
        places,
        needs,
        difficulties,
        results,
        papers,
        acts,
        controls,
        reports,
        heard,
        growth_cards,
        versions,
        cards,
        decided,
    })
}

async fn decisions(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Vec<Decided>> {
    let Some((request_id, lines)) = decisions_of(ctx, subject_kind, subject_id).await? else {
        return Ok(Vec::new());
    };
    let decided = lines.into_iter().map(|line| Decided {
        request_id,
        kind: line.decision.kind,
        role: line.role,
        person_id: line.person_id,
        on: line.on,
        act: line.decision.act,
    });
    Ok(decided.collect())
}
