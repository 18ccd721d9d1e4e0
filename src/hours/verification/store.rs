//! Queries on verification.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Standing, VerificationCode, Verified};
use crate::authz::Permit;
use crate::db::schema::credential_verifications::{self, table};
use crate::db::schema::{credential_duplicates, credentials, organizations, persons};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::hours::credentials::model::Credential;
use crate::hours::model::credential::State;
use crate::values::{DocumentKind, PersonName};

/// Kind, title, hours, issuer and its name on the paper, day of issue and state.
type PaperRow = (String, String, DbHours, Option<Uuid>, String, NaiveDate, String);
/// Last, first and middle name, and since when they are erased.
type NameRow = (String, String, Option<String>, Option<NaiveDate>);

/// What is said of the form with that code; 404 when there is none.
pub(super) async fn find(conn: &Conn, code: &VerificationCode) -> Result<Verified> {
    let credential_id = paper_of(conn, code).await?;
    let paper = (
        credentials::kind,
        credentials::title,
        credentials::hours,
        credentials::issuer_id,
        credentials::issuer_name,
        credentials::issued_on,
        credentials::state,
    );
    let name = (persons::last_name, persons::first_name, persons::middle_name, persons::erased_on);
    let found = async {
        let query = credentials::table.inner_join(persons::table).filter(credentials::id.eq(credential_id));
        Ok(query.select((paper, name)).first::<(PaperRow, NameRow)>(&mut &*conn).await?)
    };
    let ((paper, (last, first, middle, erased_on)), forms) =
        tokio::try_join!(found, duplicates_of(conn, credential_id))?;
    let (kind, title, hours, issuer_id, named, issued_on, state) = paper;
    // Whoever wrote the paper could name anybody: who vouches for it is told as the directory knows it.
    let issuer_name = match issuer_id {
        Some(id) => organizations::table.find(id).select(organizations::name).first(&mut &*conn).await?,
        None => named,
    };
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    let name = PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?;
    let form = forms.iter().find(|(known, _)| known == code.as_str());
    let replaced = forms.last().is_some_and(|(known, _)| known != code.as_str());
    let state = State::parse(&state).ok_or_else(|| unknown("state"))?;
    Ok(Verified {
        standing: Standing::of(state, replaced),
        kind: DocumentKind::parse(&kind).ok_or_else(|| unknown("document kind"))?,
        title,
        hours: hours.into(),
        issuer_name,
        issued_on: form.map_or(issued_on, |(_, issued_on)| *issued_on),
        holder: erased_on.is_none().then(|| name.short()),
    })
}

/// The paper of which the code is, or of a duplicate of which.
async fn paper_of(conn: &Conn, code: &VerificationCode) -> Result<Uuid> {
    let original = table
        .filter(credential_verifications::code.eq(code.as_str()))
        .select(credential_verifications::credential_id);
    if let Some(id) = original.first(&mut &*conn).await.optional()? {
        return Ok(id);
    }
    let duplicate = credential_duplicates::table
        .filter(credential_duplicates::code.eq(code.as_str()))
        .select(credential_duplicates::credential_id);
    Ok(duplicate.first(&mut &*conn).await?)
}

/// Code and day of issue of each duplicate of a paper, the valid one last.
async fn duplicates_of(conn: &Conn, credential_id: Uuid) -> Result<Vec<(String, NaiveDate)>> {
    Ok(credential_duplicates::table
        .filter(credential_duplicates::credential_id.eq(credential_id))
        .order((credential_duplicates::created_at, credential_duplicates::id))
        .select((credential_duplicates::code, credential_duplicates::issued_on))
        .load(&mut &*conn)
        .await?)
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
) -> Result<bool> {
    let inserted = diesel::insert_into(table)
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
    Ok(inserted > 0)
}
