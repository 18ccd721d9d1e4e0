//! The only two writes of the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::ledger_entries;
use crate::db::{Ctx, DbHours};
use crate::error::{Error, Result};
use crate::hours::credentials::model::Credential;
use crate::ids::new_id;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = ledger_entries, treat_none_as_default_value = false)]
struct EntryRow {
    id: Uuid,
    region_id: Uuid,
    person_id: Uuid,
    credential_id: Uuid,
    kind: String,
    hours: DbHours,
    document_kind: String,
    series: Option<String>,
    number: Option<String>,
    registration_number: Option<String>,
    identity: String,
    issuer_id: Option<Uuid>,
    issuer_name: String,
    program_id: Option<Uuid>,
    program_kind: Option<String>,
    title: String,
    credited: bool,
    started_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    issued_on: NaiveDate,
    reverses_id: Option<Uuid>,
    reason: Option<String>,
    recorded_by: Uuid,
    recorded_at: DateTime<Utc>,
}

pub(in crate::hours::ledger) async fn post(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    credential: &Credential,
    key: &str,
) -> Result<()> {
    let data = credential.data.clone();
    let row = EntryRow {
        id: new_id(),
        region_id: credential.region_id,
        person_id: credential.person_id,
        credential_id: credential.id,
        kind: "credit".to_owned(),
        hours: data.hours.into(),
        document_kind: data.kind.as_str().to_owned(),
        series: data.series,
        number: data.number,
        registration_number: data.registration_number,
        identity: key.to_owned(),
        issuer_id: data.issuer_id,
        issuer_name: data.issuer_name,
        program_id: data.program_id,
        program_kind: data.program_kind.map(|kind| kind.as_str().to_owned()),
        title: data.title,
        credited: data.credited,
        started_on: data.started_on,
        completed_on: data.completed_on,
        issued_on: data.issued_on,
        reverses_id: None,
        reason: None,
        recorded_by: ctx.actor.account_id,
        recorded_at: ctx.now,
    };
    diesel::insert_into(ledger_entries::table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes the exact negation of the credential's entry.
pub(in crate::hours::ledger) async fn reverse(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    credential: &Credential,
    reason: &str,
) -> Result<()> {
    let original: EntryRow = ledger_entries::table
        .filter(ledger_entries::credential_id.eq(credential.id))
        .filter(ledger_entries::kind.eq("credit"))
        .select(EntryRow::as_select())
        .first(&mut &*ctx.conn)
        .await
        .map_err(|missing| Error::internal(format!("a confirmed credential without entry: {missing}")))?;
    let row = EntryRow {
        id: new_id(),
        kind: "reversal".to_owned(),
        hours: DbHours(-original.hours.0),
        reverses_id: Some(original.id),
        reason: Some(reason.to_owned()),
        recorded_by: ctx.actor.account_id,
        recorded_at: ctx.now,
        ..original
    };
    diesel::insert_into(ledger_entries::table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}
