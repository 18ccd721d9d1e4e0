//! Use cases of growth cards.

mod assemble;
mod owed;
mod printed;

use chrono::NaiveDate;
use uuid::Uuid;

use super::content::CardContent;
use super::model::{CardEvent, GrowthCard, period_of_year, step, submission_problems};
use super::vocabulary::GrowthCardState;
use super::{policy, store};
use crate::authz::{Actor, Permit, Role, Rule, authorize_kept};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::learning_routes::documents::words::Words;
use crate::learning_routes::model::Resolution;
use crate::learning_routes::service::{Case, authorize_among, may_among};
use crate::regulations::profile::{GrowthCardRule, MonitoringSubject};
use assemble::{Papers, assembled, papers_of};

pub use super::store::{Filter as GrowthCardFilter, Owed};
pub use owed::{counts, list_growth_cards};
pub use printed::{PrintedCard, growth_card_to_print};

/// A card as it is shown.
#[derive(Debug, Clone)]
pub struct ShownCard {
    /// The card.
    pub card: GrowthCard,
    /// The learner.
    pub person_id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// What it says: as it was handed in, else as the data are now.
    pub content: CardContent,
    /// It is late.
    pub overdue: bool,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// The card of a route for a year.
pub async fn get_growth_card(ctx: &Ctx<'_>, route_id: Uuid, year: i32) -> Result<ShownCard> {
    read(ctx, route_id, year).await.map(|(_, shown)| shown)
}

async fn read(ctx: &Ctx<'_>, route_id: Uuid, year: i32) -> Result<(Case, ShownCard)> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_GROWTH_CARD)?;
    let (_, card) = card_of(ctx, &case, year).await?;
    let shown = shown(ctx, &case, card).await?;
    Ok((case, shown))
}

/// Whether it is a card of that route, without asking who may see it: a comment may be about it (P0-4).
pub async fn is_card_of(ctx: &Ctx<'_>, id: Uuid, route_id: Uuid) -> Result<bool> {
    store::is_of_route(ctx.conn, id, route_id).await
}

/// Writes what the learner says of the year and which documents go with it.
pub async fn update_growth_card(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    year: i32,
    if_match: i64,
    reflection: String,
    credential_ids: Vec<Uuid>,
) -> Result<ShownCard> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = filling(ctx.actor, &policy::UPDATE_GROWTH_CARD, &case)?;
    let (_, card) = card_of(ctx, &case, year).await?;
    let mut card = happen(card, CardEvent::Write, if_match)?;
    check_papers(ctx, &case, &credential_ids).await?;
    (card.reflection, card.credential_ids) = (Some(reflection), credential_ids);
    store::save(ctx, &permit, &case.route, &card).await?;
    store::replace_papers(ctx, &permit, card.id, &card.credential_ids).await?;
    let change = Change::none().field("credentials", (), card.credential_ids.len());
    ctx.audit(&permit, Subject { kind: "growth_card", id: card.id }, change).await?;
    shown(ctx, &case, card).await
}

/// Hands the card in: from now on it says what it says today.
pub async fn submit_growth_card(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    year: i32,
    if_match: i64,
) -> Result<ShownCard> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = filling(ctx.actor, &policy::SUBMIT_GROWTH_CARD, &case)?;
    let (rule, card) = card_of(ctx, &case, year).await?;
    let mut card = happen(card, CardEvent::Submit, if_match)?;
    let draft = case.contents(ctx).await?;
    let papers = papers_of(ctx, &case, &draft, &card).await?;
    let content = assembled(ctx, &case, &draft, &card, &papers).await?;
    let program_of = |id| {
        let activity = draft.activities.iter().find(|activity| activity.id == id);
        activity.and_then(|activity| activity.data.program_id)
    };
    let attached = papers.attached(&card);
    let problems =
        submission_problems(rule, card.reflection.as_deref(), &content.activities, &attached, program_of);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    (card.content, card.submitted_on, card.resolution) = (Some(content), Some(case.today), None);
    finish(ctx, &permit, &case, card).await
}

/// Accepts a card.
pub async fn accept_growth_card(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    year: i32,
    if_match: i64,
    note: Option<String>,
) -> Result<ShownCard> {
    let rule = &policy::ACCEPT_GROWTH_CARD;
    decide(ctx, (route_id, year), if_match, rule, CardEvent::Accept, (note, None)).await
}

/// Sends a card back, with words and a date.
pub async fn return_growth_card(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    year: i32,
    if_match: i64,
    note: String,
    due_on: NaiveDate,
) -> Result<ShownCard> {
    let words = (Some(note), Some(due_on));
    decide(ctx, (route_id, year), if_match, &policy::RETURN_GROWTH_CARD, CardEvent::Return, words).await
}

async fn decide(
    ctx: &Ctx<'_>,
    (route_id, year): (Uuid, i32),
    if_match: i64,
    rule: &'static Rule,
    event: CardEvent,
    (note, due_on): (Option<String>, Option<NaiveDate>),
) -> Result<ShownCard> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = among(ctx.actor, rule, &case, &holders(&case))?;
    if ctx.actor.is_person(case.route.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let (_, card) = card_of(ctx, &case, year).await?;
    let mut card = happen(card, event, if_match)?;
    if due_on.is_some_and(|day| day < case.today) {
        return Err(Error::field("/due_on", "in_past", "Этот день уже прошёл", "That day is past"));
    }
    card.resolution = Some(Resolution { by: ctx.actor.person_id, on: case.today, note, due_on });
    if event == CardEvent::Return {
        // A returned card follows the data again.
        card.content = None;
    }
    finish(ctx, &permit, &case, card).await
}

/// What the regulation says of cards, and the card of that year; 404 for a year that owes none.
async fn card_of<'a>(ctx: &Ctx<'_>, case: &'a Case, year: i32) -> Result<(&'a GrowthCardRule, GrowthCard)> {
    let profile = &case.regulation.profile;
    let rule = case.rules().life.growth_card.as_ref().ok_or(Error::not_found())?;
    let period = period_of_year(rule, &profile.calendar, year)
        .filter(|period| period.is_owed(case.route.activated_on, case.route.closed_on, case.today))
        .ok_or(Error::not_found())?;
    let found = store::find(ctx.conn, case.route.id, period).await?;
    Ok((rule, found.unwrap_or_else(|| GrowthCard::untouched(case.route.id, period))))
}

fn filling(actor: &Actor, rule: &'static Rule, case: &Case) -> Result<Permit> {
    among(actor, rule, case, &fillers(case))
}

fn among(actor: &Actor, rule: &'static Rule, case: &Case, roles: &[Role]) -> Result<Permit> {
    let target = case.accompanied();
    authorize_kept(actor, rule, &target, Some(&case.reading_target()))?;
    authorize_among(actor, rule, &target, roles)
}

fn fillers(case: &Case) -> Vec<Role> {
    case.rules().life.growth_card.as_ref().map(|rule| rule.filled_by.clone()).unwrap_or_default()
}

/// Those who hold the monitoring of fulfilment, with the head of the school, who stands in for them: our default, for
/// whoever holds it is a learner too. Where the regulation names nobody, the school.
fn holders(case: &Case) -> Vec<Role> {
    let monitorings = &case.regulation.profile.monitoring.monitorings;
    let held = monitorings.iter().find(|rule| rule.subject == MonitoringSubject::RouteFulfilment);
    let usual = || vec![Role::DeputyDirector, Role::ProgramCurator];
    let mut roles = held.map_or_else(usual, |rule| rule.held_by.clone());
    roles.push(Role::Director);
    roles
}

fn happen(card: GrowthCard, event: CardEvent, if_match: i64) -> Result<GrowthCard> {
    if card.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let state = step(card.state, event).map_err(|state| {
        let (ru, en) = Words::told("Карта роста", "The growth card", Words::growth_card_state, state);
        Error::new(Code::StateConflict).detail(ru, en)
    })?;
    let id = if card.version == 0 { new_id() } else { card.id };
    Ok(GrowthCard { id, state, version: card.version + 1, ..card })
}

/// Every document that is not one of the learner's, or is worth nothing.
async fn check_papers(ctx: &Ctx<'_>, case: &Case, ids: &[Uuid]) -> Result<()> {
    let known = crate::hours::credentials::service::standing_of(ctx, case.route.person_id, ids).await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.iter().any(|paper| paper.id == **id));
    let problems: Vec<FieldProblem> = unknown
        .map(|(place, _)| {
            let words = Text::new("Такого документа у педагога нет", "The learner has no such document");
            FieldProblem::new(format!("/credential_ids/{place}"), "unknown", words)
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, case: &Case, card: GrowthCard) -> Result<ShownCard> {
    store::save(ctx, permit, &case.route, &card).await?;
    let change = Change::none().field("state", (), card.state.as_str());
    ctx.audit(permit, Subject { kind: "growth_card", id: card.id }, change).await?;
    shown(ctx, case, card).await
}

async fn shown(ctx: &Ctx<'_>, case: &Case, card: GrowthCard) -> Result<ShownCard> {
    let content = match card.content.clone() {
        Some(content) => content,
        None => {
            let draft = case.contents(ctx).await?;
            let papers: Papers = papers_of(ctx, case, &draft, &card).await?;
            assembled(ctx, case, &draft, &card, &papers).await?
        }
    };
    Ok(ShownCard {
        person_id: case.route.person_id,
        organization_id: case.route.organization_id,
        overdue: card.is_overdue(case.today),
        allowed_actions: allowed_actions(ctx.actor, case, card.state),
        content,
        card,
    })
}

fn allowed_actions(actor: &Actor, case: &Case, state: GrowthCardState) -> Vec<String> {
    let target = case.accompanied();
    let own = actor.is_person(case.route.person_id);
    let (fillers, holders) = (fillers(case), holders(case));
    let fills = |rule, event| step(state, event).is_ok() && may_among(actor, rule, &target, &fillers);
    let holds = |rule, event| step(state, event).is_ok() && !own && may_among(actor, rule, &target, &holders);
    [
        (&policy::UPDATE_GROWTH_CARD, fills(&policy::UPDATE_GROWTH_CARD, CardEvent::Write)),
        (&policy::SUBMIT_GROWTH_CARD, fills(&policy::SUBMIT_GROWTH_CARD, CardEvent::Submit)),
        (&policy::ACCEPT_GROWTH_CARD, holds(&policy::ACCEPT_GROWTH_CARD, CardEvent::Accept)),
        (&policy::RETURN_GROWTH_CARD, holds(&policy::RETURN_GROWTH_CARD, CardEvent::Return)),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect()
}
