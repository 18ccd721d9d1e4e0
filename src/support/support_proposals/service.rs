//! Use cases of proposals of support.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{ProposedPerson, SupportProposal, chosen, taken_over};
use super::vocabulary::{SupportProposalDecision, SupportProposalState};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;
use crate::support::support_plans::service::plans_of_service;
use crate::training::offerings::service::visible_offering;
use crate::values::text::is_blank;

pub use super::store::Filter;

/// People whom one proposal is for.
const MOST_PEOPLE: usize = 500;

/// A proposal to be made.
#[derive(Debug, Clone)]
pub struct NewProposal {
    /// The service.
    pub service_id: Uuid,
    /// The group.
    pub offering_id: Uuid,
    /// Some of the group; all of it when nobody is named.
    pub person_ids: Vec<Uuid>,
    /// What is proposed.
    pub text: String,
}

/// What a service decided.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Whether it takes the proposal into its plans.
    pub decision: SupportProposalDecision,
    /// The plans.
    pub plan_ids: Vec<Uuid>,
    /// Why not.
    pub reason: Option<String>,
}

/// A proposal with its people, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownProposal {
    /// The proposal.
    pub proposal: SupportProposal,
    /// Whom it is for.
    pub people: Vec<ProposedPerson>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Proposes to a methodical service to support people after their training (P2-31).
pub async fn create_support_proposal(ctx: &Ctx<'_>, new: NewProposal) -> Result<ShownProposal> {
    let service = organization_at(ctx, new.service_id, "/service_id").await?;
    authorize_at(ctx.actor, &policy::CREATE_SUPPORT_PROPOSAL, &service)?;
    let day = today(ctx, service.region_id).await?;
    let regulation = binding_regulation(ctx, service.id, day).await?.ok_or_else(not_used)?;
    let rule = regulation.profile.support.proposals.as_ref().ok_or_else(not_used)?;
    let named = ctx.actor.in_roles(&rule.roles);
    let permit = authorize_at(&named, &policy::CREATE_SUPPORT_PROPOSAL, &service).map_err(|_refusal| {
        Error::new(Code::Forbidden).detail(
            "По положению предложения о сопровождении делает другая сторона",
            "The regulation leaves proposals of support to somebody else",
        )
    })?;
    if !matches!(service.kind, OrganizationKind::MunicipalCenter | OrganizationKind::School) {
        return Err(wrong_service());
    }
    let known = |refusal: Error| refusal.in_body("/offering_id");
    let offering = visible_offering(ctx, new.offering_id).await.map_err(known)?;
    let group = store::completed(ctx.conn, offering.id, &service).await?;
    let people = chosen(&group, &new.person_ids)?;
    if people.len() > MOST_PEOPLE {
        return Err(too_many());
    }
    let trainings: BTreeSet<Uuid> = people.iter().map(|person| person.enrollment_id).collect();
    if store::waiting(ctx.conn, service.id, offering.id).await?.contains(&trainings) {
        return Err(Error::new(Code::AlreadyExists).detail(
            "Предложение об этих людях уже ждёт решения службы",
            "A proposal about these people waits for the decision of the service already",
        ));
    }
    let proposal = SupportProposal {
        id: new_id(),
        region_id: service.region_id,
        municipality_id: service.municipality_id,
        organization_id: service.id,
        proposed_by_id: permit.organization_id().ok_or(Error::new(Code::Forbidden))?,
        regulation_id: regulation.id,
        offering_id: offering.id,
        text: new.text,
        state: SupportProposalState::Proposed,
        decided_on: None,
        reason: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &proposal, &people).await?;
    let change = Change::none().field("state", (), proposal.state.as_str());
    ctx.audit(&permit, Subject { kind: "support_proposal", id: proposal.id }, change).await?;
    Ok(shown(ctx.actor, proposal, people))
}

/// One page of the proposals the actor may see, those made last first.
pub async fn list_support_proposals(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SupportProposal>> {
    let scope = scope(ctx.actor, &policy::LIST_SUPPORT_PROPOSALS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One proposal.
pub async fn get_support_proposal(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownProposal> {
    let proposal = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_SUPPORT_PROPOSAL, &target(&proposal))?;
    let people = store::people(ctx.conn, id).await?;
    Ok(shown(ctx.actor, proposal, people))
}

/// Takes a proposal into plans of the service, or refuses it with a reason (P2-31).
pub async fn decide_support_proposal(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    decided: Decided,
) -> Result<ShownProposal> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::DECIDE_SUPPORT_PROPOSAL, &target(&current))?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.state != SupportProposalState::Proposed {
        return Err(Error::new(Code::StateConflict)
            .detail("Служба уже приняла решение", "The service has decided already"));
    }
    let reason = decided.reason.filter(|reason| !is_blank(reason));
    let people = store::people(ctx.conn, id).await?;
    let (state, people) = match (decided.decision, &reason) {
        (SupportProposalDecision::Accept, None) => {
            let plans = plans_of_service(ctx.conn, current.organization_id, &decided.plan_ids).await?;
            let owners: Vec<(Uuid, Uuid)> = plans.iter().map(|plan| (plan.id, plan.person_id)).collect();
            (SupportProposalState::Accepted, taken_over(&people, &decided.plan_ids, &owners)?)
        }
        (SupportProposalDecision::Refuse, Some(_)) if decided.plan_ids.is_empty() => {
            (SupportProposalState::Refused, people)
        }
        (SupportProposalDecision::Refuse, None) => return Err(no_reason()),
        (SupportProposalDecision::Accept, Some(_)) => return Err(superfluous("/reason")),
        (SupportProposalDecision::Refuse, Some(_)) => return Err(superfluous("/plan_ids")),
    };
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let decided_on = Some(today(ctx, current.region_id).await?);
    let proposal = SupportProposal { state, decided_on, reason, version: current.version + 1, ..current };
    store::save(ctx, &permit, &proposal, &people).await?;
    ctx.audit(&permit, Subject { kind: "support_proposal", id }, change).await?;
    Ok(shown(ctx.actor, proposal, people))
}

fn target(proposal: &SupportProposal) -> Target {
    Target::region(proposal.region_id).organization(proposal.organization_id, proposal.municipality_id)
}

fn shown(actor: &Actor, proposal: SupportProposal, people: Vec<ProposedPerson>) -> ShownProposal {
    let decide = &policy::DECIDE_SUPPORT_PROPOSAL;
    let open = proposal.state == SupportProposalState::Proposed && may(actor, decide, &target(&proposal));
    let allowed_actions = open.then(|| decide.operation.to_owned()).into_iter().collect();
    ShownProposal { proposal, people, allowed_actions }
}

fn wrong_service() -> Error {
    Error::field(
        "/service_id",
        "wrong_service",
        "Методическая служба — муниципальный центр или школа",
        "A methodical service is a municipal centre or a school",
    )
}

fn too_many() -> Error {
    Error::field(
        "/person_ids",
        "too_many",
        "В предложении не больше 500 человек: назовите часть группы",
        "A proposal is for 500 people at most: name a part of the group",
    )
}

fn no_reason() -> Error {
    Error::field("/reason", "required", "Назовите причину отказа", "Say why it is refused")
}

fn superfluous(pointer: &str) -> Error {
    Error::field(pointer, "not_allowed", "К этому решению не относится", "This does not go with the decision")
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение службы не знает таких предложений",
        "The regulation of the service knows no such proposals",
    )
}
