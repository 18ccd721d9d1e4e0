//! Use cases of cycles.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Cycle, Figure, Found, Stage, StageState, figures_of};
use super::policy::{self, RUNNING};
use super::store;
use crate::authz::{Actor, Rule, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{authorize_at, organization_at, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::monitoring::held::model::{Holder, YearSpan};
use crate::monitoring::held::{authorize_held, refuse_unless};
use crate::monitoring::place::Place;
use crate::regulations::service::binding_regulation;

pub use super::store::Filter;

/// What was counted at a place.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The place.
    pub place: Place,
    found: Found,
    from_above: bool,
}

impl Counted {
    /// What is counted in a stage of that code; no number where it is hidden.
    pub fn of(&self, code: &str) -> Vec<(Figure, Option<i64>)> {
        let number = |figure: &Figure| (*figure, self.found.shown(*figure, self.from_above));
        figures_of(code).iter().map(number).collect()
    }

    /// How much was submitted into the stage at that place.
    pub fn submissions(&self, position: i32) -> i64 {
        let found = self.found.submissions.iter().find(|(stage, _)| *stage == position);
        found.map_or(0, |(_, count)| *count)
    }
}

/// A cycle with what was counted, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownCycle {
    /// The cycle.
    pub cycle: Cycle,
    /// What was counted; none in lists and for those without a place.
    pub counted: Option<Counted>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// What becomes of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is opened.
    Opening,
    /// It is closed.
    Closing,
}

/// Begins the cycle of a year for whoever's regulation names one (P2-12, P3-9).
pub async fn create_monitoring_cycle(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    year: i32,
) -> Result<ShownCycle> {
    let home = ctx.actor.in_roles(RUNNING).home_organization();
    let organization_id = organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_at(ctx.actor, &policy::CREATE_MONITORING_CYCLE, &place)?;
    if !matches!(place.kind, OrganizationKind::Ministry | OrganizationKind::MunicipalAuthority) {
        return Err(Error::field(
            "/organization_id",
            "wrong_kind",
            "Цикл ведёт министерство или муниципальный орган",
            "A cycle is run by a ministry or a municipal authority",
        ));
    }
    let day = today(ctx, place.region_id).await?;
    // A cycle is that of the place whose regulation names it; whoever stands under it takes part in it.
    let regulation = binding_regulation(ctx, place.id, day).await?.filter(|it| it.owner_id == place.id);
    let regulation = regulation.ok_or_else(not_used)?;
    let monitoring = &regulation.profile.monitoring;
    let rule = monitoring.cycle.as_ref().ok_or_else(not_used)?;
    if let Some(coordinators) = &monitoring.coordinators {
        let coordinator = ctx.actor.in_roles(&coordinators.roles);
        authorize_seen(&coordinator, &policy::CREATE_MONITORING_CYCLE, &target(&place))?;
    }
    let span = YearSpan::of(rule.period, &regulation.profile.calendar, year).ok_or_else(not_used)?;
    let stages = rule.stages.iter().zip(1..).map(|(stage, position)| Stage {
        position,
        code: stage.code.clone(),
        title_ru: stage.title_ru.clone(),
        title_en: stage.title_en.clone(),
        participants: stage.participants.clone(),
        opened_on: None,
        closed_on: None,
    });
    let cycle = Cycle {
        id: new_id(),
        holder: Holder::of(&place),
        regulation_id: regulation.id,
        span,
        stages: stages.collect(),
        version: 1,
    };
    store::insert(ctx, &permit, &cycle).await?;
    let change = Change::none().field("year", (), cycle.span.year);
    ctx.audit(&permit, Subject { kind: "monitoring_cycle", id: cycle.id }, change).await?;
    shown(ctx, cycle).await
}

/// One page of the cycles that concern the actor's place.
pub async fn list_monitoring_cycles(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ShownCycle>> {
    let scope = scope(ctx.actor, &policy::LIST_MONITORING_CYCLES)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let show = |cycle: Cycle| {
        let allowed_actions = allowed_actions(ctx.actor, &cycle);
        ShownCycle { cycle, counted: None, allowed_actions }
    };
    Ok(found.into_iter().map(show).collect())
}

/// One cycle, with the numbers of the actor's own place.
pub async fn get_monitoring_cycle(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownCycle> {
    let cycle = cycle(ctx, id).await?;
    shown(ctx, cycle).await
}

/// Opens a stage or closes it; before the first day of the cycle too, since the order of a year is formed before it begins.
pub async fn advance_stage(
    ctx: &Ctx<'_>,
    (id, position): (Uuid, i32),
    if_match: i64,
    step: Step,
) -> Result<ShownCycle> {
    let current = store::lock(ctx.conn, id).await?;
    let rule = match step {
        Step::Opening => &policy::OPEN_MONITORING_STAGE,
        Step::Closing => &policy::CLOSE_MONITORING_STAGE,
    };
    let permit = authorize_held(ctx.actor, rule, &current.holder)?;
    let stage = current.stage(position).ok_or(Error::not_found())?;
    let before = stage.state();
    let (allowed, ru, en) = match step {
        Step::Opening => {
            (before == StageState::Planned, "Этап уже открывали", "The stage has been opened already")
        }
        Step::Closing => (before == StageState::Open, "Этап не открыт", "The stage is not open"),
    };
    refuse_unless(allowed, current.version, if_match, ru, en)?;
    let day = today(ctx, current.holder.region_id).await?;
    let cycle = current.with(position, |stage| match step {
        Step::Opening => stage.opened_on = Some(day),
        Step::Closing => stage.closed_on = Some(day),
    });
    store::save(ctx, &permit, &cycle, position).await?;
    let change = Change::none().field("stage", (), position);
    ctx.audit(&permit, Subject { kind: "monitoring_cycle", id }, change).await?;
    shown(ctx, cycle).await
}

/// A cycle that the actor may know of: for what is submitted into it.
pub async fn cycle(ctx: &Ctx<'_>, id: Uuid) -> Result<Cycle> {
    let cycle = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MONITORING_CYCLE, &cycle.holder.target())?;
    Ok(cycle)
}

/// Holds a cycle that the actor may know of as it is until the end of the transaction: nothing is submitted into a stage
/// while it is being closed.
pub async fn hold_cycle(ctx: &Ctx<'_>, id: Uuid) -> Result<Cycle> {
    let cycle = store::hold(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MONITORING_CYCLE, &cycle.holder.target())?;
    Ok(cycle)
}

async fn shown(ctx: &Ctx<'_>, cycle: Cycle) -> Result<ShownCycle> {
    let allowed_actions = allowed_actions(ctx.actor, &cycle);
    let counted = match Place::of_reader(ctx.actor, &cycle.holder) {
        Some(place) => {
            let found = store::figures(ctx.conn, place, &cycle).await?;
            Some(Counted { place, found, from_above: place.is_under(ctx.actor) })
        }
        None => None,
    };
    Ok(ShownCycle { cycle, counted, allowed_actions })
}

fn allowed_actions(actor: &Actor, cycle: &Cycle) -> Vec<String> {
    let own = cycle.holder.own_target();
    let any = |state| cycle.stages.iter().any(|stage| stage.state() == state);
    let offers: [(&'static Rule, bool); 2] = [
        (&policy::OPEN_MONITORING_STAGE, any(StageState::Planned)),
        (&policy::CLOSE_MONITORING_STAGE, any(StageState::Open)),
    ];
    let allowed = offers.into_iter().filter(|(rule, open)| *open && may(actor, rule, &own));
    allowed.map(|(rule, _)| rule.operation.to_owned()).collect()
}

fn not_used() -> Error {
    Error::field(
        "/organization_id",
        "not_used",
        "Положение этой организации не знает такого цикла",
        "The regulation of this organization names no such cycle",
    )
}
