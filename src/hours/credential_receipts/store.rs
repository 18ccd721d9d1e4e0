//! Queries on receipts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::CredentialReceipt;
use crate::authz::Permit;
use crate::db::schema::credential_receipts::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::hours::credentials::model::Credential;

/// The receipt of a paper, if it was received.
pub(super) async fn find(conn: &Conn, credential_id: Uuid) -> Result<Option<CredentialReceipt>> {
    let columns =
        (credential_receipts::organization_id, credential_receipts::received_on, credential_receipts::note);
    let row: Option<(Uuid, NaiveDate, Option<String>)> =
        table.find(credential_id).select(columns).first(&mut &*conn).await.optional()?;
    Ok(row.map(|(organization_id, received_on, note)| CredentialReceipt {
        organization_id,
        received_on,
        note,
    }))
}

#[derive(Insertable)]
#[diesel(table_name = credential_receipts, treat_none_as_default_value = false)]
struct ReceiptRow<'a> {
    credential_id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    received_on: NaiveDate,
    received_by: Uuid,
    received_as: &'static str,
    note: Option<&'a str>,
    created_at: DateTime<Utc>,
}

/// Writes the receipt of a paper by a school in that municipality.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    permit: &Permit,
    paper: &Credential,
    receipt: &CredentialReceipt,
    municipality_id: Option<Uuid>,
) -> Result<()> {
    let row = ReceiptRow {
        credential_id: paper.id,
        region_id: paper.region_id,
        municipality_id,
        organization_id: receipt.organization_id,
        person_id: paper.person_id,
        received_on: receipt.received_on,
        received_by: ctx.actor.account_id,
        received_as: permit.role()?.as_str(),
        note: receipt.note.as_deref(),
        created_at: ctx.now,
    };
    diesel::insert_into(table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}
