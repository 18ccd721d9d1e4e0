//! Queries on associations.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::associations::{Association, AssociationKind};
use crate::authz::Permit;
use crate::db::schema::competency_associations as associations;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = associations)]
struct AssociationRow {
    id: Uuid,
    identifier: Uuid,
    kind: String,
    origin_id: Uuid,
    destination_id: Option<Uuid>,
    destination_identifier: Uuid,
    destination_uri: Option<String>,
    destination_title: Option<String>,
    notes: Option<String>,
}

impl TryFrom<AssociationRow> for Association {
    type Error = Error;

    fn try_from(row: AssociationRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            identifier: row.identifier,
            kind: AssociationKind::parse(&row.kind)
                .ok_or_else(|| Error::internal("unknown kind in the database"))?,
            origin_id: row.origin_id,
            destination_id: row.destination_id,
            destination_identifier: row.destination_identifier,
            destination_uri: row.destination_uri,
            destination_title: row.destination_title,
            notes: row.notes,
        })
    }
}

/// The associations that a framework states, in their order.
pub(in crate::diagnostics::frameworks) async fn of_framework(
    conn: &Conn,
    framework_id: Uuid,
) -> Result<Vec<Association>> {
    let rows: Vec<AssociationRow> = associations::table
        .filter(associations::framework_id.eq(framework_id))
        .select(AssociationRow::as_select())
        .order(associations::position)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Association::try_from).collect()
}

/// Takes the associations of a draft away: its rows are written anew.
pub(in crate::diagnostics::frameworks) async fn clear(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    framework_id: Uuid,
) -> Result<()> {
    let gone = associations::table.filter(associations::framework_id.eq(framework_id));
    diesel::delete(gone).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes the associations of a draft.
pub(in crate::diagnostics::frameworks) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    framework_id: Uuid,
    list: &[Association],
) -> Result<()> {
    let rows: Vec<_> = (0_i32..)
        .zip(list)
        .map(|(position, one)| {
            (
                associations::id.eq(one.id),
                associations::framework_id.eq(framework_id),
                associations::position.eq(position),
                associations::identifier.eq(one.identifier),
                associations::kind.eq(one.kind.as_str()),
                associations::origin_id.eq(one.origin_id),
                associations::destination_id.eq(one.destination_id),
                associations::destination_identifier.eq(one.destination_identifier),
                associations::destination_uri.eq(&one.destination_uri),
                associations::destination_title.eq(&one.destination_title),
                associations::notes.eq(&one.notes),
            )
        })
        .collect();
    diesel::insert_into(associations::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}
