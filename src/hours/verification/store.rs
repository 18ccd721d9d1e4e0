//! Queries on verification.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{VerificationCode, Verified};
use crate::authz::Permit;
use crate::db::schema::credential_verifications::{self, table};
use crate::db::schema::{credentials, persons};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::hours::credentials::model::Credential;
use crate::hours::model::credential::State;
use crate::values::{DocumentKind, PersonName};

/// Kind, title, hours, issuer, day of issue and state.
type PaperRow = (String, String, DbHours, String, NaiveDate, String);
/// Last, first and middle name.
type NameRow = (String, String, Option<String>);

/// What is said of the paper with that code; 404 when there is none.
pub(super) async fn find(conn: &Conn, code: &VerificationCode) -> Result<Verified> {
    let paper = (
        credentials::kind,
        credentials::title,
        credentials::hours,
        credentials::issuer_name,
        credentials::issued_on,
        credentials::state,
    );
    let name = (persons::last_name, persons::first_name, persons::middle_name);
    let (paper, (last, first, middle)): (PaperRow, NameRow) = table
        .inner_join(credentials::table.inner_join(persons::table))
        .filter(credential_verifications::code.eq(code.as_str()))
        .select((paper, name))
        .first(&mut &*conn)
        .await?;
    let (kind, title, hours, issuer_name, issued_on, state) = paper;
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    let name = PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?;
    Ok(Verified {
        standing: State::parse(&state).ok_or_else(|| unknown("state"))?.into(),
        kind: DocumentKind::parse(&kind).ok_or_else(|| unknown("document kind"))?,
        title,
        hours: hours.into(),
        issuer_name,
        issued_on,
        holder: name.short(),
    })
}

/// The code of a paper, if it has one.
pub(super) async fn code_of(conn: &Conn, credential_id: Uuid) -> Result<Option<String>> {
    let code = table.find(credential_id).select(credential_verifications::code);
    Ok(code.first(&mut &*conn).await.optional()?)
}

/// Gives the paper that code, unless it has one.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    paper: &Credential,
    code: &VerificationCode,
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            credential_verifications::credential_id.eq(paper.id),
            credential_verifications::region_id.eq(paper.region_id),
            credential_verifications::code.eq(code.as_str()),
            credential_verifications::created_at.eq(ctx.now),
        ))
        .on_conflict(credential_verifications::credential_id)
        .do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
