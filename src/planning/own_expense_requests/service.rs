//! Use cases of requests to learn at one's own expense. Handing one in holds it, then its request for approval.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{OwnExpenseRequest, Wish};
use super::{policy, store};
use crate::approvals::service::{Submission, asked, request_of, submit, withdraw};
use crate::authz::{Actor, Permit, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::model::{EmploymentFacts, PersonFacts};
use crate::directory::persons::service::person_facts;
use crate::directory::regions;
use crate::effects::ApprovalOutcome;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::service::planned_learning;
use crate::planning::outside_learning::model::OutsideRoute;
use crate::planning::outside_learning::service::papers_of;
use crate::planning::standing::model::{Standing, StandingState};
use crate::planning::standing::refuse_unless;
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts, FundingSource};
use crate::regulations::service::{binding_regulation, regulation_of_case};

pub use super::store::Filter;

const KIND: ApprovalSubjectKind = ApprovalSubjectKind::OwnExpenseRequest;

/// The kind of employment that is the main one.
const MAIN: &str = "staff";

/// A request with what belongs to it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownRequest {
    /// The request.
    pub request: OwnExpenseRequest,
    /// Its request for approval.
    pub approval_id: Option<Uuid>,
    /// The papers about what was learnt by it.
    pub credential_ids: Vec<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Asks the school to allow learning outside the route at one's own expense (P0-45): it is handed in at once.
pub async fn create_own_expense_request(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    wish: Wish,
) -> Result<ShownRequest> {
    let person_id = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    let today = regions::service::today(ctx, ctx.region_id()?).await?;
    let person = person_facts(ctx, person_id, today).await?;
    let work = workplace(&person, organization_id, today)?;
    let target = Target::region(person.region_id)
        .organization(work.organization_id, work.municipality_id)
        .person(person.id);
    let permit = authorize(ctx.actor, &policy::CREATE_OWN_EXPENSE_REQUEST, &target)?;
    let regulation = binding_regulation(ctx, work.organization_id, today).await?;
    let regulation = regulation.filter(|it| it.profile.chains.get(KIND).is_some()).ok_or_else(not_used)?;
    refuse_wrong(ctx, person.region_id, person.id, &wish, today).await?;
    let mut request = OwnExpenseRequest {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: work.municipality_id,
        organization_id: work.organization_id,
        person_id: person.id,
        regulation_id: regulation.id,
        wish,
        standing: Standing::begun(),
        version: 1,
        created_at: ctx.now,
    };
    let submitted = submit(ctx, &permit, submission(&request, regulation)).await?;
    request.standing = Standing::handed_in(&submitted, ctx.now);
    store::insert(ctx, &permit, &request).await?;
    audit(ctx, &permit, None, &request).await?;
    shown(ctx, request).await
}

/// One page of the requests the actor may see, those handed in last first.
pub async fn list_own_expense_requests(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<OwnExpenseRequest>> {
    let scope = scope(ctx.actor, &policy::LIST_OWN_EXPENSE_REQUESTS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One request.
pub async fn get_own_expense_request(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownRequest> {
    let request = store::find(ctx.conn, id).await?;
    let rule = &policy::GET_OWN_EXPENSE_REQUEST;
    let target = target(&request);
    if may(ctx.actor, rule, &target) || !asked(ctx, KIND, id).await? {
        authorize(ctx.actor, rule, &target)?;
    } else {
        authorize(ctx.actor, rule, &target.assigned(ctx.actor.person_id))?;
    }
    shown(ctx, request).await
}

/// Hands a returned request in again, as it is written now.
pub async fn submit_own_expense_request(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    wish: Wish,
) -> Result<ShownRequest> {
    let request = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::SUBMIT_OWN_EXPENSE_REQUEST, &target(&request))?;
    refuse_unless(request.standing.comes_again(), request.version, if_match)?;
    let today = regions::service::today(ctx, request.region_id).await?;
    refuse_wrong(ctx, request.region_id, request.person_id, &wish, today).await?;
    let regulation = regulation_of_case(ctx, request.regulation_id).await?;
    let before = request.standing.state;
    let mut request = OwnExpenseRequest { wish, version: request.version + 1, ..request };
    let submitted = submit(ctx, &permit, submission(&request, regulation)).await?;
    request.standing = Standing::handed_in(&submitted, ctx.now);
    store::save(ctx, &request).await?;
    audit(ctx, &permit, Some(before), &request).await?;
    shown(ctx, request).await
}

/// Takes a request back that was not decided on, together with its request for approval.
pub async fn withdraw_own_expense_request(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownRequest> {
    let request = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::WITHDRAW_OWN_EXPENSE_REQUEST, &target(&request))?;
    refuse_unless(request.standing.is_open(), request.version, if_match)?;
    withdraw(ctx, KIND, id).await?;
    let before = request.standing.state;
    let request =
        OwnExpenseRequest { standing: Standing::withdrawn(), version: request.version + 1, ..request };
    store::save(ctx, &request).await?;
    audit(ctx, &permit, Some(before), &request).await?;
    shown(ctx, request).await
}

/// Holds the request until the end of the transaction, before its request for approval.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::lock(ctx.conn, id).await.map(drop)
}

/// Takes how the approval, or a round of it, has ended; in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let request = store::find(ctx.conn, id).await?;
    let standing = request.standing.after(outcome, ctx.now).ok_or(Error::new(Code::StateConflict))?;
    let request = OwnExpenseRequest { standing, version: request.version + 1, ..request };
    store::save(ctx, &request).await
}

/// Whether it is a request of that person that was approved: for papers that name it.
pub async fn is_approved_of(ctx: &Ctx<'_>, id: Uuid, person_id: Uuid) -> Result<bool> {
    store::is_approved_of(ctx.conn, id, person_id).await
}

/// The school that is asked: the named one, else the main place of work, else the newest.
fn workplace(
    person: &PersonFacts,
    organization_id: Option<Uuid>,
    today: NaiveDate,
) -> Result<&EmploymentFacts> {
    let mut work = person.employed_on(today);
    let found = match organization_id {
        Some(id) => work.find(|it| it.organization_id == id),
        None => {
            let main = person.employed_on(today).find(|it| it.kind == MAIN);
            main.or_else(|| work.next())
        }
    };
    found.ok_or_else(|| {
        Error::field("/organization_id", "not_employed", "Вы там не работаете", "You do not work there")
    })
}

/// Everything wrong with what is asked for.
async fn refuse_wrong(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    person_id: Uuid,
    wish: &Wish,
    today: NaiveDate,
) -> Result<()> {
    let named: Vec<Uuid> = wish.program_id.into_iter().collect();
    let (programs, planned) =
        tokio::try_join!(programs_facts(ctx, &named), planned_learning(ctx, person_id))?;
    let program = wish.program_id.and_then(|id| programs.get(&id));
    let program = program.filter(|it| it.region_id == region_id && it.state == ProgramState::Accepted);
    let known_module =
        |id: Uuid| program.is_some_and(|program| program.modules.iter().any(|module| module.id == id));
    let mut problems = Vec::new();
    let mut add = |wrong: bool, pointer: &str, code: &'static str, ru, en| {
        if wrong {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        }
    };
    add(
        wish.starts_on < today,
        "/starts_on",
        "date_in_past",
        "О разрешении просят до начала обучения",
        "Leave is asked for before the learning begins",
    );
    add(
        wish.ends_on < wish.starts_on,
        "/ends_on",
        "dates_out_of_order",
        "Обучение кончается раньше, чем начинается",
        "The learning ends before it begins",
    );
    let unknown_program = wish.program_id.is_some() && program.is_none();
    add(unknown_program, "/program_id", "unknown", "Такой программы нет", "There is no such program");
    add(
        wish.program_id.is_none() && wish.module_id.is_some(),
        "/program_id",
        "required",
        "Назовите программу модуля",
        "Name the program of the module",
    );
    add(
        program.is_some() && wish.module_id.is_some_and(|id| !known_module(id)),
        "/module_id",
        "unknown",
        "Такого модуля у программы нет",
        "The program has no such module",
    );
    if let Some(pointer) = wish.already_in(&planned) {
        let words = Text::new(
            "Это уже есть в вашем маршруте: заявляют о том, что в него не входит",
            "Your route holds this already: one asks for what is not in it",
        );
        problems.push(FieldProblem::new(pointer, "already_in_route", words).because("P0-45", Some("5.2")));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems).under("/wish")) }
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение, по которому вы работаете, не знает заявлений об обучении за свой счёт",
        "The regulation you work under knows no requests to learn at one's own expense",
    )
}

fn target(request: &OwnExpenseRequest) -> Target {
    Target::region(request.region_id)
        .organization(request.organization_id, request.municipality_id)
        .person(request.person_id)
}

fn submission(request: &OwnExpenseRequest, regulation: BindingRegulation) -> Submission {
    Submission {
        subject_kind: ApprovalSubjectKind::OwnExpenseRequest,
        subject_id: request.id,
        subject_version: request.version,
        title: request.wish.topic.clone(),
        region_id: request.region_id,
        municipality_id: request.municipality_id,
        organization_id: request.organization_id,
        learner: Some(request.person_id),
        // Nobody but the learner hands it in.
        learner_agreed: true,
        regulation,
        facts: ChainFacts { funding_sources: vec![FundingSource::Own], ..ChainFacts::default() },
    }
}

async fn audit(
    ctx: &Ctx<'_>,
    permit: &Permit,
    before: Option<StandingState>,
    request: &OwnExpenseRequest,
) -> Result<()> {
    let now = request.standing.state.as_str();
    let change = Change::none().field("state", before.map(StandingState::as_str), now);
    ctx.audit(permit, Subject { kind: "own_expense_request", id: request.id }, change).await
}

async fn shown(ctx: &Ctx<'_>, request: OwnExpenseRequest) -> Result<ShownRequest> {
    let (approval, credential_ids) = tokio::try_join!(
        request_of(ctx, KIND, request.id),
        papers_of(ctx, OutsideRoute::OwnExpense(request.id))
    )?;
    let allowed_actions = allowed_actions(ctx.actor, &request);
    Ok(ShownRequest { request, approval_id: approval.map(|found| found.id), credential_ids, allowed_actions })
}

fn allowed_actions(actor: &Actor, request: &OwnExpenseRequest) -> Vec<String> {
    let target = target(request);
    let offers: [(&'static Rule, bool); 2] = [
        (&policy::SUBMIT_OWN_EXPENSE_REQUEST, request.standing.comes_again()),
        (&policy::WITHDRAW_OWN_EXPENSE_REQUEST, request.standing.is_open()),
    ];
    let allowed = offers.into_iter().filter(|(rule, open)| *open && may(actor, rule, &target));
    allowed.map(|(rule, _)| rule.operation.to_owned()).collect()
}
