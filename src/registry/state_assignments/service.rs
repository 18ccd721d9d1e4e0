//! Use cases of the state assignment.

use uuid::Uuid;

use super::model::{AssignmentPlan, AssignmentSubject, StateAssignment, Used};
use super::{policy, store};
use crate::authz::{Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization_at;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::usage::service::trained;
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::directions::service::approved_program_ids;
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;
use crate::training::enrollments::service::places_taken;

/// A line as asked for.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    /// The operator.
    pub organization_id: Uuid,
    /// Calendar year.
    pub year: i32,
    /// The direction.
    pub direction_id: Option<Uuid>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// What is planned.
    pub plan: AssignmentPlan,
}

/// A line, what is used of it, and what the actor may do with it.
#[derive(Debug)]
pub struct ShownAssignment {
    /// The line.
    pub assignment: StateAssignment,
    /// What was trained until now.
    pub used: Used,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Sets a line of the operator's state assignment.
pub async fn create_state_assignment(ctx: &Ctx<'_>, new: NewAssignment) -> Result<ShownAssignment> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::CREATE_STATE_ASSIGNMENT, &Target::region(region_id))?;
    let operator = organization_at(ctx, new.organization_id, "/organization_id").await?;
    let mut problems = Vec::new();
    if operator.kind != OrganizationKind::RegionalOperator {
        let words = Text::new("Это не региональный оператор", "This is no regional operator");
        problems.push(FieldProblem::new("/organization_id", "wrong_kind", words));
    }
    let (subject, program_ids) = subject(ctx, &new, region_id, &mut problems).await?;
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let assignment = StateAssignment {
        id: new_id(),
        region_id,
        organization_id: operator.id,
        year: new.year,
        subject,
        plan: new.plan,
        program_ids,
        version: 1,
    };
    store::insert(ctx, &permit, &assignment).await?;
    let change = Change::none().field("people", (), assignment.plan.people);
    ctx.audit(&permit, Subject { kind: "state_assignment", id: assignment.id }, change).await?;
    one(ctx, assignment).await
}

/// One page of the state assignment.
pub async fn list_state_assignments(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(i32, Uuid)>,
) -> Result<Vec<ShownAssignment>> {
    let scope = scope(ctx.actor, &policy::LIST_STATE_ASSIGNMENTS)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    shown(ctx, found).await
}

/// One line.
pub async fn get_state_assignment(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownAssignment> {
    let assignment = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_STATE_ASSIGNMENT, &assignment.target())?;
    one(ctx, assignment).await
}

/// Changes what is planned.
pub async fn update_state_assignment(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    plan: AssignmentPlan,
) -> Result<ShownAssignment> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize(ctx.actor, &policy::UPDATE_STATE_ASSIGNMENT, &current.target())?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let change = Change::none().field("people", current.plan.people, plan.people);
    let assignment = StateAssignment { plan, version: current.version + 1, ..current };
    store::update(ctx, &permit, &assignment).await?;
    ctx.audit(&permit, Subject { kind: "state_assignment", id }, change).await?;
    one(ctx, assignment).await
}

/// What a line is about, with the programs that serve it now.
async fn subject(
    ctx: &Ctx<'_>,
    new: &NewAssignment,
    region_id: Uuid,
    problems: &mut Vec<FieldProblem>,
) -> Result<(AssignmentSubject, Vec<Uuid>)> {
    match (new.direction_id, new.program_id) {
        (Some(id), None) => {
            let found = approved_program_ids(ctx, id, region_id).await?;
            let found = found.filter(|(year, _)| *year == new.year);
            if found.is_none() {
                let words = Text::new(
                    "В утверждённом перечне этого года такого направления нет",
                    "The approved list of that year has no such direction",
                );
                problems.push(FieldProblem::new("/direction_id", "unknown", words));
            }
            Ok((AssignmentSubject::Direction(id), found.map(|(_, programs)| programs).unwrap_or_default()))
        }
        (None, Some(id)) => {
            let facts = programs_facts(ctx, &[id]).await?.remove(&id);
            let accepted = facts.is_some_and(|program| {
                program.region_id == region_id && program.state == ProgramState::Accepted
            });
            if !accepted {
                let words = Text::new(
                    "Среди принятых программ региона такой нет",
                    "There is no such program among the accepted ones of the region",
                );
                problems.push(FieldProblem::new("/program_id", "unknown", words));
            }
            Ok((AssignmentSubject::Program(id), vec![id]))
        }
        _ => {
            let words = Text::new("Укажите направление или программу", "Name a direction or a program");
            problems.push(FieldProblem::new("/direction_id", "direction_or_program", words));
            Ok((AssignmentSubject::Program(Uuid::nil()), Vec::new()))
        }
    }
}

async fn one(ctx: &Ctx<'_>, assignment: StateAssignment) -> Result<ShownAssignment> {
    shown(ctx, vec![assignment]).await?.into_iter().next().ok_or(Error::not_found())
}

/// Lines with what is used, counted in two statements for all of them: papers and places.
async fn shown(ctx: &Ctx<'_>, lines: Vec<StateAssignment>) -> Result<Vec<ShownAssignment>> {
    let mut operators: Vec<Uuid> = lines.iter().map(|line| line.organization_id).collect();
    let mut years: Vec<i32> = lines.iter().map(|line| line.year).collect();
    operators.sort_unstable();
    operators.dedup();
    years.sort_unstable();
    years.dedup();
    let (trained, places) =
        tokio::try_join!(trained(ctx, &operators, &years), places_taken(ctx, &operators, &years))?;
    let rule = &policy::UPDATE_STATE_ASSIGNMENT;
    let show = |assignment: StateAssignment| {
        let may = may(ctx.actor, rule, &assignment.target());
        ShownAssignment {
            used: assignment.used(&trained, &places),
            allowed_actions: may.then(|| rule.operation.to_owned()).into_iter().collect(),
            assignment,
        }
    };
    Ok(lines.into_iter().map(show).collect())
}
