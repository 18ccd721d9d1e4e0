//! Use cases of consultations.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Consultation, ConsultationData};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::{may_know_deficits, open_deficits_of};
use crate::directory::organizations::service::{self as organizations, authorize_at, organization_at};
use crate::directory::persons::service::person_facts;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::service::learner_of_readable;
use crate::regulations::service::binding_regulation;

/// Records a consultation of a person or of an organization.
pub async fn record_consultation(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    person_id: Option<Uuid>,
    mut data: ConsultationData,
) -> Result<Consultation> {
    let region_id = ctx.region_id()?;
    let today = today(ctx, region_id).await?;
    let (target, organization_id, municipality_id) = match (person_id, organization_id) {
        (Some(id), place) => {
            let known = |refusal: Error| refusal.in_body("/person_id");
            let person = person_facts(ctx, id, today).await.map_err(known)?;
            let target = person.target_on(today);
            authorize(ctx.actor, &policy::RECORD_CONSULTATION, &target).map_err(known)?;
            let mut work = person.employed_on(today);
            let work = work.find(|work| place.is_none_or(|place| place == work.organization_id));
            let work = work.ok_or_else(not_employed)?;
            (target.clone(), work.organization_id, work.municipality_id)
        }
        (None, Some(id)) => {
            let place = organization_at(ctx, id, "/organization_id").await?;
            authorize_at(ctx.actor, &policy::RECORD_CONSULTATION, &place)?;
            (organizations::target(&place), place.id, place.municipality_id)
        }
        (None, None) => {
            return Err(Error::field(
                "/organization_id",
                "person_or_organization",
                "Укажите, кого консультировали: человека или организацию",
                "Name who was consulted: a person or an organization",
            ));
        }
    };
    let supporter = supporter(ctx, organization_id, today).await?;
    if !may(&supporter, &policy::RECORD_CONSULTATION, &target) {
        return Err(Error::new(Code::Forbidden).detail(
            "По положению методическую поддержку оказывает другая сторона",
            "The regulation leaves methodical support to somebody else",
        ));
    }
    let permit = authorize(&supporter, &policy::RECORD_CONSULTATION, &target)?;
    data.deficit_ids.sort_unstable();
    data.deficit_ids.dedup();
    let mut problems = data.problems(today);
    problems.extend(unknown_deficits(ctx, person_id, &target, &data.deficit_ids).await?);
    problems.extend(unknown_route(ctx, person_id, data.route_id).await?);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let held = Consultation {
        id: new_id(),
        region_id,
        municipality_id,
        organization_id,
        person_id,
        given_by_id: permit.organization_id().ok_or(Error::new(Code::Forbidden))?,
        consultant_id: ctx.actor.person_id,
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &held).await?;
    let change = Change::none().field("kind", (), held.data.kind.as_str());
    ctx.audit(&permit, Subject { kind: "consultation", id: held.id }, change).await?;
    Ok(held)
}

/// One page of the consultations the actor may know.
pub async fn list_consultations(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Consultation>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_CONSULTATIONS)?, filter, page.fetch(), after).await
}

/// One consultation.
pub async fn get_consultation(ctx: &Ctx<'_>, id: Uuid) -> Result<Consultation> {
    let held = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let place = Target::region(held.region_id).organization(held.organization_id, held.municipality_id);
    let target = match held.person_id {
        Some(person_id) => {
            let day = today(ctx, held.region_id).await?;
            let associations = person_facts(ctx, person_id, day).await?.associations;
            let heads = associations.iter().filter_map(|association| association.head_person_id);
            place.person(person_id).assigned(heads)
        }
        None => place,
    };
    authorize(ctx.actor, &policy::GET_CONSULTATION, &target)?;
    Ok(held)
}

/// The actor with those roles alone to which the regulation of whoever is consulted leaves methodical support.
async fn supporter(ctx: &Ctx<'_>, organization_id: Uuid, day: NaiveDate) -> Result<Actor> {
    let regulation = binding_regulation(ctx, organization_id, day).await?;
    let rule = regulation.and_then(|found| found.profile.support.supporters.clone());
    Ok(rule.map_or_else(|| ctx.actor.clone(), |rule| ctx.actor.in_roles(&rule.roles)))
}

/// A consultation is about difficulties of the person who was consulted, which the consultant may know (P1-49).
async fn unknown_deficits(
    ctx: &Ctx<'_>,
    person_id: Option<Uuid>,
    target: &Target,
    ids: &[Uuid],
) -> Result<Vec<FieldProblem>> {
    let known: Vec<Uuid> = match person_id {
        Some(person_id) if !ids.is_empty() && may_know_deficits(ctx.actor, target) => {
            open_deficits_of(ctx, person_id).await?.iter().map(|deficit| deficit.id).collect()
        }
        _ => Vec::new(),
    };
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let words =
        || Text::new("У человека нет такого открытого дефицита", "The person has no such open deficit");
    Ok(unknown
        .map(|(index, _)| FieldProblem::new(format!("/data/deficit_ids/{index}"), "unknown", words()))
        .collect())
}

/// A consultation is about a route of the person who was consulted, which the consultant may read.
async fn unknown_route(
    ctx: &Ctx<'_>,
    person_id: Option<Uuid>,
    route_id: Option<Uuid>,
) -> Result<Option<FieldProblem>> {
    let Some(id) = route_id else { return Ok(None) };
    if person_id.is_some() && learner_of_readable(ctx, id).await? == person_id {
        return Ok(None);
    }
    let words = Text::new("У человека нет такого маршрута", "The person has no such route");
    Ok(Some(FieldProblem::new("/data/route_id", "unknown", words)))
}

fn not_employed() -> Error {
    Error::field(
        "/person_id",
        "not_employed",
        "Сегодня человек там не работает",
        "The person does not work there today",
    )
}
