//! Queries on webhooks.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::{Permit, Scope};
use crate::db::schema::webhooks::{self, table};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};
use crate::events::changes::model::Position;
use crate::events::webhooks::model::{SealedSecrets, Webhook, WebhookData, WebhookReach, WebhookState};

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhooks)]
struct WebhookRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    reach: String,
    url: String,
    note: Option<String>,
    subject_kinds: Vec<Option<String>>,
    state: String,
    previous_until: Option<DateTime<Utc>>,
    after_xid: i64,
    after_id: Uuid,
    failing_since: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<WebhookRow> for Webhook {
    type Error = Error;

    fn try_from(row: WebhookRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            reach: WebhookReach::parse(&row.reach).ok_or_else(|| unknown("reach of a webhook"))?,
            data: WebhookData {
                url: row.url,
                note: row.note,
                subject_kinds: row.subject_kinds.into_iter().flatten().collect(),
            },
            state: WebhookState::parse(&row.state).ok_or_else(|| unknown("state of a webhook"))?,
            told: Position { xid: row.after_xid, id: row.after_id },
            failing_since: row.failing_since,
            previous_until: row.previous_until,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which webhooks a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebhookFilter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<WebhookState>,
}

pub(in crate::events::webhooks) async fn find(conn: &Conn, id: Uuid) -> Result<Webhook> {
    let row: WebhookRow = table.find(id).select(WebhookRow::as_select()).first(&mut &*conn).await?;
    Webhook::try_from(row)
}

pub(in crate::events::webhooks) async fn lock(conn: &Conn, id: Uuid) -> Result<Webhook> {
    let query = table.find(id).select(WebhookRow::as_select()).for_update();
    let row: WebhookRow = query.first(&mut &*conn).await?;
    Webhook::try_from(row)
}

/// The webhook, unless somebody else holds it.
pub(in crate::events::webhooks) async fn lock_free(conn: &Conn, id: Uuid) -> Result<Option<Webhook>> {
    let query = table.find(id).select(WebhookRow::as_select()).for_update().skip_locked();
    let row: Option<WebhookRow> = query.first(&mut &*conn).await.optional()?;
    row.map(Webhook::try_from).transpose()
}

/// Where webhooks are told, and the keys of their signatures.
pub(in crate::events::webhooks) async fn addresses(
    conn: &Conn,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, (String, SealedSecrets)>> {
    type Row = (Uuid, String, Vec<u8>, Option<Vec<u8>>, Option<DateTime<Utc>>);
    let columns =
        (webhooks::id, webhooks::url, webhooks::secret, webhooks::previous_secret, webhooks::previous_until);
    let rows: Vec<Row> = table.filter(webhooks::id.eq_any(ids)).select(columns).load(&mut &*conn).await?;
    let keyed = |(id, url, current, previous, until): Row| {
        (id, (url, SealedSecrets { current, previous: previous.zip(until) }))
    };
    Ok(rows.into_iter().map(keyed).collect())
}

/// The ids of those that are told of changes.
pub(in crate::events::webhooks) async fn active(conn: &Conn) -> Result<Vec<Uuid>> {
    let query = table.filter(webhooks::state.eq(WebhookState::Active.as_str()));
    Ok(query.order(webhooks::id).select(webhooks::id).load(&mut &*conn).await?)
}

pub(in crate::events::webhooks) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: WebhookFilter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Webhook>> {
    let mut query = table
        .select(WebhookRow::as_select())
        .filter(unit_filter!(webhooks, scope))
        .order((webhooks::created_at.desc(), webhooks::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(webhooks::organization_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(webhooks::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = webhooks::created_at.eq(at).and(webhooks::id.lt(id));
        query = query.filter(webhooks::created_at.lt(at).or(same));
    }
    let rows: Vec<WebhookRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Webhook::try_from).collect()
}

pub(in crate::events::webhooks) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook: &Webhook,
    sealed_secret: &[u8],
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            webhooks::id.eq(webhook.id),
            webhooks::region_id.eq(webhook.region_id),
            webhooks::organization_id.eq(webhook.organization_id),
            webhooks::reach.eq(webhook.reach.as_str()),
            webhooks::url.eq(&webhook.data.url),
            webhooks::note.eq(&webhook.data.note),
            webhooks::subject_kinds.eq(&webhook.data.subject_kinds),
            webhooks::state.eq(webhook.state.as_str()),
            webhooks::secret.eq(sealed_secret),
            webhooks::after_xid.eq(webhook.told.xid),
            webhooks::after_id.eq(webhook.told.id),
            webhooks::created_by.eq(ctx.actor.account_id),
            webhooks::version.eq(webhook.version),
            webhooks::created_at.eq(webhook.created_at),
            webhooks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// What its keeper says of it.
pub(in crate::events::webhooks) async fn update(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook: &Webhook,
) -> Result<()> {
    diesel::update(table.find(webhook.id))
        .set((
            webhooks::url.eq(&webhook.data.url),
            webhooks::note.eq(&webhook.data.note),
            webhooks::subject_kinds.eq(&webhook.data.subject_kinds),
            webhooks::version.eq(webhook.version),
            webhooks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Where it stands.
pub(in crate::events::webhooks) async fn set_state(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook: &Webhook,
) -> Result<()> {
    diesel::update(table.find(webhook.id))
        .set((
            webhooks::state.eq(webhook.state.as_str()),
            webhooks::failing_since.eq(webhook.failing_since),
            webhooks::version.eq(webhook.version),
            webhooks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The keys of its signatures.
pub(in crate::events::webhooks) async fn set_secrets(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    webhook: &Webhook,
    secrets: &SealedSecrets,
) -> Result<()> {
    let (previous, until) = secrets.previous.clone().unzip();
    diesel::update(table.find(webhook.id))
        .set((
            webhooks::secret.eq(&secrets.current),
            webhooks::previous_secret.eq(previous),
            webhooks::previous_until.eq(until),
            webhooks::version.eq(webhook.version),
            webhooks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Deletes it; what it was told goes before.
pub(in crate::events::webhooks) async fn delete(ctx: &Ctx<'_>, _permit: &Permit, id: Uuid) -> Result<()> {
    diesel::delete(table.find(id)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// How far it has been told: what the server keeps of it changes no version.
pub(in crate::events::webhooks) async fn advance(ctx: &Ctx<'_>, id: Uuid, told: Position) -> Result<()> {
    diesel::update(table.find(id))
        .set((webhooks::after_xid.eq(told.xid), webhooks::after_id.eq(told.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Since when it does not answer.
pub(in crate::events::webhooks) async fn set_failing(
    ctx: &Ctx<'_>,
    id: Uuid,
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    let query = diesel::update(table.find(id)).set(webhooks::failing_since.eq(since));
    query.execute(&mut &*ctx.conn).await?;
    Ok(())
}
