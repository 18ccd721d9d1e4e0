//! Use cases of offerings, and what other resources ask of them.

mod life;
mod standing;
mod write;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Offering, OfferingEvent, TrainingStage, step};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Scope, ScopePart, Target, authorize, authorize_seen, may, scope};
use crate::db::Ctx;
use crate::directory::organizations::model::OrganizationFunction;
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::hours::offering_credentials::policy::ISSUE_OFFERING_CREDENTIALS;
use crate::http::PageQuery;
use crate::registry::programs::model::StudyForm;
use crate::registry::provider_licences::model::ProviderStanding;
use crate::training::vocabulary::{OfferingKind, OfferingState};

pub use life::change_offering_state;
pub use write::{create_offering, create_offering_copy, update_offering};

/// Which offerings a list holds.
#[derive(Debug, Clone, Default)]
pub struct OfferingFilter {
    /// Only of this kind.
    pub kind: Option<OfferingKind>,
    /// Only in this state.
    pub state: Option<OfferingState>,
    /// Only by this program.
    pub program_id: Option<Uuid>,
    /// Only this module.
    pub module_id: Option<Uuid>,
    /// Only of this organiser or partner.
    pub organization_id: Option<Uuid>,
    /// Only at this organization.
    pub venue_id: Option<Uuid>,
    /// Only in this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only at organizations with this function.
    pub venue_function: Option<OrganizationFunction>,
    /// Only in this form.
    pub study_form: Option<StudyForm>,
    /// Only those that end on this day or later.
    pub from: Option<NaiveDate>,
    /// Only those that begin by this day.
    pub until: Option<NaiveDate>,
    /// Only with so many free seats.
    pub seats_free_min: Option<i32>,
}

/// An offering with what belongs to it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownOffering {
    /// The offering.
    pub offering: Offering,
    /// Its partners.
    pub partner_ids: Vec<Uuid>,
    /// Its stages.
    pub stages: Vec<TrainingStage>,
    /// Whether the law lets the organiser hold it, where it follows a program.
    pub standing: Option<ProviderStanding>,
    /// The states the actor may move it to.
    pub allowed_states: Vec<OfferingState>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One page of the offerings the actor may see.
pub async fn list_offerings(
    ctx: &Ctx<'_>,
    filter: &OfferingFilter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Offering>> {
    let announced = scope(ctx.actor, &policy::LIST_OFFERINGS)?;
    let planned = scope(ctx.actor, &policy::SEE_PLANNED).ok();
    let mut sight = store::Sight::default();
    for part in announced.parts().iter().chain(planned.iter().flat_map(Scope::parts)) {
        match *part {
            ScopePart::Above { region_id, .. } => sight.region = Some(region_id),
            ScopePart::Organization(id) => sight.organizations.push(id),
            ScopePart::Assigned(id) => sight.leaders.push(id),
            ScopePart::Everything
            | ScopePart::Region(_)
            | ScopePart::Municipality(_)
            | ScopePart::Person(_) => {}
        }
    }
    store::list(ctx.conn, &sight, filter, page.fetch(), after).await
}

/// One offering.
pub async fn get_offering(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownOffering> {
    let offering = visible_offering(ctx, id).await?;
    shown(ctx, offering).await
}

/// An offering the actor may see, without what belongs to it.
pub async fn visible_offering(ctx: &Ctx<'_>, id: Uuid) -> Result<Offering> {
    let offering = store::find(ctx.conn, id).await?;
    see(ctx.actor, &offering)?;
    Ok(offering)
}

/// An offering without asking who may see it: for the rules of other resources.
pub async fn offering(ctx: &Ctx<'_>, id: Uuid) -> Result<Offering> {
    store::find(ctx.conn, id).await
}

/// The offerings of an organiser by their title, and by their first day if it is said, two at most; without asking who may
/// see them: for files, which know no ids.
pub async fn offerings_named(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    title: &str,
    starts_on: Option<NaiveDate>,
) -> Result<Vec<Uuid>> {
    store::named(ctx.conn, organization_id, title, starts_on).await
}

/// Holds an offering until the end of the transaction: whoever takes its seats or gives them back.
pub async fn lock_offering(ctx: &Ctx<'_>, id: Uuid) -> Result<Offering> {
    store::lock(ctx.conn, id).await
}

/// The stages that somebody who is enrolled goes through.
pub async fn stages_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<TrainingStage>> {
    Ok(store::parts(ctx.conn, id).await?.1)
}

/// The offerings of those ids, without asking who may see them: for the rules of routes (P3-20).
pub async fn chosen_offerings(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<Offering>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::many(ctx.conn, ids).await }
}

/// Those of the offerings that are announced in the region: open or running.
pub async fn announced_offerings(ctx: &Ctx<'_>, region_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::announced(ctx.conn, region_id, ids).await }
}

/// The edition of the program as it stands: what an enrollment begins with.
pub async fn program_version(ctx: &Ctx<'_>, offering: &Offering) -> Result<Option<i32>> {
    store::references::edition(ctx.conn, offering.data.program_id).await
}

/// Takes seats of a held offering for a group as a whole; 409 when they do not suffice.
pub async fn take_seats(ctx: &Ctx<'_>, permit: &Permit, offering: &mut Offering, people: i32) -> Result<()> {
    let seats = offering.seats();
    let after = seats.take(people).ok_or_else(|| {
        Error::new(Code::NoSeats).detail(
            format!("Нужно мест: {people}, свободно: {}", seats.free()),
            format!("Seats needed: {people}, free: {}", seats.free()),
        )
    })?;
    offering.seats_taken = after.taken;
    offering.version += 1;
    store::save(ctx, permit, offering).await
}

/// Gives seats of a held offering back.
pub async fn give_seats_back(
    ctx: &Ctx<'_>,
    permit: &Permit,
    offering: &mut Offering,
    people: i32,
) -> Result<()> {
    offering.seats_taken = offering.seats().give_back(people).taken;
    offering.version += 1;
    store::save(ctx, permit, offering).await
}

/// Today by the clock of the offering's region.
pub async fn today(ctx: &Ctx<'_>, offering: &Offering) -> Result<NaiveDate> {
    regions::service::today(ctx, offering.region_id).await
}

/// The offering as a target of its organiser's and leader's rights. Without a municipality: that an organiser lies
/// there gives the municipality no right.
pub fn target(offering: &Offering) -> Target {
    Target::region(offering.region_id)
        .organization(offering.organization_id, None)
        .assigned(offering.data.leader_id)
}

/// 404 for whoever may not see the offering in its state.
fn see(actor: &Actor, offering: &Offering) -> Result<()> {
    if offering.opened_at.is_none() {
        authorize(actor, &policy::SEE_PLANNED, &target(offering)).map(drop)
    } else {
        authorize(actor, &policy::GET_OFFERING, &Target::region(offering.region_id)).map(drop)
    }
}

/// 404 for whoever may not see the offering, 403 for whoever may see it and not do this.
fn permit(actor: &Actor, rule: &'static Rule, offering: &Offering) -> Result<Permit> {
    see(actor, offering)?;
    authorize_seen(actor, rule, &target(offering))
}

async fn shown(ctx: &Ctx<'_>, offering: Offering) -> Result<ShownOffering> {
    let (today, (partner_ids, stages), unclosed, standing) = tokio::try_join!(
        today(ctx, &offering),
        store::parts(ctx.conn, offering.id),
        crate::training::enrollments::service::unclosed(ctx, offering.id),
        standing::standing(ctx, &offering),
    )?;
    let barred = standing.as_ref().is_some_and(ProviderStanding::is_barred);
    let target = target(&offering);
    let moves = may(ctx.actor, &policy::CHANGE_OFFERING_STATE, &target);
    let reachable = |state: &OfferingState| {
        life::event(&offering, *state, today, unclosed, Some("…"))
            .is_some_and(|event| moves && step(offering.state, &event).is_ok())
            && !(barred && matches!(state, OfferingState::Open | OfferingState::Running))
    };
    let allowed_states: Vec<OfferingState> = OfferingState::ALL.iter().copied().filter(reachable).collect();
    let changes = step(offering.state, &OfferingEvent::Change).is_ok();
    let applies = offering.takes_applications(today)
        && crate::training::applications::service::may_apply(ctx.actor, offering.region_id);
    let allowed_actions = [
        (&policy::UPDATE_OFFERING, changes && may(ctx.actor, &policy::UPDATE_OFFERING, &target)),
        (&policy::CHANGE_OFFERING_STATE, !allowed_states.is_empty()),
        (
            &ISSUE_OFFERING_CREDENTIALS,
            offering.state == OfferingState::Finished && may(ctx.actor, &ISSUE_OFFERING_CREDENTIALS, &target),
        ),
        (&policy::CREATE_OFFERING_COPY, may(ctx.actor, &policy::CREATE_OFFERING_COPY, &target)),
        (&crate::training::applications::policy::CREATE_APPLICATION, applies),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    Ok(ShownOffering { offering, partner_ids, stages, standing, allowed_states, allowed_actions })
}
