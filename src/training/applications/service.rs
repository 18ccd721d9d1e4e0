//! Use cases of applications, and what offerings ask of them.

mod create;
mod decide;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Application, ApplicationEvent, ApplicationPerson, OfferingInBrief, step};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_seen, may, may_ever, scope};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::training::offerings::model::waiting_positions;
use crate::training::vocabulary::{ApplicationKind, ApplicationState};

pub use create::create_application;
pub use decide::{accept_application, acknowledge_referral, decline_application, withdraw_application};

/// Which applications a list holds.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// Only for this offering.
    pub offering_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ApplicationKind>,
    /// Only in this state.
    pub state: Option<ApplicationState>,
    /// Only from this school.
    pub organization_id: Option<Uuid>,
    /// Only those that name this person.
    pub person_id: Option<Uuid>,
}

/// An application in a list.
#[derive(Debug, Clone)]
pub struct ApplicationLine {
    /// The application.
    pub application: Application,
    /// Its offering.
    pub offering: OfferingInBrief,
    /// Its place on the waiting list.
    pub waiting_position: Option<i32>,
}

/// An application with the people the actor may see, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownApplication {
    /// The application.
    pub application: Application,
    /// The people the actor may see.
    pub people: Vec<ApplicationPerson>,
    /// Its place on the waiting list.
    pub waiting_position: Option<i32>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// An application with everybody in it and its offering.
struct Whole {
    application: Application,
    people: Vec<ApplicationPerson>,
    offering: OfferingInBrief,
}

/// One page of the applications the actor may see.
pub async fn list_applications(
    ctx: &Ctx<'_>,
    filter: &ApplicationFilter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ApplicationLine>> {
    let scope = scope(ctx.actor, &policy::LIST_APPLICATIONS)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let waits = |application: &&Application| application.state == ApplicationState::Submitted;
    let waiting: Vec<Uuid> = found.iter().filter(waits).map(|application| application.offering_id).collect();
    let all: Vec<Uuid> = found.iter().map(|application| application.offering_id).collect();
    let (places, offerings) = tokio::try_join!(places(ctx, &waiting), store::briefs(ctx.conn, &all))?;
    let line = |application: Application| {
        let offering = offerings.get(&application.offering_id).cloned();
        let offering = offering.ok_or_else(|| Error::internal("an application without its offering"))?;
        Ok(ApplicationLine { waiting_position: place_of(&places, application.id), application, offering })
    };
    found.into_iter().map(line).collect()
}

/// One application.
pub async fn get_application(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownApplication> {
    let application = store::find(ctx.conn, id).await?;
    let whole = whole(ctx, application).await?;
    authorize(ctx.actor, &policy::GET_APPLICATION, &reading_target(ctx.actor, &whole))?;
    shown(ctx, whole).await
}

/// Whether the actor could apply for anything in the region.
pub fn may_apply(actor: &Actor, region_id: Uuid) -> bool {
    actor.region_id == Some(region_id) && may_ever(actor, &policy::CREATE_APPLICATION)
}

/// Declines whatever waits for an offering that is over or cancelled, by the right to end it. The caller holds the
/// offering and audits.
pub async fn decline_all(
    ctx: &Ctx<'_>,
    permit: &Permit,
    offering_id: Uuid,
    reason: Option<&str>,
) -> Result<()> {
    store::decline_all(ctx, permit, offering_id, reason).await
}

/// A person of an accepted application has left: he may apply again.
pub async fn free_person(
    ctx: &Ctx<'_>,
    permit: &Permit,
    application_id: Uuid,
    person_id: Uuid,
) -> Result<()> {
    store::free_person(ctx, permit, application_id, person_id).await
}

async fn whole(ctx: &Ctx<'_>, application: Application) -> Result<Whole> {
    let offering_ids = [application.offering_id];
    let (people, mut offerings) =
        tokio::try_join!(store::people(ctx.conn, application.id), store::briefs(ctx.conn, &offering_ids),)?;
    let offering = offerings.remove(&application.offering_id);
    let offering = offering.ok_or_else(|| Error::internal("an application without its offering"))?;
    Ok(Whole { application, people, offering })
}

/// The places on the waiting lists of these offerings.
async fn places(ctx: &Ctx<'_>, offering_ids: &[Uuid]) -> Result<Vec<(Uuid, Option<i32>)>> {
    let queues = store::queues(ctx.conn, offering_ids).await?;
    Ok(queues.iter().flat_map(|(free, queue)| waiting_positions(*free, queue)).collect())
}

fn place_of(places: &[(Uuid, Option<i32>)], id: Uuid) -> Option<i32> {
    places.iter().find(|(known, _)| *known == id).and_then(|(_, position)| *position)
}

/// Both sides of it: the school with its people, the organiser with the leader.
fn reading_target(actor: &Actor, whole: &Whole) -> Target {
    let of_people = whole.people.iter().flat_map(|person| person.heads.iter().copied());
    let target = sides(whole).assigned(of_people).assigned(whole.offering.leader_id);
    match actor.cards().find(|me| names(whole, *me)) {
        Some(me) => target.person(me),
        None => target,
    }
}

/// The organizations of both sides. Without the organiser's municipality: it has no right on people from elsewhere.
fn sides(whole: &Whole) -> Target {
    let application = &whole.application;
    Target::region(application.region_id)
        .organization(application.organization_id, application.municipality_id)
        .organization(application.provider_id, None)
}

/// The side that decides.
fn organiser_target(application: &Application) -> Target {
    Target::region(application.region_id).organization(application.provider_id, None)
}

/// Whose it is: the person's, or the school's.
fn owner_target(whole: &Whole) -> Target {
    let application = &whole.application;
    let region = Target::region(application.region_id);
    match application.person_id {
        Some(person_id) => region.person(person_id),
        None => region.organization(application.organization_id, application.municipality_id),
    }
}

fn names(whole: &Whole, person_id: Uuid) -> bool {
    whole.people.iter().any(|person| person.person_id == person_id)
}

/// Nobody decides on what he asked for himself.
fn is_own(actor: &Actor, whole: &Whole) -> bool {
    whole.application.submitted_by == actor.account_id || actor.cards().any(|me| names(whole, me))
}

/// 404 for whoever may not see it, 403 for whoever may see it and not do this.
fn permit(actor: &Actor, rule: &'static Rule, whole: &Whole, target: &Target) -> Result<Permit> {
    authorize(actor, &policy::GET_APPLICATION, &reading_target(actor, whole))?;
    authorize_seen(actor, rule, target)
}

fn require_version(application: &Application, if_match: i64) -> Result<()> {
    if application.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

async fn shown(ctx: &Ctx<'_>, whole: Whole) -> Result<ShownApplication> {
    let actor = ctx.actor;
    let application = &whole.application;
    let waits = application.state == ApplicationState::Submitted;
    let places = if waits { places(ctx, &[application.offering_id]).await? } else { Vec::new() };
    let decides = waits
        && !is_own(actor, &whole)
        && may(actor, &policy::DECIDE_APPLICATION, &organiser_target(application));
    let withdraws = step(application.state, &ApplicationEvent::Withdraw).is_ok()
        && may(actor, &policy::WITHDRAW_APPLICATION, &owner_target(&whole));
    let unread =
        |person: &&ApplicationPerson| actor.is_person(person.person_id) && person.acknowledged_at.is_none();
    let acknowledges =
        application.kind == ApplicationKind::Referral && whole.people.iter().any(|person| unread(&person));
    let allowed_actions = [
        (&policy::DECIDE_APPLICATION, decides),
        (&policy::WITHDRAW_APPLICATION, withdraws),
        (&policy::ACKNOWLEDGE_REFERRAL, acknowledges),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    let leads = sides(&whole).assigned(whole.offering.leader_id);
    let sees_everybody = may(actor, &policy::GET_APPLICATION, &leads);
    let is_mine = |person: &ApplicationPerson| {
        actor.cards().any(|me| me == person.person_id || person.heads.contains(&me))
    };
    let waiting_position = place_of(&places, application.id);
    let people = whole.people.into_iter().filter(|person| sees_everybody || is_mine(person)).collect();
    Ok(ShownApplication { application: whole.application, people, waiting_position, allowed_actions })
}
