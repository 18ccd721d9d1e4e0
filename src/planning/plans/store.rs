//! Queries on plans.

pub(super) mod lines;
pub(super) mod people;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Plan;
use super::vocabulary::PlanState;
use crate::authz::{Permit, Scope};
use crate::db::schema::plans::{self, table};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};
use crate::planning::standing::model::Rework;
use crate::regulations::profile::PlanKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = plans)]
struct PlanRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    kind: String,
    title: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    headcount: Option<i32>,
    state: String,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    decision_reason: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<PlanRow> for Plan {
    type Error = Error;

    fn try_from(row: PlanRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of a plan in the database"));
        let rework = row.rework_reason.zip(row.rework_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            regulation_id: row.regulation_id,
            kind: PlanKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            title: row.title,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            headcount: row.headcount,
            state: PlanState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            rework: rework.map(|(reason, due_on)| Rework { reason, due_on }),
            reason: row.decision_reason,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which plans a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<PlanKind>,
    /// Only in this state.
    pub state: Option<PlanState>,
    /// Only those whose period holds this day.
    pub on: Option<NaiveDate>,
}

/// One plan; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Plan> {
    let row: PlanRow = table.find(id).select(PlanRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a plan until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Plan> {
    let query = table.find(id).select(PlanRow::as_select()).for_no_key_update();
    let row: PlanRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// The approved plans of a kind of a school that last on one of these days, the earliest first.
pub(super) async fn approved(
    conn: &Conn,
    organization_id: Uuid,
    kind: PlanKind,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Uuid>> {
    let found = table
        .filter(plans::organization_id.eq(organization_id))
        .filter(plans::kind.eq(kind.as_str()))
        .filter(plans::state.eq(PlanState::Approved.as_str()))
        .filter(plans::starts_on.le(last))
        .filter(plans::ends_on.ge(first))
        .order((plans::starts_on, plans::id))
        .select(plans::id)
        .load(&mut &*conn)
        .await?;
    Ok(found)
}

/// Another plan of the school, of the same kind and period, that is approved or waits for it.
pub(super) async fn standing_twin(conn: &Conn, plan: &Plan) -> Result<Option<Uuid>> {
    let standing = [PlanState::InReview, PlanState::Rework, PlanState::Approved].map(PlanState::as_str);
    let found = table
        .filter(plans::organization_id.eq(plan.organization_id))
        .filter(plans::kind.eq(plan.kind.as_str()))
        .filter(plans::starts_on.eq(plan.starts_on))
        .filter(plans::ends_on.eq(plan.ends_on))
        .filter(plans::state.eq_any(standing))
        .filter(plans::id.ne(plan.id))
        .select(plans::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// One page, those of the latest period first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Plan>> {
    let mut query = table
        .select(PlanRow::as_select())
        .filter(unit_filter!(plans, scope))
        .order((plans::starts_on.desc(), plans::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(plans::organization_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(plans::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(plans::state.eq(state.as_str()));
    }
    if let Some(day) = filter.on {
        query = query.filter(plans::starts_on.le(day)).filter(plans::ends_on.ge(day));
    }
    if let Some((day, id)) = after {
        let same = plans::starts_on.eq(day).and(plans::id.lt(id));
        query = query.filter(plans::starts_on.lt(day).or(same));
    }
    let rows: Vec<PlanRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Plan::try_from).collect()
}

/// Adds a plan.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, plan: &Plan) -> Result<()> {
    diesel::insert_into(table)
        .values((
            plans::id.eq(plan.id),
            plans::region_id.eq(plan.region_id),
            plans::organization_id.eq(plan.organization_id),
            plans::regulation_id.eq(plan.regulation_id),
            plans::kind.eq(plan.kind.as_str()),
            plans::title.eq(&plan.title),
            plans::starts_on.eq(plan.starts_on),
            plans::ends_on.eq(plan.ends_on),
            plans::headcount.eq(plan.headcount),
            plans::state.eq(plan.state.as_str()),
            plans::version.eq(plan.version),
            plans::created_at.eq(plan.created_at),
            plans::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes plans too. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, plan: &Plan) -> Result<()> {
    let rework = plan.rework.as_ref();
    let row = table.find(plan.id).filter(plans::version.eq(plan.version - 1));
    let changed = diesel::update(row)
        .set((
            plans::title.eq(&plan.title),
            plans::headcount.eq(plan.headcount),
            plans::state.eq(plan.state.as_str()),
            plans::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            plans::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            plans::decision_reason.eq(&plan.reason),
            plans::decided_at.eq(plan.decided_at),
            plans::decided_by.eq(plan.decided_by),
            plans::version.eq(plan.version),
            plans::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a plan was saved that nobody held")) }
}
