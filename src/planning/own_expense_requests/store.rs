//! Queries on requests to learn at one's own expense.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{OwnExpenseRequest, Wish};
use crate::authz::{Permit, Scope};
use crate::db::schema::own_expense_requests::{self, table};
use crate::db::{Conn, Ctx, scope_filter, whole_person};
use crate::error::{Error, Result};
use crate::planning::standing::model::{Rework, Standing, StandingState};

#[derive(Queryable, Selectable)]
#[diesel(table_name = own_expense_requests)]
struct RequestRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    regulation_id: Uuid,
    topic: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    amount_kopecks: Option<i64>,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    provider_name: Option<String>,
    justification: Option<String>,
    state: String,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    decision_reason: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<RequestRow> for OwnExpenseRequest {
    type Error = Error;

    fn try_from(row: RequestRow) -> Result<Self> {
        let state = StandingState::parse(&row.state);
        let rework = row.rework_reason.zip(row.rework_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            regulation_id: row.regulation_id,
            wish: Wish {
                topic: row.topic,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                amount_kopecks: row.amount_kopecks,
                program_id: row.program_id,
                module_id: row.module_id,
                provider_name: row.provider_name,
                justification: row.justification,
            },
            standing: Standing {
                state: state.ok_or_else(|| Error::internal("unknown state of a request in the database"))?,
                rework: rework.map(|(reason, due_on)| Rework { reason, due_on }),
                reason: row.decision_reason,
                decided_at: row.decided_at,
            },
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which requests a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only to this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<StandingState>,
}

/// One request; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<OwnExpenseRequest> {
    let row: RequestRow = table.find(id).select(RequestRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a request until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<OwnExpenseRequest> {
    let query = table.find(id).select(RequestRow::as_select()).for_no_key_update();
    let row: RequestRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// Whether it is a request of that person that was approved.
pub(super) async fn is_approved_of(conn: &Conn, id: Uuid, person_id: Uuid) -> Result<bool> {
    let found = table
        .filter(own_expense_requests::id.eq(id))
        .filter(own_expense_requests::state.eq(StandingState::Approved.as_str()))
        .filter(whole_person("own_expense_requests.person_id", person_id))
        .select(own_expense_requests::id)
        .first::<Uuid>(&mut &*conn)
        .await
        .optional()?;
    Ok(found.is_some())
}

/// One page, those handed in last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<OwnExpenseRequest>> {
    let mut query = table
        .select(RequestRow::as_select())
        .filter(scope_filter!(own_expense_requests, scope))
        .order((own_expense_requests::created_at.desc(), own_expense_requests::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("own_expense_requests.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(own_expense_requests::organization_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(own_expense_requests::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = own_expense_requests::created_at.eq(at).and(own_expense_requests::id.lt(id));
        query = query.filter(own_expense_requests::created_at.lt(at).or(same));
    }
    let rows: Vec<RequestRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(OwnExpenseRequest::try_from).collect()
}

/// Adds a request.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, request: &OwnExpenseRequest) -> Result<()> {
    let (wish, standing) = (&request.wish, &request.standing);
    diesel::insert_into(table)
        .values((
            own_expense_requests::id.eq(request.id),
            own_expense_requests::region_id.eq(request.region_id),
            own_expense_requests::organization_id.eq(request.organization_id),
            own_expense_requests::person_id.eq(request.person_id),
            own_expense_requests::regulation_id.eq(request.regulation_id),
            own_expense_requests::topic.eq(&wish.topic),
            own_expense_requests::starts_on.eq(wish.starts_on),
            own_expense_requests::ends_on.eq(wish.ends_on),
            own_expense_requests::amount_kopecks.eq(wish.amount_kopecks),
            own_expense_requests::program_id.eq(wish.program_id),
            own_expense_requests::module_id.eq(wish.module_id),
            own_expense_requests::provider_name.eq(&wish.provider_name),
            own_expense_requests::justification.eq(&wish.justification),
            own_expense_requests::state.eq(standing.state.as_str()),
            own_expense_requests::decided_at.eq(standing.decided_at),
            own_expense_requests::version.eq(request.version),
            own_expense_requests::created_at.eq(request.created_at),
            own_expense_requests::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes requests too. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, request: &OwnExpenseRequest) -> Result<()> {
    let (wish, standing) = (&request.wish, &request.standing);
    let rework = standing.rework.as_ref();
    let row = table.find(request.id).filter(own_expense_requests::version.eq(request.version - 1));
    let changed = diesel::update(row)
        .set((
            own_expense_requests::topic.eq(&wish.topic),
            own_expense_requests::starts_on.eq(wish.starts_on),
            own_expense_requests::ends_on.eq(wish.ends_on),
            own_expense_requests::amount_kopecks.eq(wish.amount_kopecks),
            own_expense_requests::program_id.eq(wish.program_id),
            own_expense_requests::module_id.eq(wish.module_id),
            own_expense_requests::provider_name.eq(&wish.provider_name),
            own_expense_requests::justification.eq(&wish.justification),
            own_expense_requests::state.eq(standing.state.as_str()),
            own_expense_requests::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            own_expense_requests::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            own_expense_requests::decision_reason.eq(&standing.reason),
            own_expense_requests::decided_at.eq(standing.decided_at),
            own_expense_requests::version.eq(request.version),
            own_expense_requests::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a request was saved that nobody held")) }
}
