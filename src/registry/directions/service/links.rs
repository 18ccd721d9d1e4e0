//! Approved directions, and which programs serve them.

use chrono::Datelike;
use uuid::Uuid;

use crate::authz::{Target, authorize, may, region_scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::registry::directions::model::{Direction, LooseProgram};
use crate::registry::directions::store::{DirectionFilter, Within};
use crate::registry::directions::vocabulary::DirectionListState;
use crate::registry::directions::{policy, store};
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;

/// A direction and what the actor may do with it.
#[derive(Debug)]
pub struct ShownDirection {
    /// The direction.
    pub direction: Direction,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One page of the approved directions of the actor's region.
pub async fn list_priority_directions(
    ctx: &Ctx<'_>,
    filter: DirectionFilter,
    page: &PageQuery<'_>,
    after: Option<(Uuid, i32)>,
) -> Result<Vec<Direction>> {
    let region = region_scope(ctx.actor, &policy::LIST_PRIORITY_DIRECTIONS)?;
    store::directions(ctx.conn, Within::Region(region), filter, page.fetch(), after).await
}

/// One direction with the programs that serve it.
pub async fn get_priority_direction(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownDirection> {
    let direction = store::find_direction(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx, &direction)?;
    Ok(shown(ctx, direction))
}

/// Says which programs serve an approved direction: accepted ones of its region (P2-21).
pub async fn set_direction_programs(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    mut program_ids: Vec<Uuid>,
) -> Result<ShownDirection> {
    let current = store::lock_direction(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx, &current)?;
    let permit = authorize(ctx.actor, &policy::SET_DIRECTION_PROGRAMS, &Target::region(current.region_id))?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.list_state != DirectionListState::Approved {
        return Err(Error::new(Code::StateConflict)
            .detail("Перечень ещё не утверждён", "The list is not approved yet"));
    }
    let facts = programs_facts(ctx, &program_ids).await?;
    let fits = |id: &Uuid| {
        let program = facts.get(id);
        program.is_some_and(|program| {
            program.region_id == current.region_id && program.state == ProgramState::Accepted
        })
    };
    let unknown = program_ids.iter().enumerate().filter(|(_, id)| !fits(id));
    let problems: Vec<FieldProblem> = unknown
        .map(|(place, _)| {
            let words = Text::new(
                "Среди принятых программ региона такой нет",
                "There is no such program among the accepted ones of the region",
            );
            FieldProblem::new(format!("/program_ids/{place}"), "unknown", words)
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    program_ids.sort_unstable();
    program_ids.dedup();
    let change = Change::none().field("programs", current.program_ids.len(), program_ids.len());
    let direction = Direction { program_ids, version: current.version + 1, ..current };
    store::set_programs(ctx, &permit, &direction).await?;
    ctx.audit(&permit, Subject { kind: "priority_direction", id }, change).await?;
    Ok(shown(ctx, direction))
}

/// One page of the accepted programs that serve no direction of a year (P2-21).
pub async fn list_programs_without_direction(
    ctx: &Ctx<'_>,
    year: Option<i32>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<LooseProgram>> {
    let region = region_scope(ctx.actor, &policy::LIST_PROGRAMS_WITHOUT_DIRECTION)?;
    let year = match year {
        Some(year) => year,
        None => today(ctx, region.region_id()).await?.year(),
    };
    store::loose_programs(ctx.conn, region, year, page.fetch(), after).await
}

/// Whether it is an approved direction of that region: for what refers to directions.
pub async fn is_approved(ctx: &Ctx<'_>, id: Uuid, region_id: Uuid) -> Result<bool> {
    let found = store::find_direction(ctx.conn, id).await?;
    Ok(found.is_some_and(|found| {
        found.region_id == region_id && found.list_state == DirectionListState::Approved
    }))
}

/// The year of an approved direction of that region and the programs that serve it; nothing for any other.
pub async fn approved_program_ids(
    ctx: &Ctx<'_>,
    id: Uuid,
    region_id: Uuid,
) -> Result<Option<(i32, Vec<Uuid>)>> {
    let found = store::find_direction(ctx.conn, id).await?;
    let found = found
        .filter(|found| found.region_id == region_id && found.list_state == DirectionListState::Approved);
    Ok(found.map(|found| (found.year, found.program_ids)))
}

fn see(ctx: &Ctx<'_>, direction: &Direction) -> Result<()> {
    let rule = match direction.list_state {
        DirectionListState::Proposed => &policy::SEE_PROPOSED,
        DirectionListState::Approved => &policy::GET_PRIORITY_DIRECTION,
    };
    authorize(ctx.actor, rule, &Target::region(direction.region_id)).map(drop)
}

fn shown(ctx: &Ctx<'_>, direction: Direction) -> ShownDirection {
    let rule = &policy::SET_DIRECTION_PROGRAMS;
    let may = direction.list_state == DirectionListState::Approved
        && may(ctx.actor, rule, &Target::region(direction.region_id));
    let allowed_actions = may.then(|| rule.operation.to_owned()).into_iter().collect();
    ShownDirection { direction, allowed_actions }
}
