//! Use cases of suggestions.

use uuid::Uuid;

use super::model::{Suggestion, SuggestionDecision, SuggestionState, suggesters};
use super::{policy, store};
use crate::authz::{Actor, Permit, authorize_kept, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::model::{Event, NewActivity, step};
use crate::learning_routes::service::{
    Case, append_line, authorize_among, check_line, editors_of_part, may_among,
};

/// A suggestion as it is shown.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// What the actor may do with it now.
    pub allowed_actions: Vec<String>,
}

/// Suggests a line.
pub async fn create_route_suggestion(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    line: NewActivity,
    reason: String,
) -> Result<Offered> {
    let case = Case::lock(ctx, route_id).await?;
    let (target, rule) = (case.target(), &policy::CREATE_ROUTE_SUGGESTION);
    authorize_kept(ctx.actor, rule, &target, Some(&case.reading_target()))?;
    let permit = authorize_among(ctx.actor, rule, &target, &suggesters(case.rules()))?;
    let author_id = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    if !is_formed(&case) {
        return Err(Error::new(Code::StateConflict).detail(
            "Предложения принимают, пока маршрут составляют или дорабатывают",
            "Suggestions are taken while the route is drafted or reworked",
        ));
    }
    let line = check_line(ctx, &case, line).await.map_err(|refusal| refusal.under("/activity"))?;
    let suggestion = Suggestion {
        id: new_id(),
        route_id,
        author_id,
        author_role: permit.role()?,
        line,
        reason,
        state: SuggestionState::Open,
        decided_by: None,
        decision_note: None,
        activity_id: None,
        version: 1,
    };
    store::insert(ctx, &permit, &suggestion).await?;
    let change = Change::none().field("kind", (), suggestion.line.kind.as_str());
    ctx.audit(&permit, Subject { kind: "route_suggestion", id: suggestion.id }, change).await?;
    Ok(offered(ctx.actor, &case, suggestion))
}

/// One page of the suggestions for a route, oldest first.
pub async fn list_route_suggestions(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    state: Option<SuggestionState>,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<Offered>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_SUGGESTIONS)?;
    let found = store::list(ctx.conn, route_id, state, page.fetch(), after).await?;
    Ok(found.into_iter().map(|suggestion| offered(ctx.actor, &case, suggestion)).collect())
}

/// One suggestion.
pub async fn get_route_suggestion(ctx: &Ctx<'_>, id: Uuid) -> Result<Offered> {
    let suggestion = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, suggestion.route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_ROUTE_SUGGESTION)?;
    Ok(offered(ctx.actor, &case, suggestion))
}

/// Accepts or declines a suggestion.
pub async fn decide_route_suggestion(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    decision: SuggestionDecision,
    note: Option<String>,
) -> Result<Offered> {
    // The route is held before what hangs on it.
    let route_id = store::find(ctx.conn, id).await?.route_id;
    let mut case = Case::lock(ctx, route_id).await?;
    let suggestion = store::lock(ctx.conn, id).await?;
    let (target, rule) = (case.target(), &policy::DECIDE_ROUTE_SUGGESTION);
    authorize_kept(ctx.actor, rule, &target, Some(&case.reading_target()))?;
    let editors = editors_of_part(case.rules(), suggestion.line.part);
    let permit = authorize_among(ctx.actor, rule, &target, &editors)?;
    if ctx.actor.is_person(suggestion.author_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    refuse_stale_or_decided(&suggestion, if_match)?;
    let (state, activity_id) = match decision {
        SuggestionDecision::Accept => {
            let line = suggestion.line.clone();
            let activity_id = append_line(ctx, &permit, &mut case, line, Some(suggestion.author_id)).await?;
            (SuggestionState::Accepted, Some(activity_id))
        }
        SuggestionDecision::Decline if note.is_none() => {
            return Err(Error::field("/note", "required", "Объясните отказ", "Say why it is declined"));
        }
        SuggestionDecision::Decline => (SuggestionState::Declined, None),
    };
    let decided = Suggestion {
        state,
        activity_id,
        decided_by: ctx.actor.person_id,
        decision_note: note,
        version: suggestion.version + 1,
        ..suggestion
    };
    finish(ctx, &permit, &case, decided).await
}

/// Takes one's own suggestion back.
pub async fn withdraw_route_suggestion(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Offered> {
    let suggestion = store::lock(ctx.conn, id).await?;
    let case = Case::open(ctx, suggestion.route_id).await?;
    let rule = &policy::WITHDRAW_ROUTE_SUGGESTION;
    let permit = authorize_kept(ctx.actor, rule, &case.target(), Some(&case.reading_target()))?;
    if !ctx.actor.is_person(suggestion.author_id) {
        return Err(Error::new(Code::Forbidden)
            .detail("Отозвать предложение может его автор", "Only its author takes a suggestion back"));
    }
    refuse_stale_or_decided(&suggestion, if_match)?;
    let withdrawn =
        Suggestion { state: SuggestionState::Withdrawn, version: suggestion.version + 1, ..suggestion };
    finish(ctx, &permit, &case, withdrawn).await
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, case: &Case, suggestion: Suggestion) -> Result<Offered> {
    store::decide(ctx, permit, &suggestion).await?;
    let change = Change::none().field("state", SuggestionState::Open.as_str(), suggestion.state.as_str());
    ctx.audit(permit, Subject { kind: "route_suggestion", id: suggestion.id }, change).await?;
    Ok(offered(ctx.actor, case, suggestion))
}

fn refuse_stale_or_decided(suggestion: &Suggestion, if_match: i64) -> Result<()> {
    if suggestion.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if suggestion.state != SuggestionState::Open {
        return Err(Error::new(Code::StateConflict)
            .detail("По предложению уже решено", "The suggestion is decided already"));
    }
    Ok(())
}

fn is_formed(case: &Case) -> bool {
    step(case.route.state, Event::Edit).is_ok()
}

fn offered(actor: &Actor, case: &Case, suggestion: Suggestion) -> Offered {
    let open = suggestion.state == SuggestionState::Open;
    let own = actor.is_person(suggestion.author_id);
    let editors = editors_of_part(case.rules(), suggestion.line.part);
    let target = case.target();
    // When the route is no longer formed it can still be declined.
    let decides = open && !own && may_among(actor, &policy::DECIDE_ROUTE_SUGGESTION, &target, &editors);
    let withdraws = open && own && may(actor, &policy::WITHDRAW_ROUTE_SUGGESTION, &target);
    let allowed_actions =
        [(&policy::DECIDE_ROUTE_SUGGESTION, decides), (&policy::WITHDRAW_ROUTE_SUGGESTION, withdraws)]
            .into_iter()
            .filter(|(_, allowed)| *allowed)
            .map(|(rule, _)| rule.operation.to_owned())
            .collect();
    Offered { suggestion, allowed_actions }
}
