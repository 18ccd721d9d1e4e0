//! Use cases of monitorings.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Closing, Monitoring, MonitoringFinding};
use super::policy::{self, HOLDING};
use super::store;
use crate::authz::{Actor, Rule, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{authorize_at, organization_at, organizations, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::monitoring::held::model::{HeldLevel, Holder, YearSpan};
use crate::monitoring::held::{authorize_held, refuse_unless};
use crate::monitoring::place::Place;
use crate::regulations::profile::MonitoringSubject;
use crate::regulations::service::binding_regulation;

pub use super::store::Filter;

/// Findings that one monitoring holds.
const MOST_FINDINGS: usize = 200;

/// A monitoring with what it found, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownMonitoring {
    /// The monitoring.
    pub monitoring: Monitoring,
    /// What it found that concerns the actor.
    pub findings: Vec<MonitoringFinding>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Begins the monitoring of a year, for those whom the regulation names (P2-40).
pub async fn create_monitoring(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    subject: MonitoringSubject,
    year: i32,
) -> Result<ShownMonitoring> {
    let home = ctx.actor.in_roles(HOLDING).home_organization();
    let organization_id = organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    authorize_at(ctx.actor, &policy::CREATE_MONITORING, &place)?;
    let day = today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, day).await?.ok_or_else(not_used)?;
    let rules = &regulation.profile.monitoring.monitorings;
    let rule = rules.iter().find(|rule| rule.subject == subject).ok_or_else(not_used)?;
    let holder = ctx.actor.in_roles(&rule.held_by);
    let permit = authorize_seen(&holder, &policy::CREATE_MONITORING, &target(&place))?;
    let span = YearSpan::of(rule.period, &regulation.profile.calendar, year).ok_or_else(not_used)?;
    let monitoring = Monitoring {
        id: new_id(),
        holder: Holder::of(&place),
        regulation_id: regulation.id,
        subject,
        span,
        submitters: rule.submitted_by.clone(),
        closing: None,
        version: 1,
    };
    store::insert(ctx, &permit, &monitoring).await?;
    let change = Change::none().field("subject", (), subject.as_str());
    ctx.audit(&permit, Subject { kind: "monitoring", id: monitoring.id }, change).await?;
    shown(ctx, monitoring).await
}

/// One page of the monitorings that concern the actor's place.
pub async fn list_monitorings(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Monitoring>> {
    let scope = scope(ctx.actor, &policy::LIST_MONITORINGS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One monitoring.
pub async fn get_monitoring(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownMonitoring> {
    shown(ctx, monitoring(ctx, id).await?).await
}

/// Records what a monitoring found.
pub async fn record_monitoring_finding(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    (about_id, text): (Option<Uuid>, String),
) -> Result<ShownMonitoring> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize_held(ctx.actor, &policy::RECORD_MONITORING_FINDING, &current.holder)?;
    refuse_closed(&current, if_match)?;
    if let Some(about_id) = about_id {
        let about = organization_at(ctx, about_id, "/about_id").await?;
        if !concerns(&current.holder, &about) {
            return Err(Error::field(
                "/about_id",
                "out_of_reach",
                "Мониторинг не касается этой организации",
                "The monitoring does not concern this organization",
            ));
        }
    }
    let found = store::findings(ctx.conn, id).await?;
    if found.len() >= MOST_FINDINGS {
        return Err(Error::field("", "too_many", "Выводов не больше 200", "There are 200 findings at most"));
    }
    let finding = MonitoringFinding {
        position: found.last().map_or(1, |last| last.position + 1),
        about_id,
        text,
        recorded_on: today(ctx, current.holder.region_id).await?,
    };
    let monitoring = Monitoring { version: current.version + 1, ..current };
    store::add_finding(ctx, &permit, &monitoring, &finding).await?;
    let change = Change::none().field("finding", (), finding.position);
    ctx.audit(&permit, Subject { kind: "monitoring", id }, change).await?;
    shown(ctx, monitoring).await
}

/// Closes a monitoring.
pub async fn close_monitoring(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    conclusion: String,
) -> Result<ShownMonitoring> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize_held(ctx.actor, &policy::CLOSE_MONITORING, &current.holder)?;
    refuse_closed(&current, if_match)?;
    let closed_on = today(ctx, current.holder.region_id).await?;
    let closing = Some(Closing { conclusion, closed_on });
    let monitoring = Monitoring { closing, version: current.version + 1, ..current };
    store::save(ctx, &permit, &monitoring).await?;
    let change = Change::none().field("closed_on", (), closed_on.to_string());
    ctx.audit(&permit, Subject { kind: "monitoring", id }, change).await?;
    shown(ctx, monitoring).await
}

/// A monitoring that the actor may know of.
pub async fn monitoring(ctx: &Ctx<'_>, id: Uuid) -> Result<Monitoring> {
    let monitoring = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MONITORING, &monitoring.holder.target())?;
    Ok(monitoring)
}

/// Holds a monitoring that the actor may know of as it is until the end of the transaction: nothing is submitted into it
/// while it is being closed.
pub async fn hold_monitoring(ctx: &Ctx<'_>, id: Uuid) -> Result<Monitoring> {
    let monitoring = store::hold(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MONITORING, &monitoring.holder.target())?;
    Ok(monitoring)
}

/// Whether what the holder monitors contains that organization.
pub fn concerns(holder: &Holder, place: &Organization) -> bool {
    place.region_id == holder.region_id
        && match holder.level {
            HeldLevel::Region => true,
            HeldLevel::Municipality => place.municipality_id == holder.municipality_id,
            HeldLevel::Organization => place.id == holder.organization_id,
        }
}

fn refuse_closed(monitoring: &Monitoring, if_match: i64) -> Result<()> {
    let open = monitoring.closing.is_none();
    refuse_unless(open, monitoring.version, if_match, "Мониторинг закрыт", "The monitoring is closed")
}

async fn shown(ctx: &Ctx<'_>, monitoring: Monitoring) -> Result<ShownMonitoring> {
    let mut findings = store::findings(ctx.conn, monitoring.id).await?;
    let own = monitoring.holder.own_target();
    if !may(ctx.actor, &policy::RECORD_MONITORING_FINDING, &own) {
        let about: Vec<Uuid> = findings.iter().filter_map(|finding| finding.about_id).collect();
        let places = organizations(ctx, &about).await?;
        let reads = Place::of_reader(ctx.actor, &monitoring.holder);
        findings.retain(|finding| {
            let Some(id) = finding.about_id else { return true };
            places.iter().find(|place| place.id == id).is_some_and(|place| match reads {
                Some(Place::Region(_)) => true,
                Some(Place::Municipality(id)) => place.municipality_id == Some(id),
                Some(Place::Organization(id)) => place.id == id,
                None => false,
            })
        });
    }
    let open = monitoring.closing.is_none();
    let offers: [&'static Rule; 2] = [&policy::RECORD_MONITORING_FINDING, &policy::CLOSE_MONITORING];
    let mut allowed_actions: Vec<String> = offers
        .into_iter()
        .filter(|rule| open && may(ctx.actor, rule, &own))
        .map(|rule| rule.operation.to_owned())
        .collect();
    if open && submits(ctx.actor, &monitoring) {
        allowed_actions.push("create_monitoring_submission".to_owned());
    }
    Ok(ShownMonitoring { monitoring, findings, allowed_actions })
}

/// Whether the actor holds a role that submits into it.
fn submits(actor: &Actor, monitoring: &Monitoring) -> bool {
    monitoring.submitters.iter().any(|role| actor.has_role(*role))
}

fn not_used() -> Error {
    Error::field(
        "/subject",
        "not_used",
        "Положение этой организации не знает такого мониторинга",
        "The regulation of this organization names no such monitoring",
    )
}
