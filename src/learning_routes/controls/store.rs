//! Queries on control plans.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Control, ControlFact, ControlPlan, DoneControl, Recorder};
use super::vocabulary::{RouteControlItem, RouteControlState};
use crate::authz::{Permit, Role};
use crate::db::schema::route_control_needs;
use crate::db::schema::route_controls::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::regulations::profile::{ControlKind, ControlObject, ControlPurpose};

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_controls)]
struct ControlRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    route_id: Uuid,
    kind: String,
    object: String,
    purpose: String,
    item: Option<String>,
    planned_on: NaiveDate,
    planned_value: Option<i64>,
    unit: Option<String>,
    state: String,
    done_on: Option<NaiveDate>,
    measured_value: Option<i64>,
    finding: Option<String>,
    action: Option<String>,
    revision_id: Option<Uuid>,
    cancel_reason: Option<String>,
    planned_by: Option<Uuid>,
    recorded_by: Option<Uuid>,
    recorded_role: Option<String>,
    version: i64,
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

impl ControlRow {
    fn control(self, need_ids: Vec<Uuid>) -> Result<Control> {
        let item = self.item.map(|name| RouteControlItem::parse(&name).ok_or_else(|| unknown("item")));
        let role = self.recorded_role.as_deref().and_then(Role::parse);
        let fact = self.done_on.zip(self.finding).map(|(done_on, finding)| ControlFact {
            done_on,
            measured_value: self.measured_value,
            finding,
            action: self.action,
            revision_id: self.revision_id,
        });
        let recorder = role.map(|role| Recorder { person_id: self.recorded_by, role });
        Ok(Control {
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            person_id: self.person_id,
            route_id: self.route_id,
            plan: ControlPlan {
                kind: ControlKind::parse(&self.kind).ok_or_else(|| unknown("kind of control"))?,
                object: ControlObject::parse(&self.object).ok_or_else(|| unknown("object of control"))?,
                purpose: ControlPurpose::parse(&self.purpose).ok_or_else(|| unknown("purpose of control"))?,
                item: item.transpose()?,
                planned_on: self.planned_on,
                planned_value: self.planned_value,
                unit: self.unit,
            },
            state: RouteControlState::parse(&self.state).ok_or_else(|| unknown("state of control"))?,
            fact: fact.zip(recorder),
            cancel_reason: self.cancel_reason,
            planned_by: self.planned_by,
            need_ids,
            version: self.version,
        })
    }
}

/// One page of the plan of a route, by day.
pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Control>> {
    let mut query = table
        .filter(route_controls::route_id.eq(route_id))
        .order((route_controls::planned_on, route_controls::id))
        .select(ControlRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some((day, id)) = after {
        let same_day = route_controls::planned_on.eq(day).and(route_controls::id.gt(id));
        query = query.filter(route_controls::planned_on.gt(day).or(same_day));
    }
    let (mut first, mut second) = (conn, conn);
    let (rows, needs) = tokio::try_join!(
        query.load::<ControlRow>(&mut first),
        route_control_needs::table
            .inner_join(table)
            .filter(route_controls::route_id.eq(route_id))
            .order(route_control_needs::need_id)
            .select((route_control_needs::control_id, route_control_needs::need_id))
            .load::<(Uuid, Uuid)>(&mut second),
    )?;
    let of = |id: Uuid| needs.iter().filter(|(control, _)| *control == id).map(|(_, need)| *need).collect();
    rows.into_iter().map(|row| (of(row.id), row)).map(|(needs, row)| row.control(needs)).collect()
}

/// A control by id; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Control> {
    let (mut first, mut second) = (conn, conn);
    let (row, needs) = tokio::try_join!(
        table.find(id).select(ControlRow::as_select()).first::<ControlRow>(&mut first),
        route_control_needs::table
            .filter(route_control_needs::control_id.eq(id))
            .order(route_control_needs::need_id)
            .select(route_control_needs::need_id)
            .load::<Uuid>(&mut second),
    )?;
    row.control(needs)
}

/// What was carried out on a route.
pub(super) async fn done_of(conn: &Conn, route_id: Uuid) -> Result<Vec<DoneControl>> {
    let rows: Vec<(String, Option<String>)> = table
        .filter(route_controls::route_id.eq(route_id))
        .filter(route_controls::state.eq(RouteControlState::Done.as_str()))
        .select((route_controls::kind, route_controls::item))
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|(kind, item)| {
            let kind = ControlKind::parse(&kind).ok_or_else(|| unknown("kind of control"))?;
            Ok(DoneControl { kind, item: item.as_deref().and_then(RouteControlItem::parse) })
        })
        .collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, control: &Control) -> Result<()> {
    let plan = &control.plan;
    diesel::insert_into(table)
        .values((
            route_controls::id.eq(control.id),
            route_controls::region_id.eq(control.region_id),
            route_controls::municipality_id.eq(control.municipality_id),
            route_controls::organization_id.eq(control.organization_id),
            route_controls::person_id.eq(control.person_id),
            route_controls::route_id.eq(control.route_id),
            route_controls::kind.eq(plan.kind.as_str()),
            route_controls::object.eq(plan.object.as_str()),
            route_controls::purpose.eq(plan.purpose.as_str()),
            route_controls::item.eq(plan.item.map(RouteControlItem::as_str)),
            route_controls::planned_on.eq(plan.planned_on),
            route_controls::planned_value.eq(plan.planned_value),
            route_controls::unit.eq(&plan.unit),
            route_controls::state.eq(control.state.as_str()),
            route_controls::planned_by.eq(control.planned_by),
            route_controls::created_at.eq(ctx.now),
            route_controls::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed; the route is held by the caller.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, control: &Control) -> Result<()> {
    let plan = &control.plan;
    let fact = control.fact.as_ref().map(|(fact, _)| fact);
    let recorder = control.fact.as_ref().map(|(_, recorder)| recorder);
    diesel::update(table.find(control.id))
        .set((
            route_controls::kind.eq(plan.kind.as_str()),
            route_controls::object.eq(plan.object.as_str()),
            route_controls::purpose.eq(plan.purpose.as_str()),
            route_controls::item.eq(plan.item.map(RouteControlItem::as_str)),
            route_controls::planned_on.eq(plan.planned_on),
            route_controls::planned_value.eq(plan.planned_value),
            route_controls::unit.eq(&plan.unit),
            route_controls::state.eq(control.state.as_str()),
            route_controls::done_on.eq(fact.map(|fact| fact.done_on)),
            route_controls::measured_value.eq(fact.and_then(|fact| fact.measured_value)),
            route_controls::finding.eq(fact.map(|fact| fact.finding.as_str())),
            route_controls::action.eq(fact.and_then(|fact| fact.action.as_deref())),
            route_controls::revision_id.eq(fact.and_then(|fact| fact.revision_id)),
            route_controls::cancel_reason.eq(&control.cancel_reason),
            route_controls::recorded_by.eq(recorder.and_then(|recorder| recorder.person_id)),
            route_controls::recorded_role.eq(recorder.map(|recorder| recorder.role.as_str())),
            route_controls::version.eq(control.version),
            route_controls::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Remembers which needs follow from it.
pub(super) async fn link_needs(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    control_id: Uuid,
    need_ids: &[Uuid],
) -> Result<()> {
    let rows: Vec<_> = need_ids
        .iter()
        .map(|id| (route_control_needs::control_id.eq(control_id), route_control_needs::need_id.eq(*id)))
        .collect();
    diesel::insert_into(route_control_needs::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}
