//! Starting a route.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{Capacity, Note, Participant, Route, RouteState};
use super::super::rules::Referral;
use super::super::{policy, rules, store};
use super::RouteWhole;
use super::case::{Case, authorize_among, starters};
use super::neighbours::facts_of_learner;
use super::referral;
use crate::authz::{Permit, Rule, Target};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::model::{EmploymentFacts, PersonFacts};
use crate::directory::{persons, regions};
use crate::error::{Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{RouteKind, RouteProfile};
use crate::regulations::service::binding_regulation;

/// A route as asked for.
#[derive(Debug, Clone)]
pub struct NewRoute {
    /// The learner.
    pub person_id: Uuid,
    /// The school, when the learner works at several.
    pub organization_id: Option<Uuid>,
    /// The kind, when it is not the usual one.
    pub kind: Option<RouteKind>,
    /// Title.
    pub title: String,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub note: Note,
    /// On what ground and for which category.
    pub referral: Referral,
}

/// Where a route of somebody would begin: the learner, the school it would belong to, the regulation it would live under.
pub(in crate::learning_routes) struct Beginning {
    pub(in crate::learning_routes) person: PersonFacts,
    pub(in crate::learning_routes) work: EmploymentFacts,
    pub(in crate::learning_routes) regulation: BindingRegulation,
    pub(in crate::learning_routes) target: Target,
    pub(in crate::learning_routes) permit: Permit,
    pub(in crate::learning_routes) today: NaiveDate,
}

/// Where a route of that person would begin, for one of those who may start it by the regulation.
pub(in crate::learning_routes) async fn begin(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    person_id: Uuid,
    organization_id: Option<Uuid>,
) -> Result<Beginning> {
    let person = persons::service::person_facts(ctx, person_id, ctx.now.date_naive()).await?;
    // Another region's people do not exist here.
    if ctx.actor.region_id != Some(person.region_id) {
        return Err(Error::not_found());
    }
    let today = regions::service::today(ctx, person.region_id).await?;
    let work = school(&person, organization_id, today);
    let target = creation_target(&person, work.as_ref().ok().copied(), today);
    crate::authz::authorize(ctx.actor, rule, &target)?;
    let work = work?.clone();
    let regulation = binding_regulation(ctx, work.organization_id, today).await?.ok_or_else(no_regulation)?;
    let permit = authorize_among(ctx.actor, rule, &target, &starters(&regulation.profile.route))?;
    Ok(Beginning { person, work, regulation, target, permit, today })
}

/// Starts a route under the regulation that binds the learner's school today.
pub async fn create_route(ctx: &Ctx<'_>, new: NewRoute) -> Result<RouteWhole> {
    let begun = begin(ctx, &policy::CREATE_ROUTE, new.person_id, new.organization_id).await;
    let Beginning { person, work, regulation, permit, today, .. } =
        begun.map_err(|refusal| refusal.in_body("/person_id"))?;
    let demands = &regulation.profile.route;
    let kind = kind(demands, new.kind);
    let facts = facts_of_learner(ctx, &person, work.organization_id, today).await?;
    let mut findings = rules::check_creation(&facts, demands);
    findings.errors.extend(kind.is_none().then(unknown_kind));
    findings.errors.extend(dates_problem(new.starts_on, new.ends_on));
    let whose = (person.id, work.organization_id);
    findings.errors.extend(referral::problems(ctx, demands, whose, today, &new.referral).await?);
    findings.into_result()?;
    let route = Route {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: work.municipality_id,
        organization_id: work.organization_id,
        person_id: person.id,
        regulation_id: regulation.id,
        kind: kind.ok_or_else(|| vec![unknown_kind()])?,
        title: new.title,
        state: RouteState::Draft,
        initiator_role: permit.role()?,
        created_by: ctx.actor.account_id,
        created_by_person_id: ctx.actor.person_id,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        rework: None,
        approved_at: None,
        activated_on: None,
        closed_on: None,
        close_reason: None,
        curator_id: referral::curator_of(ctx, demands, work.organization_id, today).await?,
        tutor_id: None,
        working_group_id: None,
        ground: new.referral.ground,
        category: new.referral.category,
        open_to_providers: referral::open_to_providers(demands),
        discussion_open: false,
        version: 1,
    };
    store::insert(ctx, &permit, &route).await?;
    store::save_note(ctx, &permit, route.id, new.note).await?;
    // Whoever drafts takes part in forming (P4-11, P4-23).
    if let Some((person_id, capacity)) = ctx.actor.person_id.zip(Capacity::of_role(permit.role()?)) {
        let mark = Participant { person_id, capacity, participated_at: ctx.now, note: None };
        store::mark(ctx, &permit, route.id, &mark).await?;
    }
    let change = Change::none().field("initiator_role", (), route.initiator_role.as_str());
    ctx.audit(&permit, Subject { kind: "route", id: route.id }, change).await?;
    let id = route.id;
    super::read::whole(ctx, Case::open(ctx, id).await?).await
}

/// The work of the learner at the school the route will belong to: exactly one (P0-7).
fn school(person: &PersonFacts, asked: Option<Uuid>, today: NaiveDate) -> Result<&EmploymentFacts> {
    let mut schools: Vec<&EmploymentFacts> = Vec::new();
    for work in person.employed_on(today) {
        if !schools.iter().any(|known| known.organization_id == work.organization_id) {
            schools.push(work);
        }
    }
    match (asked, schools.as_slice()) {
        (Some(id), _) => schools.iter().find(|work| work.organization_id == id).copied().ok_or_else(|| {
            Error::field(
                "/organization_id",
                "not_employed",
                "Педагог сегодня там не работает",
                "The learner does not work there today",
            )
        }),
        (None, [only]) => Ok(only),
        (None, []) => Err(Error::field(
            "/person_id",
            "not_employed",
            "Педагог сегодня нигде не работает",
            "The learner works nowhere today",
        )),
        (None, _) => Err(Error::field(
            "/organization_id",
            "required",
            "Педагог работает в нескольких организациях: укажите одну",
            "The learner works at several organizations: name one",
        )),
    }
}

/// Rights are asked for the school of the route; before that is known, for all schools of the learner.
fn creation_target(person: &PersonFacts, work: Option<&EmploymentFacts>, today: NaiveDate) -> Target {
    let Some(work) = work else { return person.target_on(today) };
    let heads = person
        .associations
        .iter()
        .filter(|association| association.organization_id == work.organization_id)
        .filter_map(|association| association.head_person_id);
    Target::region(person.region_id)
        .organization(work.organization_id, work.municipality_id)
        .person(person.id)
        .assigned(heads)
}

/// The kind by the regulation, whose first is the usual one; none when the regulation does not know it.
pub(super) fn kind(demands: &RouteProfile, asked: Option<RouteKind>) -> Option<RouteKind> {
    let usual = demands.kinds.first().map_or(RouteKind::Route, |rule| rule.kind);
    let kind = asked.unwrap_or(usual);
    (kind == usual || demands.kinds.iter().any(|rule| rule.kind == kind)).then_some(kind)
}

/// The regulation does not know the kind.
pub(super) fn unknown_kind() -> FieldProblem {
    let words = Text::new("Положение не знает такого вида", "The regulation does not know this kind");
    FieldProblem::new("/kind", "route_kind_not_allowed", words)
}

/// The last day is not before the first.
pub(in crate::learning_routes) fn dates_problem(
    starts_on: NaiveDate,
    ends_on: NaiveDate,
) -> Option<FieldProblem> {
    let words = Text::new("Окончание раньше начала", "The end is before the beginning");
    (ends_on < starts_on).then(|| FieldProblem::new("/ends_on", "ends_before_start", words))
}

fn no_regulation() -> Error {
    Error::field(
        "/organization_id",
        "no_regulation",
        "У организации нет действующего положения",
        "No regulation binds the organization today",
    )
}
