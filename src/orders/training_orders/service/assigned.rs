//! The operator's order within the state assignment (P2-24).

use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::orders::training_orders::model::TrainingOrder;
use crate::orders::training_orders::store::assignments;
use crate::regulations::profile::{OrdersProfile, RuleSeverity};

/// Refuses an order that the assignment does not bear: each line of it is told with its sums and what is left.
pub(super) async fn refuse_above_assignment(
    ctx: &Ctx<'_>,
    permit: &Permit,
    order: &TrainingOrder,
    orders: &OrdersProfile,
) -> Result<()> {
    let Some(rule) = orders.within_state_assignment.as_ref() else { return Ok(()) };
    assignments::assign(ctx, permit, order).await?;
    if rule.severity != RuleSeverity::Error {
        return Ok(());
    }
    let mut problems = Vec::new();
    let mut add = |pointer: String, code: &'static str, words: Text| {
        let problem = FieldProblem::new(pointer, code, words);
        problems.push(problem.because("P2-24", rule.paragraph.as_deref()));
    };
    let loads = assignments::loads(ctx, order.id).await?;
    for load in loads.iter().filter(|load| load.is_above()) {
        let (people, hours) = (load.people, load.hours());
        let (planned, planned_hours) = (load.planned_people, load.planned_half_hours / 2);
        let (rest, rest_hours) = load.rest();
        add(
            format!("/assignments/{}", load.assignment_id),
            "above_assignment",
            Text::owned(
                format!(
                    "«{}»: в заказе {people} чел., {hours} ч; в задании {planned} чел., {planned_hours} ч; \
                     остаток {rest} чел., {rest_hours} ч",
                    load.topics
                ),
                format!(
                    "\"{}\": ordered {people} people, {hours} hours; assigned {planned} people, {planned_hours} \
                     hours; left {rest} people, {rest_hours} hours",
                    load.topics
                ),
            ),
        );
    }
    for (id, topic) in assignments::unpaid(ctx, order.id).await? {
        add(
            format!("/lines/{id}"),
            "outside_assignment",
            Text::owned(
                format!("«{topic}»: такой строки в государственном задании нет"),
                format!("\"{topic}\": the state assignment has no such line"),
            ),
        );
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}
