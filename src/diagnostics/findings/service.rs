//! Use cases of findings.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Finding, FindingData};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::organizing::{Task, named, require_for};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization_at;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Records a finding about a school, a municipality, or the whole region.
pub async fn create_outcome_finding(
    ctx: &Ctx<'_>,
    about: Option<Uuid>,
    data: FindingData,
) -> Result<Finding> {
    let region_id = ctx.region_id()?;
    let target = Target::region(region_id);
    authorize(ctx.actor, &policy::CREATE_OUTCOME_FINDING, &target)?;
    let permit = require_for(ctx, Task::SupplyingFindings, &policy::CREATE_OUTCOME_FINDING, &target).await?;
    let recorded_by_id = permit.organization_id().ok_or(Error::new(Code::Forbidden))?;
    let place = match about {
        Some(id) => Some(organization_at(ctx, id, "/organization_id").await?),
        None => None,
    };
    let mut problems = data.problems();
    let (municipality_id, organization_id) = match place {
        None => (None, None),
        Some(place) if place.kind == OrganizationKind::MunicipalAuthority => (Some(place.id), None),
        Some(place) => {
            if place.kind != OrganizationKind::School {
                let words = Text::new(
                    "Результат относится к школе, муниципалитету или региону",
                    "A finding is about a school, a municipality or the region",
                );
                problems.push(FieldProblem::new("/organization_id", "wrong_kind", words));
            }
            (place.municipality_id, Some(place.id))
        }
    };
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let finding = Finding {
        id: new_id(),
        region_id,
        municipality_id,
        organization_id,
        recorded_by_id,
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &finding).await?;
    let change = Change::none().field("source", (), finding.data.source.as_str());
    ctx.audit(&permit, Subject { kind: "outcome_finding", id: finding.id }, change).await?;
    Ok(finding)
}

/// One page of the findings about the actor's place and what lies above or below it.
pub async fn list_outcome_findings(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Finding>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_OUTCOME_FINDINGS)?, filter, page.fetch(), after)
        .await
}

/// One finding.
pub async fn get_outcome_finding(ctx: &Ctx<'_>, id: Uuid) -> Result<Finding> {
    let finding = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_OUTCOME_FINDING, &finding.target())?;
    Ok(finding)
}

/// Mends what a finding says.
pub async fn update_outcome_finding(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: FindingData,
) -> Result<Finding> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let target = current.target();
    authorize(ctx.actor, &policy::UPDATE_OUTCOME_FINDING, &target)?;
    let permit = require_for(ctx, Task::SupplyingFindings, &policy::UPDATE_OUTCOME_FINDING, &target).await?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let problems = data.problems();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let change =
        Change::none().field("low_quality_zone", current.data.low_quality_zone, data.low_quality_zone);
    let finding = Finding { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &finding).await?;
    ctx.audit(&permit, Subject { kind: "outcome_finding", id }, change).await?;
    Ok(finding)
}

/// The actor with the roles alone to which his regulation leaves findings.
pub async fn supplier(ctx: &Ctx<'_>) -> Result<Actor> {
    named(ctx, Task::SupplyingFindings).await
}

/// What a supplier may do with the finding.
pub fn allowed_actions(actor: &Actor, finding: &Finding) -> Vec<String> {
    let rule = &policy::UPDATE_OUTCOME_FINDING;
    may(actor, rule, &finding.target()).then(|| rule.operation.to_owned()).into_iter().collect()
}

/// Which of these findings the actor may not know, by their place in the list: for bodies that name findings.
pub async fn unknown_findings(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<usize>> {
    let found = store::many(ctx.conn, ids).await?;
    let known = |id: &Uuid| {
        let finding = found.iter().find(|finding| finding.id == *id);
        finding.is_some_and(|finding| may(ctx.actor, &policy::GET_OUTCOME_FINDING, &finding.target()))
    };
    Ok(ids.iter().enumerate().filter(|(_, id)| !known(id)).map(|(place, _)| place).collect())
}
