//! Planning offerings and changing what is said of them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ShownOffering, permit, shown, today};
use crate::authz::{Permit, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{organization_at, target as organization_target};
use crate::error::{Code, Error, Result};
use crate::ids::new_id;
use crate::registry::programs::model::{ProgramFacts, ProgramState};
use crate::registry::programs::service::programs_facts;
use crate::training::offerings::model::{
    Offering, OfferingContent, OfferingEvent, OfferingRefusal, OfferingSurroundings, ProgramInOffering,
    TrainingStage, moved_to, problems, step,
};
use crate::training::offerings::{policy, store};
use crate::training::vocabulary::{OfferingState, TrainingStageKind};
use crate::values::Hours;

/// Plans an offering of an organization.
pub async fn create_offering(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    content: OfferingContent,
) -> Result<ShownOffering> {
    let organiser = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_seen(ctx.actor, &policy::CREATE_OFFERING, &organization_target(&organiser))?;
    plan(ctx, &permit, &organiser, content, None).await
}

/// Plans an offering again, beginning on another day.
pub async fn create_offering_copy(ctx: &Ctx<'_>, id: Uuid, starts_on: NaiveDate) -> Result<ShownOffering> {
    let original = store::find(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::CREATE_OFFERING_COPY, &original)?;
    let organiser = organization_at(ctx, original.organization_id, "/organization_id").await?;
    let (partner_ids, stages) = store::parts(ctx.conn, id).await?;
    let content = OfferingContent { data: original.data, partner_ids, stages };
    plan(ctx, &permit, &organiser, moved_to(&content, starts_on), Some(id)).await
}

/// Replaces what is said of an offering.
pub async fn update_offering(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    content: &OfferingContent,
) -> Result<ShownOffering> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::UPDATE_OFFERING, &current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    step(current.state, &OfferingEvent::Change).map_err(super::life::refused)?;
    let today = today(ctx, &current).await?;
    if current.state != OfferingState::Planned && content.data.moves_into_past(&current.data, today) {
        return Err(Error::field(
            "/data/ends_on",
            OfferingRefusal::TooLate.code(),
            "Последний день прошёл",
            "The last day is past",
        ));
    }
    let organiser = organization_at(ctx, current.organization_id, "/organization_id").await?;
    let resolved = resolve(ctx, &organiser, content, Some(&current)).await?;
    let content = OfferingContent { stages: stages(content, resolved.hours), ..content.clone() };
    let (_, stages_before) = store::parts(ctx.conn, id).await?;
    if current.seats_taken > 0 && teaches_otherwise(&current, &stages_before, &content, resolved.hours) {
        return Err(Error::new(Code::StateConflict).detail(
            "Люди уже зачислены: вид, программа, часы и этапы остаются прежними",
            "People are enrolled already: kind, program, hours and stages stay as they are",
        ));
    }
    let change = Change::none()
        .field("starts_on", current.data.starts_on.to_string(), content.data.starts_on.to_string())
        .field("seats", current.data.seats, content.data.seats);
    let changed = Offering {
        municipality_id: resolved.municipality_id,
        data: content.data.clone(),
        hours: resolved.hours,
        program_version: resolved.program_version,
        version: current.version + 1,
        ..current
    };
    if changed.state == OfferingState::Open {
        super::standing::refuse_barred(ctx, &changed, "/data/starts_on").await?;
    }
    store::replace(ctx, &permit, &changed, &content).await?;
    ctx.audit(&permit, Subject { kind: "offering", id }, change).await?;
    shown(ctx, changed).await
}

async fn plan(
    ctx: &Ctx<'_>,
    permit: &Permit,
    organiser: &Organization,
    content: OfferingContent,
    copied_from_id: Option<Uuid>,
) -> Result<ShownOffering> {
    let resolved = resolve(ctx, organiser, &content, None).await?;
    let content = OfferingContent { stages: stages(&content, resolved.hours), ..content };
    let offering = Offering {
        id: new_id(),
        region_id: organiser.region_id,
        municipality_id: resolved.municipality_id,
        organization_id: organiser.id,
        data: content.data.clone(),
        hours: resolved.hours,
        program_version: resolved.program_version,
        seats_taken: 0,
        state: OfferingState::Planned,
        cancel_reason: None,
        opened_at: None,
        copied_from_id,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, permit, &offering, &content).await?;
    let change = Change::none().field("kind", (), offering.data.kind.as_str()).field(
        "copied_from_id",
        (),
        copied_from_id.map(|id| id.to_string()),
    );
    ctx.audit(permit, Subject { kind: "offering", id: offering.id }, change).await?;
    let saved = store::find(ctx.conn, offering.id).await?;
    shown(ctx, saved).await
}

/// What follows from what an offering refers to.
struct Resolved {
    municipality_id: Option<Uuid>,
    hours: Hours,
    program_version: Option<i32>,
}

/// Looks everything up and reports every wrong field at once.
async fn resolve(
    ctx: &Ctx<'_>,
    organiser: &Organization,
    content: &OfferingContent,
    before: Option<&Offering>,
) -> Result<Resolved> {
    let data = &content.data;
    let mut places = content.partner_ids.clone();
    places.extend(data.venue_id);
    let program_ids: Vec<Uuid> = data.program_id.into_iter().collect();
    let (places, leader_known, program_version, mut programs) = tokio::try_join!(
        store::references::organizations_of(ctx.conn, organiser.region_id, &places),
        store::references::is_person_of(ctx.conn, organiser.region_id, data.leader_id),
        store::references::edition(ctx.conn, data.program_id),
        programs_facts(ctx, &program_ids),
    )?;
    let program = data.program_id.and_then(|id| programs.remove(&id));
    let program = program.filter(|program| program.region_id == organiser.region_id);
    let venue = data.venue_id.and_then(|id| places.iter().find(|(known, _)| *known == id).copied());
    // What follows a program already goes on with it.
    let begun = before.is_some_and(|before| before.data.program_id == data.program_id);
    let around = OfferingSurroundings {
        organiser_id: organiser.id,
        program: program.map(|program| taught(&program, data.module_id, begun)),
        venue_known: venue.is_some(),
        leader_known,
        partners_known: places.iter().map(|(id, _)| *id).collect(),
        seats_taken: before.map_or(0, |before| before.seats_taken),
    };
    let mut found = problems(content, &around);
    if !organiser.kind.may_provide() {
        found.push(crate::error::FieldProblem::new(
            "/organization_id",
            "wrong_organiser",
            crate::error::Text::new("Такая организация не обучает", "Such an organization does not teach"),
        ));
    }
    match data.volume(around.program.as_ref()) {
        Some(hours) if found.is_empty() => Ok(Resolved {
            municipality_id: venue.map_or(organiser.municipality_id, |(_, municipality)| municipality),
            hours,
            program_version: around.program.and(program_version),
        }),
        _ => Err(Error::invalid(found)),
    }
}

fn taught(program: &ProgramFacts, module_id: Option<Uuid>, begun: bool) -> ProgramInOffering {
    let module = module_id.and_then(|id| program.module(id));
    ProgramInOffering {
        accepted: program.state == ProgramState::Accepted,
        suspended: program.is_suspended && !begun,
        hours: module.map_or(program.hours, |module| module.data.hours),
        module_known: module.is_some(),
        teachers: program.teachers(),
    }
}

/// The stages as planned; an offering without any is one stage of study.
fn stages(content: &OfferingContent, hours: Hours) -> Vec<TrainingStage> {
    if content.stages.is_empty() {
        let title = content.data.title.clone();
        vec![TrainingStage { kind: TrainingStageKind::Study, title, hours: Some(hours) }]
    } else {
        content.stages.clone()
    }
}

fn teaches_otherwise(
    current: &Offering,
    stages: &[TrainingStage],
    content: &OfferingContent,
    hours: Hours,
) -> bool {
    let (before, after) = (&current.data, &content.data);
    before.kind != after.kind
        || before.program_id != after.program_id
        || before.module_id != after.module_id
        || current.hours != hours
        || stages != content.stages
}
