//! Lines of an order: from needs, from agreed routes, by a head's own request, by hand above the school.

use uuid::Uuid;

use super::rights::{forming, in_role};
use super::{ShownOrder, audit, refuse_unless, see, shown};
use crate::authz::authorize;
use crate::db::Ctx;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::orders::training_orders::model::{
    LineOrigin, LineSource, LineStep, OrderLine, Placement, TrainingOrder,
};
use crate::orders::training_orders::policy;
use crate::orders::training_orders::store::{self, sources::Source};
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;
use crate::regulations::profile::OrderLevel;
use crate::regulations::service::regulation_of_case;
use crate::values::Hours;

/// What is said of a new line.
#[derive(Debug, Clone)]
pub struct LineRequest {
    /// Where it comes from.
    pub origin: LineOrigin,
    /// The need.
    pub need_id: Option<Uuid>,
    /// The activity of an agreed route.
    pub activity_id: Option<Uuid>,
    /// What is to be learnt, where nothing else says it.
    pub topic: Option<String>,
    /// How many people, where nothing else says it.
    pub people: Option<i32>,
    /// Academic hours of each.
    pub hours: Option<Hours>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// The module of it.
    pub module_id: Option<Uuid>,
    /// Kopecks.
    pub amount_kopecks: Option<i64>,
    /// Why.
    pub justification: Option<String>,
}

/// A line with where it is placed.
#[derive(Debug, Clone)]
pub struct ShownLine {
    /// The line.
    pub line: OrderLine,
    /// Where it is placed.
    pub placements: Vec<Placement>,
    /// The lines above, the nearest first; only where one line is read.
    pub above: Vec<LineStep>,
}

/// Adds a line to an order that is being formed (P3-3, P3-5).
pub async fn add_training_order_line(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    request: LineRequest,
) -> Result<ShownLine> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let roles = forming(&regulation.profile.orders, order.level);
    let permit = in_role(ctx, &policy::ADD_TRAINING_ORDER_LINE, &order.target(), roles)?;
    refuse_unless(order.state.is_formed(), &order, if_match)?;
    let source = source(ctx, &order, &request).await?;
    let hours = refuse_wrong_program(ctx, &order, &request, &source).await?;
    let halves = request.hours.or(source.hours).or(hours).unwrap_or(Hours::ZERO).halves();
    let half_hours = halves.checked_mul(source.people).ok_or_else(|| {
        Error::field("/people", "range", "Слишком много часов", "Too many hours altogether")
    })?;
    let line = OrderLine {
        id: new_id(),
        region_id: order.region_id,
        order_id: order.id,
        position: store::lines::next_position(ctx.conn, order.id).await?,
        origin: request.origin,
        ground: Some(source.ground),
        topic: source.topic,
        person_id: source.person_id,
        need_id: request.need_id,
        activity_id: request.activity_id,
        program_id: source.program_id.or(request.program_id),
        module_id: source.module_id.or(request.module_id),
        direction_id: source.direction_id,
        assignment_id: None,
        people: source.people,
        half_hours,
        amount_kopecks: request.amount_kopecks.unwrap_or_default(),
        justification: request.justification,
        upper_line_id: None,
    };
    store::lines::insert(ctx, &permit, &line).await?;
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    Ok(ShownLine { line, placements: Vec::new(), above: Vec::new() })
}

/// Removes a line; one that was added up goes with the orders it consists of.
pub async fn remove_training_order_line(
    ctx: &Ctx<'_>,
    id: Uuid,
    line_id: Uuid,
    if_match: i64,
) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let roles = forming(&regulation.profile.orders, order.level);
    let permit = in_role(ctx, &policy::REMOVE_TRAINING_ORDER_LINE, &order.target(), roles)?;
    let line = store::lines::find(ctx.conn, line_id).await?;
    if line.order_id != order.id {
        return Err(Error::not_found());
    }
    let removable = order.state.is_formed() && line.origin != LineOrigin::Orders;
    refuse_unless(removable, &order, if_match)?;
    store::lines::remove(ctx, &permit, line_id).await?;
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}

/// One page of the lines of an order, in their order.
pub async fn list_training_order_lines(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<Vec<ShownLine>> {
    let order = store::find(ctx.conn, id).await?;
    see(ctx, &order, &policy::LIST_TRAINING_ORDER_LINES).await?;
    let lines = store::lines::of_order(ctx.conn, id, page.fetch(), after).await?;
    with_placements(ctx, lines).await
}

/// One line with its way up, to the state assignment where the operator's order has one (P2-24).
pub async fn get_training_order_line(ctx: &Ctx<'_>, line_id: Uuid) -> Result<ShownLine> {
    let line = store::lines::find(ctx.conn, line_id).await?;
    let order = store::find(ctx.conn, line.order_id).await?;
    see(ctx, &order, &policy::GET_TRAINING_ORDER_LINE).await?;
    let above = store::tracing::above(ctx.conn, line_id).await?;
    let shown = with_placements(ctx, vec![line]).await?.pop().ok_or(Error::not_found())?;
    Ok(ShownLine { above, ..shown })
}

/// One page of what a line rests on in the end: persons, needs, activities and deficits (P3-27).
pub async fn list_training_order_line_sources(
    ctx: &Ctx<'_>,
    line_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<LineSource>> {
    let line = store::lines::find(ctx.conn, line_id).await?;
    let order = store::find(ctx.conn, line.order_id).await?;
    // Persons are named: whoever a chain asks beside those of the place knows the sums alone.
    authorize(ctx.actor, &policy::LIST_TRAINING_ORDER_LINE_SOURCES, &order.target())?;
    store::tracing::sources(ctx.conn, line_id, page.fetch(), after).await
}

async fn with_placements(ctx: &Ctx<'_>, lines: Vec<OrderLine>) -> Result<Vec<ShownLine>> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let placed = store::lines::placements(ctx.conn, &ids).await?;
    let shown = |line: OrderLine| {
        let placements = placed.iter().filter(|it| it.line_id == line.id).copied().collect();
        ShownLine { line, placements, above: Vec::new() }
    };
    Ok(lines.into_iter().map(shown).collect())
}

/// What the line rests on; everything wrong with what was sent.
async fn source(ctx: &Ctx<'_>, order: &TrainingOrder, request: &LineRequest) -> Result<Source> {
    let origin = request.origin;
    let at_school = order.level == OrderLevel::School;
    let by_hand = matches!(origin, LineOrigin::HeadRequest | LineOrigin::Manual);
    let fits = match origin {
        LineOrigin::Need | LineOrigin::Route | LineOrigin::HeadRequest => at_school,
        LineOrigin::Manual => !at_school,
        LineOrigin::Orders => false,
    };
    let mut problems = Vec::new();
    let mut add = |wrong: bool, pointer: &str, code: &'static str, ru, en| {
        if wrong {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        }
    };
    add(
        !fits,
        "/origin",
        "not_allowed",
        "Строки из потребностей, маршрутов и заявок руководителя — в заказе школы, вписанные вручную — выше",
        "Lines from needs, routes and requests of the head belong to a school order, lines by hand to those above",
    );
    for (given, wanted, pointer) in [
        (request.need_id.is_some(), origin == LineOrigin::Need, "/need_id"),
        (request.activity_id.is_some(), origin == LineOrigin::Route, "/activity_id"),
        (request.topic.is_some(), by_hand, "/topic"),
        (request.people.is_some(), by_hand, "/people"),
    ] {
        add(!given && wanted, pointer, "required", "Без этого строки нет", "The line needs this");
        add(
            given && !wanted,
            pointer,
            "not_allowed",
            "Это известно из основания строки",
            "What the line rests on says this",
        );
    }
    for (given, pointer) in
        [(request.program_id.is_some(), "/program_id"), (request.module_id.is_some(), "/module_id")]
    {
        add(
            given && origin == LineOrigin::Route,
            pointer,
            "not_allowed",
            "Программу называет маршрут",
            "The route names the program",
        );
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let unknown = |pointer: &str| Error::not_found().in_body(pointer);
    match (request.need_id, request.activity_id) {
        (Some(id), _) => {
            let found = store::sources::need(ctx.conn, id, order.organization_id).await?;
            found.ok_or_else(|| unknown("/need_id"))
        }
        (_, Some(id)) => {
            let found = store::sources::activity(ctx.conn, id, order.organization_id).await?;
            found.ok_or_else(|| unknown("/activity_id"))
        }
        (None, None) => Ok(Source {
            ground: origin.as_str().to_owned(),
            topic: request.topic.clone().unwrap_or_default(),
            person_id: None,
            people: request.people.unwrap_or(1),
            program_id: None,
            module_id: None,
            direction_id: None,
            hours: None,
        }),
    }
}

/// The program and its module must be known; returns the volume of what is to be learnt.
async fn refuse_wrong_program(
    ctx: &Ctx<'_>,
    order: &TrainingOrder,
    request: &LineRequest,
    source: &Source,
) -> Result<Option<Hours>> {
    if request.program_id.is_none() && request.module_id.is_some() && source.program_id.is_none() {
        return Err(Error::field(
            "/program_id",
            "required",
            "Назовите программу модуля",
            "Name the program of the module",
        ));
    }
    let Some(program_id) = request.program_id else { return Ok(None) };
    let programs = programs_facts(ctx, &[program_id]).await?;
    let program = programs.get(&program_id);
    let program = program.filter(|it| it.region_id == order.region_id && it.state == ProgramState::Accepted);
    let program = program.ok_or_else(|| Error::not_found().in_body("/program_id"))?;
    match request.module_id {
        None => Ok(Some(program.hours)),
        Some(id) => {
            let module = program.modules.iter().find(|module| module.id == id);
            module
                .map(|module| Some(module.data.hours))
                .ok_or_else(|| Error::not_found().in_body("/module_id"))
        }
    }
}
