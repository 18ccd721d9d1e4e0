//! Use cases of products.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Check, Defence, Introduction, Product, ProductData, ProductEvent, day_problem, step};
use super::vocabulary::{DefenceResult, ProductState};
use super::{policy, store};
use crate::authz::{Actor, Permit, Role, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization;
use crate::directory::persons::model::{EmploymentFacts, PersonFacts};
use crate::directory::persons::service::person_facts;
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::profile::{ProductKind, ProductsRule};
use crate::regulations::service::{binding_regulation, regulation_of_case};
use crate::training::enrollments::service::get_enrollment;
use crate::training::vocabulary::EnrollmentState;

pub use super::store::Filter;

/// A product to be begun.
#[derive(Debug, Clone)]
pub struct NewProduct {
    /// The author; the actor when nobody is named.
    pub person_id: Option<Uuid>,
    /// The training that yields it.
    pub enrollment_id: Option<Uuid>,
    /// What is said of it.
    pub data: ProductData,
}

/// A product with what belongs to it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownProduct {
    /// The product.
    pub product: Product,
    /// Its defences.
    pub defences: Vec<Defence>,
    /// Checks of its introduction.
    pub checks: Vec<Check>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Begins a product of a teacher, in training or beside it (P3-4).
pub async fn create_product(ctx: &Ctx<'_>, new: NewProduct) -> Result<ShownProduct> {
    let author = new.person_id.or(ctx.actor.person_id).ok_or_else(nobody)?;
    let today = regions::service::today(ctx, ctx.region_id()?).await?;
    let known = |refusal: Error| refusal.in_body("/person_id");
    let person = person_facts(ctx, author, today).await.map_err(known)?;
    let target = person.target_on(today);
    let permit = authorize(ctx.actor, &policy::CREATE_PRODUCT, &target).map_err(known)?;
    let school = school_of_training(ctx, &person, new.enrollment_id).await?;
    let works = at_schools(ctx, &person, today).await?;
    let work = works.iter().find(|work| school == Some(work.organization_id));
    let work = work.or_else(|| works.first()).ok_or_else(not_employed)?;
    let regulation = binding_regulation(ctx, work.organization_id, today).await?.ok_or_else(not_used)?;
    let rule = regulation.profile.support.products.as_ref().ok_or_else(not_used)?;
    refuse_kind(rule, new.data.kind)?;
    let product = Product {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: work.municipality_id,
        organization_id: work.organization_id,
        person_id: person.id,
        regulation_id: regulation.id,
        enrollment_id: new.enrollment_id,
        data: new.data,
        state: ProductState::Draft,
        introduction: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &product).await?;
    let change = Change::none().field("state", (), product.state.as_str());
    ctx.audit(&permit, Subject { kind: "product", id: product.id }, change).await?;
    shown(ctx, product, rule).await
}

/// One page of the products the actor may see, those begun last first.
pub async fn list_products(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Product>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_PRODUCTS)?, filter, page.fetch(), after).await
}

/// One product.
pub async fn get_product(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownProduct> {
    let product = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_PRODUCT, &target(&product))?;
    let rule = rule_of(ctx, &product).await?;
    shown(ctx, product, &rule).await
}

/// Writes a draft anew.
pub async fn update_product(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: ProductData,
) -> Result<ShownProduct> {
    let product = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::UPDATE_PRODUCT, &target(&product))?;
    let rule = rule_of(ctx, &product).await?;
    let state = next(&product, ProductEvent::Change, &rule, if_match)?;
    refuse_kind(&rule, data.kind)?;
    let change = Change::none().field("title", product.data.title.as_str(), data.title.as_str());
    finish(ctx, &permit, Product { data, state, ..product }, change, &rule).await
}

/// Records a defence before a commission (P3-33), by whom the regulation names.
pub async fn record_product_defence(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    defence: Defence,
) -> Result<ShownProduct> {
    let product = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::RECORD_PRODUCT_DEFENCE, &target(&product))?;
    let rule = rule_of(ctx, &product).await?;
    let permit = judge(ctx.actor, &policy::RECORD_PRODUCT_DEFENCE, &product, &rule.defence_held_by)?;
    let state = next(&product, ProductEvent::Defend(defence.result), &rule, if_match)?;
    let today = regions::service::today(ctx, product.region_id).await?;
    let since = began_work(ctx, &product, today).await?;
    refuse(day_problem("/held_on", defence.held_on, since, today).into_iter().collect())?;
    store::insert_defence(ctx, &permit, &product, &defence).await?;
    let change = Change::none().field("state", product.state.as_str(), state.as_str()).field(
        "defence",
        (),
        defence.result.as_str(),
    );
    finish(ctx, &permit, Product { state, ..product }, change, &rule).await
}

/// Introduces a product in a class or subject (P3-48), after its defence where one is required.
pub async fn record_product_introduction(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    introduction: Introduction,
) -> Result<ShownProduct> {
    let product = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::RECORD_PRODUCT_INTRODUCTION, &target(&product))?;
    let rule = rule_of(ctx, &product).await?;
    let state = next(&product, ProductEvent::Introduce, &rule, if_match)?;
    let today = regions::service::today(ctx, product.region_id).await?;
    let defences = store::defences(ctx.conn, id).await?;
    let passed = defences.iter().find(|defence| defence.result == DefenceResult::Passed);
    let since = match passed {
        Some(defence) => Some(defence.held_on),
        None => began_work(ctx, &product, today).await?,
    };
    let mut problems = Vec::new();
    problems.extend(day_problem("/introduced_on", introduction.introduced_on, since, today));
    if introduction.class.is_none() && introduction.subject.is_none() {
        let words = Text::new("Назовите класс или предмет", "Name the class or the subject");
        let paragraph = rule.paragraph.as_deref();
        problems.push(FieldProblem::new("/class", "required", words).because("P3-48", paragraph));
    }
    refuse(problems)?;
    let change = Change::none().field("state", product.state.as_str(), state.as_str());
    let introduced = Product { state, introduction: Some(introduction), ..product };
    finish(ctx, &permit, introduced, change, &rule).await
}

/// Records a check of the introduction by the administration (P3-42).
pub async fn record_product_check(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    check: Check,
) -> Result<ShownProduct> {
    let product = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::RECORD_PRODUCT_CHECK, &target(&product))?;
    let rule = rule_of(ctx, &product).await?;
    let checkers = &rule.introduction_checked_by;
    let permit = judge(ctx.actor, &policy::RECORD_PRODUCT_CHECK, &product, checkers)?;
    let state = next(&product, ProductEvent::Check, &rule, if_match)?;
    let today = regions::service::today(ctx, product.region_id).await?;
    let since = product.introduction.as_ref().map(|held| held.introduced_on);
    refuse(day_problem("/checked_on", check.checked_on, since, today).into_iter().collect())?;
    store::insert_check(ctx, &permit, &product, &check).await?;
    let change = Change::none().field("checked_on", (), check.checked_on.to_string());
    finish(ctx, &permit, Product { state, ..product }, change, &rule).await
}

fn target(product: &Product) -> Target {
    Target::region(product.region_id)
        .organization(product.organization_id, product.municipality_id)
        .person(product.person_id)
}

/// What the regulation it was begun under says of products.
async fn rule_of(ctx: &Ctx<'_>, product: &Product) -> Result<ProductsRule> {
    let regulation = regulation_of_case(ctx, product.regulation_id).await?;
    let rule = regulation.profile.support.products.clone();
    rule.ok_or_else(|| Error::internal("a product under a regulation without products"))
}

/// The work of a person at schools on that day, newest first: whoever is employed elsewhere has the rights of a teacher, but
/// products are those of schools.
async fn at_schools<'a>(
    ctx: &Ctx<'_>,
    person: &'a PersonFacts,
    day: NaiveDate,
) -> Result<Vec<&'a EmploymentFacts>> {
    let mut works = Vec::new();
    for work in person.employed_on(day) {
        if organization(ctx, work.organization_id).await?.kind == OrganizationKind::School {
            works.push(work);
        }
    }
    Ok(works)
}

/// The day since which the author has worked at the school of the product: nothing happened to it before. None of somebody who
/// was never employed there as far as is known.
async fn began_work(ctx: &Ctx<'_>, product: &Product, today: NaiveDate) -> Result<Option<NaiveDate>> {
    let author = person_facts(ctx, product.person_id, today).await?;
    let of_school = author.employments.iter().filter(|work| work.organization_id == product.organization_id);
    Ok(of_school.map(|work| work.started_on).min())
}

/// The school of the training that yields the product: of its author, and not left.
async fn school_of_training(
    ctx: &Ctx<'_>,
    person: &PersonFacts,
    enrollment_id: Option<Uuid>,
) -> Result<Option<Uuid>> {
    let Some(id) = enrollment_id else { return Ok(None) };
    let found = get_enrollment(ctx, id).await.map_err(|refusal| refusal.in_body("/enrollment_id"))?;
    let enrollment = found.enrollment;
    if enrollment.person_id == person.id && enrollment.state != EnrollmentState::Withdrawn {
        return Ok(Some(enrollment.organization_id));
    }
    Err(Error::not_found().in_body("/enrollment_id"))
}

/// The right of somebody else than the author, in a role that the regulation names.
fn judge(actor: &Actor, rule: &'static Rule, product: &Product, roles: &[Role]) -> Result<Permit> {
    if actor.is_person(product.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let named = actor.in_roles(roles);
    if !may(&named, rule, &target(product)) {
        return Err(Error::new(Code::Forbidden).detail(
            "По положению это делает другая сторона",
            "The regulation leaves this to somebody else",
        ));
    }
    authorize(&named, rule, &target(product))
}

/// The state after the event, of the version that the caller saw.
fn next(product: &Product, event: ProductEvent, rule: &ProductsRule, if_match: i64) -> Result<ProductState> {
    if product.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    step(product.state, event, rule.defence_required).ok_or_else(|| {
        Error::new(Code::StateConflict).detail(
            "Продукт идёт от проекта через защиту к внедрению",
            "A product goes from a draft over its defence to its introduction",
        )
    })
}

fn refuse_kind(rule: &ProductsRule, kind: ProductKind) -> Result<()> {
    if rule.kinds.contains(&kind) {
        return Ok(());
    }
    let words =
        Text::new("Положение не знает таких продуктов", "The regulation knows no products of this kind");
    let problem = FieldProblem::new("/data/kind", "not_allowed", words);
    Err(Error::invalid(vec![problem.because("P3-48", rule.paragraph.as_deref())]))
}

fn refuse(problems: Vec<FieldProblem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

fn nobody() -> Error {
    Error::field("/person_id", "required", "Назовите автора", "Name the author")
}

fn not_employed() -> Error {
    Error::field(
        "/person_id",
        "not_employed",
        "Сегодня человек не работает ни в одной школе",
        "The person works at no school today",
    )
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение школы не знает методических продуктов",
        "The regulation of the school knows no methodical products",
    )
}

async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    product: Product,
    change: Change,
    rule: &ProductsRule,
) -> Result<ShownProduct> {
    let product = Product { version: product.version + 1, ..product };
    store::save(ctx, permit, &product).await?;
    ctx.audit(permit, Subject { kind: "product", id: product.id }, change).await?;
    shown(ctx, product, rule).await
}

async fn shown(ctx: &Ctx<'_>, product: Product, rule: &ProductsRule) -> Result<ShownProduct> {
    let (defences, checks) =
        tokio::try_join!(store::defences(ctx.conn, product.id), store::checks(ctx.conn, product.id))?;
    let allowed_actions = allowed_actions(ctx.actor, &product, rule);
    Ok(ShownProduct { product, defences, checks, allowed_actions })
}

fn allowed_actions(actor: &Actor, product: &Product, rule: &ProductsRule) -> Vec<String> {
    let happens = |event| step(product.state, event, rule.defence_required).is_some();
    let judges = |operation: &'static Rule, roles: &[Role]| judge(actor, operation, product, roles).is_ok();
    let (defence, check) = (&policy::RECORD_PRODUCT_DEFENCE, &policy::RECORD_PRODUCT_CHECK);
    let introduces = &policy::RECORD_PRODUCT_INTRODUCTION;
    let target = target(product);
    let offers: [(&'static Rule, bool); 4] = [
        (
            &policy::UPDATE_PRODUCT,
            happens(ProductEvent::Change) && may(actor, &policy::UPDATE_PRODUCT, &target),
        ),
        (
            defence,
            happens(ProductEvent::Defend(DefenceResult::Passed)) && judges(defence, &rule.defence_held_by),
        ),
        (introduces, happens(ProductEvent::Introduce) && may(actor, introduces, &target)),
        (check, happens(ProductEvent::Check) && judges(check, &rule.introduction_checked_by)),
    ];
    let allowed = offers.into_iter().filter(|(_, allowed)| *allowed);
    allowed.map(|(rule, _)| rule.operation.to_owned()).collect()
}
