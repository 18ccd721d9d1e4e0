//! Use cases of training orders. What an order takes from below is held after the order itself.

mod assigned;
mod effects;
mod life;
mod lines;
mod placing;
mod rights;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{OrderPeriod, OrderState, OrderSums, TrainingOrder};
use super::{policy, store};
use crate::approvals::service::{Submission, asked, request_of};
use crate::authz::{Permit, Rule, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{organization_at, target as organization_target};
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{
    ApprovalSubjectKind, ChainFacts, OrderLevel, OrderLevelRule, OrdersProfile, PeriodKind,
};
use crate::regulations::service::{binding_regulation, regulation_of_case};
use crate::values::period::SchoolYearStart;

pub use super::store::Filter;
pub use effects::{hold, on_approval, on_placement};
pub use life::{refresh_training_order, submit_training_order, withdraw_training_order};
pub use lines::{
    LineRequest, ShownLine, add_training_order_line, get_training_order_line,
    list_training_order_line_sources, list_training_order_lines, remove_training_order_line,
};
pub use placing::{set_training_order_placement, submit_training_order_placement};

/// An order in a list.
#[derive(Debug, Clone)]
pub struct SummedOrder {
    /// The order.
    pub order: TrainingOrder,
    /// What its lines add up to.
    pub sums: OrderSums,
}

/// An order with its sums, its requests, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownOrder {
    /// The order.
    pub order: TrainingOrder,
    /// What its lines add up to.
    pub sums: OrderSums,
    /// Its newest request for approval, or for its placement.
    pub approval_id: Option<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Begins the order of an organization for a period; above the school it is added up at once from what the level below
/// has submitted (P3-5, P3-27, P2-24).
pub async fn create_training_order(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    level: OrderLevel,
    year: i32,
) -> Result<ShownOrder> {
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let target = organization_target(&place);
    authorize_seen(ctx.actor, &policy::CREATE_TRAINING_ORDER, &target)?;
    let today = regions::service::today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, today).await?.ok_or_else(not_used)?;
    let orders = &regulation.profile.orders;
    let rule = level_rule(orders, level).ok_or_else(not_used)?;
    let permit = rights::in_role(ctx, &policy::CREATE_TRAINING_ORDER, &target, &rule.formed_by)?;
    let fits = match level {
        OrderLevel::School => place.kind == OrganizationKind::School,
        OrderLevel::Municipality => place.kind == OrganizationKind::MunicipalAuthority,
        OrderLevel::Region => place.kind == OrganizationKind::RegionalOperator,
    };
    if !fits {
        return Err(Error::field(
            "/organization_id",
            "wrong_level",
            "Заказ школы составляет школа, муниципальный — муниципалитет, региональный — оператор",
            "A school order is a school's, a municipal one a municipality's, a regional one the operator's",
        ));
    }
    let period = period(&regulation, year)?;
    if period.ends_on < today {
        return Err(period_over("/year"));
    }
    let order = TrainingOrder {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        regulation_id: regulation.id,
        level,
        period,
        state: OrderState::Draft,
        rework: None,
        reason: None,
        submitted_at: None,
        placed_at: None,
        taken_by_id: None,
        created_by: ctx.actor.account_id,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &order).await?;
    let taken = collect(ctx, &permit, &order).await?;
    if taken == 0 && rule.from_submitted_orders {
        return Err(Error::field(
            "/year",
            "no_submitted_orders",
            "За этот период ещё ни один заказ снизу не подан",
            "No order of the level below has been submitted for this period yet",
        ));
    }
    audit(ctx, &permit, None, &order).await?;
    shown(ctx, order).await
}

/// One page of the orders the actor may see, those begun last first.
pub async fn list_training_orders(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SummedOrder>> {
    let scope = scope(ctx.actor, &policy::LIST_TRAINING_ORDERS)?;
    let orders = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let ids: Vec<Uuid> = orders.iter().map(|order| order.id).collect();
    let sums = store::lines::sums(ctx.conn, &ids).await?;
    let summed = |order: TrainingOrder| {
        let sums = sums.get(&order.id).copied().unwrap_or_default();
        SummedOrder { order, sums }
    };
    Ok(orders.into_iter().map(summed).collect())
}

/// One order.
pub async fn get_training_order(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownOrder> {
    let order = store::find(ctx.conn, id).await?;
    see(ctx, &order, &policy::GET_TRAINING_ORDER).await?;
    shown(ctx, order).await
}

/// 404 for whoever may not read the order: whoever its chains ask may.
async fn see(ctx: &Ctx<'_>, order: &TrainingOrder, rule: &'static Rule) -> Result<()> {
    let target = order.target();
    if may(ctx.actor, rule, &target) {
        return Ok(());
    }
    let kinds = (ApprovalSubjectKind::TrainingOrder, ApprovalSubjectKind::TrainingOrderPlacement);
    let is_asked = asked(ctx, kinds.0, order.id).await? || asked(ctx, kinds.1, order.id).await?;
    let target = if is_asked { target.assigned(ctx.actor.person_id) } else { target };
    authorize(ctx.actor, rule, &target).map(drop)
}

/// Takes what the level below has submitted, and adds everything taken up anew. Returns how many orders were taken.
async fn collect(ctx: &Ctx<'_>, permit: &Permit, order: &TrainingOrder) -> Result<usize> {
    if order.level == OrderLevel::School {
        return Ok(0);
    }
    let taken = store::collecting::take(ctx, permit, order).await?;
    if !taken.is_empty() {
        let groups = store::collecting::groups(ctx, order.id).await?;
        let ids: Vec<Uuid> = (0..groups).map(|_| new_id()).collect();
        store::collecting::add_up(ctx, permit, order, &ids).await?;
    }
    Ok(taken.len())
}

/// What the regulation says of that level.
fn level_rule(orders: &OrdersProfile, level: OrderLevel) -> Option<&OrderLevelRule> {
    orders.levels.iter().find(|rule| rule.level == level)
}

/// The period of the regulation that begins in that year.
fn period(regulation: &BindingRegulation, year: i32) -> Result<OrderPeriod> {
    let profile = &regulation.profile;
    let kind = profile.orders.period.as_ref().map_or(PeriodKind::CalendarYear, |rule| rule.period);
    let first = match kind {
        PeriodKind::SchoolYear => {
            let start = profile.calendar.school_year_start();
            SchoolYearStart::new(u32::from(start.month), u32::from(start.day))
        }
        PeriodKind::CalendarYear => SchoolYearStart::new(1, 1),
    };
    let days = first.and_then(|start| start.year(year)).ok_or_else(|| Error::internal("no such year"))?;
    Ok(OrderPeriod { kind, year, starts_on: days.first, ends_on: days.last })
}

fn not_used() -> Error {
    Error::field(
        "/level",
        "not_used",
        "Положение этой организации не знает заказов такого уровня",
        "The regulation of this organization knows no orders of this level",
    )
}

fn period_over(pointer: &str) -> Error {
    Error::field(
        pointer,
        "period_over",
        "Период заказа уже кончился",
        "The period of the order is over already",
    )
}

/// Refuses a change of another version than the one the caller saw, then one that the state does not allow.
fn refuse_unless(allowed: bool, order: &TrainingOrder, if_match: i64) -> Result<()> {
    if order.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if allowed {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail(
        "В этом состоянии с заказом так не поступают",
        "This is not done with the order in the state it is in",
    ))
}

/// What a chain is asked about.
fn submission(order: &TrainingOrder, regulation: BindingRegulation) -> Submission {
    Submission {
        subject_kind: ApprovalSubjectKind::TrainingOrder,
        subject_id: order.id,
        subject_version: order.version,
        title: format!("Заказ на повышение квалификации, {}", order.period.year),
        region_id: order.region_id,
        municipality_id: order.municipality_id,
        organization_id: order.organization_id,
        learner: None,
        learner_agreed: false,
        regulation,
        facts: ChainFacts::default(),
    }
}

async fn audit(
    ctx: &Ctx<'_>,
    permit: &Permit,
    before: Option<OrderState>,
    order: &TrainingOrder,
) -> Result<()> {
    let change = Change::none().field("state", before.map(OrderState::as_str), order.state.as_str());
    ctx.audit(permit, Subject { kind: "training_order", id: order.id }, change).await
}

async fn shown(ctx: &Ctx<'_>, order: TrainingOrder) -> Result<ShownOrder> {
    let ids = [order.id];
    let (sums, review, placing, regulation) = tokio::try_join!(
        store::lines::sums(ctx.conn, &ids),
        request_of(ctx, ApprovalSubjectKind::TrainingOrder, order.id),
        request_of(ctx, ApprovalSubjectKind::TrainingOrderPlacement, order.id),
        regulation_of_case(ctx, order.regulation_id)
    )?;
    let sums = sums.get(&order.id).copied().unwrap_or_default();
    let approval_id = placing.or(review).map(|found| found.id);
    let allowed_actions = rights::allowed_actions(ctx, &order, &regulation.profile.orders);
    Ok(ShownOrder { order, sums, approval_id, allowed_actions })
}
