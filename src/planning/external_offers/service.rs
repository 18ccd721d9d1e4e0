//! Use cases of offers from outside. Handing one in holds it, then its request for approval.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{ExternalOffer, OfferProblem, Offered};
use super::policy::{self, RECORDERS};
use super::store;
use crate::approvals::service::{Submission, asked, request_of, submit, withdraw};
use crate::authz::{Actor, Permit, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::regions;
use crate::effects::ApprovalOutcome;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::planning::outside_learning::model::OutsideRoute;
use crate::planning::outside_learning::service::papers_of;
use crate::planning::standing::model::{Standing, StandingState};
use crate::planning::standing::refuse_unless;
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts};
use crate::regulations::service::{binding_regulation, regulation_of_case};

pub use super::store::Filter;

const KIND: ApprovalSubjectKind = ApprovalSubjectKind::ExternalOffer;

/// An offer with what belongs to it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownOffer {
    /// The offer.
    pub offer: ExternalOffer,
    /// Its request for approval.
    pub approval_id: Option<Uuid>,
    /// The papers about what was learnt by it.
    pub credential_ids: Vec<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Records an offer to a school and hands it in (P0-44).
pub async fn create_external_offer(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    offered: Offered,
) -> Result<ShownOffer> {
    let home = ctx.actor.in_roles(RECORDERS).home_organization();
    let organization_id = organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let school = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_at(ctx.actor, &policy::CREATE_EXTERNAL_OFFER, &school)?;
    let today = regions::service::today(ctx, school.region_id).await?;
    let regulation = binding_regulation(ctx, school.id, today).await?;
    let regulation = regulation.filter(|it| it.profile.chains.get(KIND).is_some()).ok_or_else(not_used)?;
    refuse_wrong(ctx, school.region_id, &offered).await?;
    let mut offer = ExternalOffer {
        id: new_id(),
        region_id: school.region_id,
        municipality_id: school.municipality_id,
        organization_id: school.id,
        regulation_id: regulation.id,
        recorded_by: ctx.actor.account_id,
        offered,
        standing: Standing::begun(),
        version: 1,
        created_at: ctx.now,
    };
    let submitted = submit(ctx, &permit, submission(&offer, regulation)).await?;
    offer.standing = Standing::handed_in(&submitted, ctx.now);
    store::insert(ctx, &permit, &offer).await?;
    audit(ctx, &permit, None, &offer).await?;
    shown(ctx, offer).await
}

/// One page of the offers the actor may see, those handed in last first.
pub async fn list_external_offers(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ExternalOffer>> {
    let scope = scope(ctx.actor, &policy::LIST_EXTERNAL_OFFERS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One offer.
pub async fn get_external_offer(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownOffer> {
    let offer = store::find(ctx.conn, id).await?;
    let (rule, target) = (&policy::GET_EXTERNAL_OFFER, target(&offer));
    if may(ctx.actor, rule, &target) || !asked(ctx, KIND, id).await? {
        authorize(ctx.actor, rule, &target)?;
    } else {
        authorize(ctx.actor, rule, &target.assigned(ctx.actor.person_id))?;
    }
    shown(ctx, offer).await
}

/// Hands a returned offer in again, as it is written now.
pub async fn submit_external_offer(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    offered: Offered,
) -> Result<ShownOffer> {
    let offer = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::SUBMIT_EXTERNAL_OFFER, &target(&offer))?;
    refuse_unless(offer.standing.comes_again(), offer.version, if_match)?;
    refuse_wrong(ctx, offer.region_id, &offered).await?;
    let regulation = regulation_of_case(ctx, offer.regulation_id).await?;
    let before = offer.standing.state;
    let mut offer = ExternalOffer { offered, version: offer.version + 1, ..offer };
    let submitted = submit(ctx, &permit, submission(&offer, regulation)).await?;
    offer.standing = Standing::handed_in(&submitted, ctx.now);
    store::save(ctx, &offer).await?;
    audit(ctx, &permit, Some(before), &offer).await?;
    shown(ctx, offer).await
}

/// Takes an offer back that was not decided on, together with its request for approval.
pub async fn withdraw_external_offer(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownOffer> {
    let offer = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::WITHDRAW_EXTERNAL_OFFER, &target(&offer))?;
    if !is_recorder(ctx.actor, &offer) {
        return Err(Error::new(Code::Forbidden).detail(
            "Предложение отзывает тот, кто его представил",
            "An offer is taken back by whoever handed it in",
        ));
    }
    refuse_unless(offer.standing.is_open(), offer.version, if_match)?;
    withdraw(ctx, KIND, id).await?;
    let before = offer.standing.state;
    let offer = ExternalOffer { standing: Standing::withdrawn(), version: offer.version + 1, ..offer };
    store::save(ctx, &offer).await?;
    audit(ctx, &permit, Some(before), &offer).await?;
    shown(ctx, offer).await
}

/// Holds the offer until the end of the transaction, before its request for approval.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::lock(ctx.conn, id).await.map(drop)
}

/// Takes how the approval, or a round of it, has ended; in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let offer = store::find(ctx.conn, id).await?;
    let standing = offer.standing.after(outcome, ctx.now).ok_or(Error::new(Code::StateConflict))?;
    let offer = ExternalOffer { standing, version: offer.version + 1, ..offer };
    store::save(ctx, &offer).await
}

/// Whether it is an approved offer to one of these schools: for papers that name it.
pub async fn is_approved_for(ctx: &Ctx<'_>, id: Uuid, schools: &[Uuid]) -> Result<bool> {
    store::is_approved_for(ctx.conn, id, schools).await
}

/// Everything wrong with what is offered.
async fn refuse_wrong(ctx: &Ctx<'_>, region_id: Uuid, offered: &Offered) -> Result<()> {
    let mut problems: Vec<FieldProblem> = offered.problems().into_iter().map(told).collect();
    if let Some(id) = offered.program_id {
        let programs = programs_facts(ctx, &[id]).await?;
        let known = programs
            .get(&id)
            .is_some_and(|it| it.region_id == region_id && it.state == ProgramState::Accepted);
        if !known {
            let words = Text::new("Такой программы нет", "There is no such program");
            problems.push(FieldProblem::new("/program_id", "unknown", words));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems).under("/offer")) }
}

fn told(problem: OfferProblem) -> FieldProblem {
    match problem {
        OfferProblem::PaidByEmployee => FieldProblem::new(
            "/source",
            "paid_by_employee",
            Text::new(
                "За свой счёт работник учится по своему заявлению",
                "At one's own expense one learns by a request of one's own",
            ),
        ),
        OfferProblem::SourceNotNamed => {
            FieldProblem::new("/source_note", "required", Text::new("Назовите источник", "Name the source"))
        }
        OfferProblem::DatesOutOfOrder => FieldProblem::new(
            "/ends_on",
            "dates_out_of_order",
            Text::new("Обучение кончается раньше, чем начинается", "The learning ends before it begins"),
        ),
    }
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение школы не знает предложений от юридических лиц",
        "The regulation of the school knows no offers from outside",
    )
}

fn is_recorder(actor: &Actor, offer: &ExternalOffer) -> bool {
    actor.account_id == offer.recorded_by
}

fn target(offer: &ExternalOffer) -> Target {
    Target::region(offer.region_id).organization(offer.organization_id, offer.municipality_id)
}

fn submission(offer: &ExternalOffer, regulation: BindingRegulation) -> Submission {
    let offered = &offer.offered;
    Submission {
        subject_kind: ApprovalSubjectKind::ExternalOffer,
        subject_id: offer.id,
        subject_version: offer.version,
        title: offered.topic.clone(),
        region_id: offer.region_id,
        municipality_id: offer.municipality_id,
        organization_id: offer.organization_id,
        learner: None,
        learner_agreed: false,
        regulation,
        facts: ChainFacts {
            hours: offered.hours.unwrap_or_default(),
            funding_sources: vec![offered.source],
            ..ChainFacts::default()
        },
    }
}

async fn audit(
    ctx: &Ctx<'_>,
    permit: &Permit,
    before: Option<StandingState>,
    offer: &ExternalOffer,
) -> Result<()> {
    let now = offer.standing.state.as_str();
    let change = Change::none().field("state", before.map(StandingState::as_str), now);
    ctx.audit(permit, Subject { kind: "external_offer", id: offer.id }, change).await
}

async fn shown(ctx: &Ctx<'_>, offer: ExternalOffer) -> Result<ShownOffer> {
    let (approval, credential_ids) =
        tokio::try_join!(request_of(ctx, KIND, offer.id), papers_of(ctx, OutsideRoute::Offer(offer.id)))?;
    let allowed_actions = allowed_actions(ctx.actor, &offer);
    Ok(ShownOffer { offer, approval_id: approval.map(|found| found.id), credential_ids, allowed_actions })
}

fn allowed_actions(actor: &Actor, offer: &ExternalOffer) -> Vec<String> {
    let (target, standing) = (target(offer), &offer.standing);
    let offers: [(&'static Rule, bool); 2] = [
        (&policy::SUBMIT_EXTERNAL_OFFER, standing.comes_again()),
        (&policy::WITHDRAW_EXTERNAL_OFFER, standing.is_open()),
    ];
    // Both are for whoever handed it in.
    let own = is_recorder(actor, offer);
    let allowed = offers.into_iter().filter(|(rule, open)| *open && own && may(actor, rule, &target));
    allowed.map(|(rule, _)| rule.operation.to_owned()).collect()
}
