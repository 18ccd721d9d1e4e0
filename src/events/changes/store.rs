//! Queries on the feed of changes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Change, Circle, Position, Thing};
use crate::db::schema::audit_events::{self, table};
use crate::db::{Conn, written};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
struct ChangeRow {
    id: Uuid,
    xid: i64,
    at: DateTime<Utc>,
    subject_kind: String,
    subject_id: Option<Uuid>,
    operation: String,
    removed_kind: Option<String>,
    removed_id: Option<Uuid>,
}

impl TryFrom<ChangeRow> for Change {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<Self> {
        let id = row.subject_id.ok_or_else(|| Error::internal("a change of nothing"))?;
        Ok(Self {
            position: Position { xid: row.xid, id: row.id },
            at: row.at,
            subject: Thing { kind: row.subject_kind, id },
            operation: row.operation,
            removed: row.removed_kind.zip(row.removed_id).map(|(kind, id)| Thing { kind, id }),
        })
    }
}

/// The place of the oldest transaction that may still write: everything before it is there for good.
pub(super) async fn horizon(conn: &Conn) -> Result<i64> {
    Ok(diesel::select(written::<BigInt>("rost_change_horizon()")).get_result(&mut &*conn).await?)
}

/// Changes behind a place and before a transaction, in the order of the feed.
pub(super) async fn between(
    conn: &Conn,
    circle: &Circle,
    kinds: &[String],
    (after, horizon): (Position, i64),
    limit: i64,
) -> Result<Vec<Change>> {
    let mut query = table
        .select(ChangeRow::as_select())
        .filter(audit_events::region_id.assume_not_null().eq(circle.region_id))
        .filter(audit_events::subject_id.is_not_null())
        .filter(audit_events::xid.ge(after.xid))
        .filter(audit_events::xid.gt(after.xid).or(audit_events::id.gt(after.id)))
        .filter(audit_events::xid.lt(horizon))
        .order((audit_events::xid, audit_events::id))
        .limit(limit)
        .into_boxed();
    if let Some(places) = &circle.places {
        let some = |ids: &[Uuid]| ids.iter().copied().map(Some).collect::<Vec<_>>();
        let (municipalities, organizations) = (some(&places.municipalities), some(&places.organizations));
        query = query.filter(
            audit_events::municipality_ids
                .overlaps_with(municipalities)
                .or(audit_events::unit_ids.overlaps_with(organizations)),
        );
    }
    if !kinds.is_empty() {
        query = query.filter(audit_events::subject_kind.eq_any(kinds));
    }
    let rows: Vec<ChangeRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Change::try_from).collect()
}

/// Those changes.
pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Change>> {
    let query = table.filter(audit_events::id.eq_any(ids)).select(ChangeRow::as_select());
    let rows: Vec<ChangeRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Change::try_from).collect()
}
