//! Whom an activity is for, and what it links to: theirs, and known to the organiser.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::Ctx;
use crate::diagnostics::service::{may_know_deficits, open_deficits_of};
use crate::directory::persons::service::targets_on;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::learning_routes::service::learner_of_readable;
use crate::support::products::service::get_product;
use crate::support::support_activities::model::{ActivityData, Circle, Participant};
use crate::support::support_plans::service::get_support_plan;
use crate::support::support_plans::vocabulary::SupportPlanState;

/// The people it is for, with their places; who does not work within the circle of the organiser is told one by one.
pub(super) async fn participants(
    ctx: &Ctx<'_>,
    circle: Circle,
    region_id: Uuid,
    data: &ActivityData,
    day: NaiveDate,
) -> Result<(Vec<Participant>, Vec<FieldProblem>)> {
    let targets = targets_on(ctx, &data.person_ids, day).await?;
    let (mut people, mut problems) = (Vec::<Participant>::new(), Vec::new());
    for (index, id) in data.person_ids.iter().enumerate() {
        let place = targets.get(id).and_then(|target| circle.place_of(region_id, target));
        match place {
            Some((organization_id, municipality_id)) => {
                if people.iter().all(|known| known.person_id != *id) {
                    people.push(Participant { person_id: *id, organization_id, municipality_id });
                }
            }
            None => {
                let words = Text::new(
                    "Организатор не сопровождает этого человека",
                    "The organiser does not support this person",
                );
                let pointer = format!("/data/person_ids/{index}");
                problems.push(FieldProblem::new(pointer, "unknown", words).because("P2-37", None));
            }
        }
    }
    Ok((people, problems))
}

/// Deficits that none of the people has open, or that the actor may not know.
pub(super) async fn unknown_deficits(
    ctx: &Ctx<'_>,
    data: &ActivityData,
    day: NaiveDate,
) -> Result<Vec<FieldProblem>> {
    let mut known: Vec<Uuid> = Vec::new();
    if !data.deficit_ids.is_empty() {
        for (person_id, target) in targets_on(ctx, &data.person_ids, day).await? {
            if may_know_deficits(ctx.actor, &target) {
                known.extend(open_deficits_of(ctx, person_id).await?.iter().map(|deficit| deficit.id));
            }
            if data.deficit_ids.iter().all(|id| known.contains(id)) {
                break;
            }
        }
    }
    let unknown = data.deficit_ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    Ok(unknown
        .map(|(index, _)| {
            let words = Text::new(
                "Ни у кого из них нет такого открытого дефицита",
                "None of them has such an open deficit",
            );
            FieldProblem::new(format!("/data/deficit_ids/{index}"), "unknown", words)
        })
        .collect())
}

/// A plan that goes on, a product and a route of one of the people, which the actor may read.
pub(super) async fn unknown_things(ctx: &Ctx<'_>, data: &ActivityData) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if let Some(id) = data.plan_id {
        let shown = readable(get_support_plan(ctx, id).await)?;
        let goes_on = shown.filter(|shown| shown.plan.state != SupportPlanState::Completed);
        if !goes_on.is_some_and(|shown| data.person_ids.contains(&shown.plan.person_id)) {
            let words = Text::new(
                "Ни у кого из них нет такого действующего плана",
                "None of them has such a plan that goes on",
            );
            problems.push(FieldProblem::new("/data/plan_id", "unknown", words));
        }
    }
    if let Some(id) = data.product_id {
        let shown = readable(get_product(ctx, id).await)?;
        if !shown.is_some_and(|shown| data.person_ids.contains(&shown.product.person_id)) {
            let words = Text::new("Ни у кого из них нет такого продукта", "None of them has such a product");
            problems.push(FieldProblem::new("/data/product_id", "unknown", words));
        }
    }
    if let Some(id) = data.route_id {
        let learner = learner_of_readable(ctx, id).await?;
        if !learner.is_some_and(|learner| data.person_ids.contains(&learner)) {
            let words = Text::new("Ни у кого из них нет такого маршрута", "None of them has such a route");
            problems.push(FieldProblem::new("/data/route_id", "unknown", words));
        }
    }
    Ok(problems)
}

/// What was read, unless the actor may not.
fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(Error { code: Code::NotFound | Code::Forbidden, .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}
