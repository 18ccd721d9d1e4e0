//! Use cases around what was learnt outside the route. Whoever records papers calls them inside the use case of the paper.

use uuid::Uuid;

use super::model::OutsideRoute;
use super::store;
use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::{FieldProblem, Result, Text};
use crate::planning::external_offers::service::is_approved_for;
use crate::planning::own_expense_requests::service::is_approved_of;

/// What is wrong with a paper of that person that names this: it must have been allowed, to this person or to a school of
/// this person.
pub async fn problem(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    schools: &[Uuid],
    outside: OutsideRoute,
) -> Result<Option<FieldProblem>> {
    let (allowed, words) = match outside {
        OutsideRoute::OwnExpense(id) => (
            is_approved_of(ctx, id, person_id).await?,
            Text::new(
                "У человека нет такого одобренного заявления",
                "The person has no such approved application",
            ),
        ),
        OutsideRoute::Offer(id) => (
            is_approved_for(ctx, id, schools).await?,
            Text::new(
                "У школы человека нет такого одобренного предложения",
                "No school of the person has such an approved offer",
            ),
        ),
    };
    Ok((!allowed).then(|| FieldProblem::new(outside.pointer(), "unknown", words)))
}

/// Remembers that the paper is about what was learnt outside the route.
pub async fn mark(
    ctx: &Ctx<'_>,
    permit: &Permit,
    region_id: Uuid,
    credential_id: Uuid,
    outside: OutsideRoute,
) -> Result<()> {
    store::insert(ctx, permit, region_id, credential_id, outside).await
}

/// The papers about what was learnt by it, those recorded first first; without asking who may see them.
pub async fn papers_of(ctx: &Ctx<'_>, outside: OutsideRoute) -> Result<Vec<Uuid>> {
    store::papers_of(ctx.conn, outside).await
}
