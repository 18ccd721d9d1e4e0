//! Use cases of revisions. Whoever changes one holds its route.

mod apply;
mod ending;
mod periodic;
mod rights;
mod submit;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Revision, RevisionCause, RevisionEvent, RevisionState, check, step};
use super::{policy, store};
use crate::approvals::service::request_of;
use crate::authz::Rule;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::model::{RouteContent, RouteDraft, RouteState};
use crate::learning_routes::petitions;
use crate::learning_routes::rules::{Findings, check_submission};
use crate::learning_routes::service::content::{checked, duplicates, settle};
use crate::learning_routes::service::neighbours::facts_of_route;
use crate::learning_routes::service::{Case, settled_stages};
use crate::regulations::profile::ApprovalSubjectKind;
use rights::{changers, enterers};

pub use apply::{hold, on_approval};
pub(in crate::learning_routes) use ending::end_with_route;
pub(in crate::learning_routes) use periodic::is_updated;
pub use periodic::update_route_periodically;
pub use submit::{submit_route_revision, withdraw_route_revision};

/// A revision as asked for.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// What it is made for.
    pub cause: RevisionCause,
    /// The petition it answers.
    pub petition_id: Option<Uuid>,
    /// Why the route changes.
    pub reason: String,
    /// What the route will say.
    pub content: RouteContent,
}

/// A revision with what it would change, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownRevision {
    /// The revision.
    pub revision: Revision,
    /// What the route says now; none once the revision has ended.
    pub now: Option<RouteContent>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Drafts a revision of a route in force; it has one under way at most.
pub async fn create_route_revision(ctx: &Ctx<'_>, route_id: Uuid, new: NewRevision) -> Result<ShownRevision> {
    let case = Case::lock(ctx, route_id).await?;
    let draft = case.contents(ctx).await?;
    let now = draft.content();
    let doubled = duplicates(&new.content);
    let content = settle(ctx, &now, new.content);
    // A petition is applied by whoever enters changes, and by nobody else (P0-25).
    let allowed = match new.petition_id {
        Some(_) => enterers(case.rules()),
        None => changers(&case, new.cause, &now, &content),
    };
    let permit = case.permit_among(ctx.actor, &policy::CREATE_ROUTE_REVISION, &allowed)?;
    if case.route.state != RouteState::Active {
        return Err(Error::new(Code::StateConflict)
            .detail("Корректируется только действующий маршрут", "Only a route in force is revised"));
    }
    if let Some((id, _)) = store::under_way(ctx.conn, route_id).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            format!("У маршрута уже есть корректировка {id}: завершите или отзовите её"),
            format!("The route has the revision {id} under way: finish it or take it back"),
        ));
    }
    in_content(doubled)?;
    named_petition(&new.petition_id, new.cause)?;
    if new.cause == RevisionCause::PeriodicUpdate {
        periodic::check(ctx, &case).await?;
    }
    if let Some(id) = new.petition_id {
        petitions::service::answered_by_revision(ctx, id, route_id).await?;
    }
    let content = checked(ctx, &case, &now, content).await.map_err(|refusal| refusal.under("/content"))?;
    let revision = Revision {
        id: new_id(),
        route_id,
        cause: new.cause,
        petition_id: new.petition_id,
        reason: new.reason,
        content,
        state: RevisionState::Draft,
        rework: None,
        author_id: ctx.actor.person_id,
        author_role: permit.role()?,
        applied_on: None,
        close_reason: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &case.route, &revision).await?;
    let change = Change::none().field("cause", (), revision.cause.as_str());
    ctx.audit(&permit, Subject { kind: "route_revision", id: revision.id }, change).await?;
    shown(ctx, &case, &draft, revision).await
}

/// One page of the revisions of a route, newest first.
pub async fn list_route_revisions(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Revision>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_REVISIONS)?;
    store::list(ctx.conn, route_id, page.fetch(), after).await
}

/// One revision.
pub async fn get_route_revision(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownRevision> {
    let revision = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, revision.route_id).await?;
    let kind = ApprovalSubjectKind::RouteRevision;
    case.permit_to_read_asked(ctx, &policy::GET_ROUTE_REVISION, kind, id).await?;
    let draft = case.contents(ctx).await?;
    shown(ctx, &case, &draft, revision).await
}

/// Replaces what a draft says.
pub async fn update_route_revision(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: String,
    content: RouteContent,
) -> Result<ShownRevision> {
    let (case, mut revision) = held(ctx, id).await?;
    let draft = case.contents(ctx).await?;
    let now = draft.content();
    let doubled = duplicates(&content);
    // Its own items keep their ids as well: those it added are no part of the route yet.
    let content = settle(ctx, &known(&now, &revision.content), content);
    let allowed = changers(&case, revision.cause, &now, &content);
    let permit = case.permit_among(ctx.actor, &policy::UPDATE_ROUTE_REVISION, &allowed)?;
    happen(&mut revision, RevisionEvent::Edit, if_match)?;
    in_content(doubled)?;
    revision.content =
        checked(ctx, &case, &now, content).await.map_err(|refusal| refusal.under("/content"))?;
    revision.reason = reason;
    store::save(ctx, &revision).await?;
    let change = Change::none().field("version", revision.version - 1, revision.version);
    ctx.audit(&permit, Subject { kind: "route_revision", id }, change).await?;
    shown(ctx, &case, &draft, revision).await
}

/// What the regulation would say to handing it in.
pub async fn check_route_revision(ctx: &Ctx<'_>, id: Uuid) -> Result<Findings> {
    let revision = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, revision.route_id).await?;
    case.permit_to_read(ctx.actor, &policy::CHECK_ROUTE_REVISION)?;
    let draft = case.contents(ctx).await?;
    findings(ctx, &case, draft, &revision).await
}

/// Everything the regulation, and what is done already, say against the revision.
async fn findings(ctx: &Ctx<'_>, case: &Case, draft: RouteDraft, revision: &Revision) -> Result<Findings> {
    let now = draft.content();
    let revised = draft.with(revision.content.clone());
    let facts = facts_of_route(ctx, case, &revised).await?;
    let mut findings = check_submission(&revised, &facts, &case.regulation.profile);
    for problem in findings.errors.iter_mut().chain(&mut findings.warnings) {
        problem.pointer = format!("/content{}", problem.pointer);
    }
    // Only what was written is compared.
    let asked = revision.content.clone().with_states_of(&now);
    findings.errors.extend(check(&now, &asked, case.today));
    let settled = settled_stages(ctx, case.route.id).await?;
    findings.errors.extend(settled.problems(&asked.stages, &now.stages));
    Ok(findings)
}

/// Whether it is a revision of that route, without asking who may see it: control that corrects may name it (P1-53).
pub async fn is_revision_of(ctx: &Ctx<'_>, id: Uuid, route_id: Uuid) -> Result<bool> {
    match store::route_of(ctx.conn, id).await {
        Ok(of) => Ok(of == route_id),
        Err(refusal) if refusal.code == Code::NotFound => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// The revision of the route that has not ended, if there is one, without asking who may see it.
pub async fn under_way(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Option<Uuid>> {
    Ok(store::under_way(ctx.conn, route_id).await?.map(|(id, _)| id))
}

/// The route and the revision, held until the end of the transaction.
async fn held(ctx: &Ctx<'_>, id: Uuid) -> Result<(Case, Revision)> {
    let route_id = store::route_of(ctx.conn, id).await?;
    let case = Case::lock(ctx, route_id).await?;
    Ok((case, store::find(ctx.conn, id).await?))
}

/// Lets the event happen to this version of the revision and counts its version up.
fn happen(revision: &mut Revision, event: RevisionEvent, if_match: i64) -> Result<()> {
    if revision.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    move_on(revision, event)
}

fn move_on(revision: &mut Revision, event: RevisionEvent) -> Result<()> {
    let Some(next) = step(revision.state, event) else {
        return Err(Error::new(Code::StateConflict).detail(
            format!("Состояние корректировки: {}", revision.state.as_str()),
            format!("The state of the revision is `{}`", revision.state.as_str()),
        ));
    };
    revision.state = next;
    revision.version += 1;
    Ok(())
}

/// The items of the route and those the revision has added.
fn known(now: &RouteContent, revised: &RouteContent) -> RouteContent {
    let mut known = now.clone();
    known.problems.extend(revised.problems.iter().cloned());
    known.evidence.extend(revised.evidence.iter().cloned());
    known.stages.extend(revised.stages.iter().cloned());
    known.activities.extend(revised.activities.iter().cloned());
    known.study_plan.extend(revised.study_plan.iter().cloned());
    known.budget.extend(revised.budget.iter().cloned());
    known
}

/// A revision answers a petition exactly when that is its cause.
fn named_petition(petition_id: &Option<Uuid>, cause: RevisionCause) -> Result<()> {
    if petition_id.is_some() == (cause == RevisionCause::Petition) {
        return Ok(());
    }
    Err(Error::field(
        "/petition_id",
        "petition_required",
        "Ходатайство указывается именно при этой причине",
        "A petition is named exactly when it is the cause",
    ))
}

fn in_content(problems: Vec<FieldProblem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems).under("/content")) }
}

async fn shown(ctx: &Ctx<'_>, case: &Case, draft: &RouteDraft, revision: Revision) -> Result<ShownRevision> {
    let now = draft.content();
    // Only its submitter hands it in again.
    let submitter = match revision.state {
        RevisionState::Rework => request_of(ctx, ApprovalSubjectKind::RouteRevision, revision.id).await?,
        _ => None,
    };
    let submitter = submitter.and_then(|request| request.submitted_by_person_id);
    let of_another = submitter.is_some_and(|submitter| !ctx.actor.is_person(submitter));
    let actions: [(&'static Rule, RevisionEvent); 3] = [
        (&policy::UPDATE_ROUTE_REVISION, RevisionEvent::Edit),
        (&policy::SUBMIT_ROUTE_REVISION, RevisionEvent::Submit),
        (&policy::WITHDRAW_ROUTE_REVISION, RevisionEvent::Withdraw),
    ];
    let allowed_actions = actions
        .into_iter()
        .filter(|(rule, event)| {
            step(revision.state, *event).is_some()
                && !(of_another && *event == RevisionEvent::Submit)
                && rights::may(ctx.actor, case, rule, &revision, &now)
        })
        .map(|(rule, _)| rule.operation.to_owned())
        .collect();
    let now = (!revision.state.is_final()).then_some(now);
    Ok(ShownRevision { revision, now, allowed_actions })
}
