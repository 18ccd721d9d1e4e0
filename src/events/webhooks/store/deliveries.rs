//! Queries on what webhooks are told.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::webhook_deliveries::{self as deliveries, table};
use crate::db::schema::webhooks;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::events::webhooks::model::{Delivery, DeliveryState, Webhook, WebhookState};
use crate::ids::new_id;

#[derive(Queryable, Selectable)]
#[diesel(table_name = deliveries)]
struct DeliveryRow {
    id: Uuid,
    event_id: Uuid,
    state: String,
    attempts: i16,
    due_at: Option<DateTime<Utc>>,
    status: Option<i16>,
    problem: Option<String>,
    created_at: DateTime<Utc>,
    delivered_at: Option<DateTime<Utc>>,
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = Error;

    fn try_from(row: DeliveryRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            event_id: row.event_id,
            state: DeliveryState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of a delivery in the database"))?,
            attempts: row.attempts,
            due_at: row.due_at,
            status: row.status,
            problem: row.problem,
            created_at: row.created_at,
            delivered_at: row.delivered_at,
        })
    }
}

/// Which deliveries a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeliveryFilter {
    /// Only in this state.
    pub state: Option<DeliveryState>,
}

/// Those of a webhook, newest first.
pub(in crate::events::webhooks) async fn deliveries(
    conn: &Conn,
    webhook_id: Uuid,
    filter: DeliveryFilter,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<Delivery>> {
    let mut query = table
        .select(DeliveryRow::as_select())
        .filter(deliveries::webhook_id.eq(webhook_id))
        .order(deliveries::id.desc())
        .limit(fetch)
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(deliveries::state.eq(state.as_str()));
    }
    if let Some(id) = after {
        query = query.filter(deliveries::id.lt(id));
    }
    let rows: Vec<DeliveryRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// One of a webhook, locked.
pub(in crate::events::webhooks) async fn delivery(
    conn: &Conn,
    webhook_id: Uuid,
    id: Uuid,
) -> Result<Delivery> {
    let query = table.find(id).filter(deliveries::webhook_id.eq(webhook_id));
    let query = query.select(DeliveryRow::as_select()).for_update();
    let row: DeliveryRow = query.first(&mut &*conn).await?;
    Delivery::try_from(row)
}

/// Notes down that a webhook is to be told of those changes; of each once.
pub(in crate::events::webhooks) async fn note(
    ctx: &Ctx<'_>,
    webhook: &Webhook,
    events: impl Iterator<Item = Uuid>,
) -> Result<()> {
    let row = |event_id| {
        (
            deliveries::id.eq(new_id()),
            deliveries::region_id.eq(webhook.region_id),
            deliveries::webhook_id.eq(webhook.id),
            deliveries::event_id.eq(event_id),
            deliveries::state.eq(DeliveryState::Waiting.as_str()),
            deliveries::due_at.eq(ctx.now),
            deliveries::created_at.eq(ctx.now),
        )
    };
    let rows: Vec<_> = events.map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::insert_into(table).values(rows).on_conflict_do_nothing().execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Takes what is due at active webhooks and nobody else is telling: each counts as tried, and is due again at that moment
/// if whoever took it is heard of no more.
pub(in crate::events::webhooks) async fn due(
    ctx: &Ctx<'_>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(Uuid, Delivery)>> {
    let active =
        webhooks::table.filter(webhooks::state.eq(WebhookState::Active.as_str())).select(webhooks::id);
    // Only what waits is due.
    let ids: Vec<Uuid> = table
        .filter(deliveries::due_at.assume_not_null().le(ctx.now))
        .filter(deliveries::webhook_id.eq_any(active))
        .order((deliveries::due_at, deliveries::id))
        .limit(limit)
        .select(deliveries::id)
        .for_update()
        .skip_locked()
        .load(&mut &*ctx.conn)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, DeliveryRow)> = diesel::update(table.filter(deliveries::id.eq_any(ids)))
        .set((deliveries::due_at.eq(until), deliveries::attempts.eq(deliveries::attempts + 1_i16)))
        .returning((deliveries::webhook_id, DeliveryRow::as_returning()))
        .get_results(&mut &*ctx.conn)
        .await?;
    rows.into_iter().map(|(webhook_id, row)| Ok((webhook_id, Delivery::try_from(row)?))).collect()
}

/// How an attempt went; nothing when another one has been made meanwhile.
pub(in crate::events::webhooks) async fn finish(ctx: &Ctx<'_>, delivery: &Delivery) -> Result<bool> {
    let this_attempt = table
        .find(delivery.id)
        .filter(deliveries::state.eq(DeliveryState::Waiting.as_str()))
        .filter(deliveries::attempts.eq(delivery.attempts));
    let written = diesel::update(this_attempt)
        .set((
            deliveries::state.eq(delivery.state.as_str()),
            deliveries::due_at.eq(delivery.due_at),
            deliveries::status.eq(delivery.status),
            deliveries::problem.eq(&delivery.problem),
            deliveries::delivered_at.eq(delivery.delivered_at),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(written == 1)
}

/// Has a delivery made once more, from the first attempt on.
pub(in crate::events::webhooks) async fn again(ctx: &Ctx<'_>, _permit: &Permit, id: Uuid) -> Result<()> {
    diesel::update(table.find(id))
        .set((
            deliveries::state.eq(DeliveryState::Waiting.as_str()),
            deliveries::due_at.eq(Some(ctx.now)),
            deliveries::attempts.eq(0_i16),
            deliveries::delivered_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Has everything made once more that failed for good.
pub(in crate::events::webhooks) async fn revive(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook_id: Uuid,
) -> Result<()> {
    let failed = table
        .filter(deliveries::webhook_id.eq(webhook_id))
        .filter(deliveries::state.eq(DeliveryState::Failed.as_str()));
    diesel::update(failed)
        .set((
            deliveries::state.eq(DeliveryState::Waiting.as_str()),
            deliveries::due_at.eq(Some(ctx.now)),
            deliveries::attempts.eq(0_i16),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Deletes those of a webhook, whether they came to their end or not.
pub(in crate::events::webhooks) async fn forget_deliveries(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook_id: Uuid,
) -> Result<()> {
    let all = table.filter(deliveries::webhook_id.eq(webhook_id));
    diesel::delete(all).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Deletes at most that many that came to their end and were noted down before that moment; how many there were.
pub(in crate::events::webhooks) async fn sweep(
    ctx: &Ctx<'_>,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<usize> {
    let swept = diesel::sql_query(
        "delete from webhook_deliveries where ctid = any(array(
             select ctid from webhook_deliveries where due_at is null and created_at < $1
             order by created_at limit $2 for update skip locked))",
    );
    Ok(swept.bind::<Timestamptz, _>(before).bind::<BigInt, _>(limit).execute(&mut &*ctx.conn).await?)
}
