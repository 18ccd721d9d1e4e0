//! Duplicates of papers, where a paper may be one: another form of a learning that is recorded already.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Credential, CredentialData};
use super::CredentialRow;
use super::states::stands;
use crate::db::schema::{credential_duplicates as duplicates, credentials, persons};
use crate::db::{Conn, whole_people, whole_person};
use crate::error::Result;

/// Series, number, registration number and day of issue of a duplicate.
type Form = (Option<String>, Option<String>, Option<String>, NaiveDate);

const FORM: (duplicates::series, duplicates::number, duplicates::registration_number, duplicates::issued_on) =
    (duplicates::series, duplicates::number, duplicates::registration_number, duplicates::issued_on);

/// The papers of which a duplicate may be this one or resembles it, as the duplicate says it.
pub(super) async fn alike(
    conn: &Conn,
    (region_id, person_id): (Uuid, Uuid),
    key: &str,
    marks: Vec<Option<String>>,
) -> Result<Vec<Credential>> {
    let of_person = whole_person("credential_duplicates.person_id", person_id)
        .and(duplicates::marks.overlaps_with(marks));
    let rows: Vec<(CredentialRow, Form)> = duplicates::table
        .inner_join(credentials::table)
        .filter(duplicates::region_id.eq(region_id))
        .filter(stands())
        .filter(duplicates::identity.eq(key).or(of_person))
        .select((CredentialRow::as_select(), FORM))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|(row, form)| as_said(row, form)).collect()
}

/// The same for papers of many people, each with the kept card of its person.
pub(super) async fn alike_many(
    conn: &Conn,
    region_id: Uuid,
    people: &[Uuid],
    keys: &[String],
    marks: Vec<Option<String>>,
) -> Result<Vec<(Uuid, Credential)>> {
    let of_people =
        whole_people("credential_duplicates.person_id", people).and(duplicates::marks.overlaps_with(marks));
    let rows: Vec<(Uuid, CredentialRow, Form)> = duplicates::table
        .inner_join(credentials::table)
        .inner_join(persons::table)
        .filter(duplicates::region_id.eq(region_id))
        .filter(stands())
        .filter(duplicates::identity.eq_any(keys).or(of_people))
        .select((persons::kept_id, CredentialRow::as_select(), FORM))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|(kept_id, row, form)| Ok((kept_id, as_said(row, form)?))).collect()
}

fn as_said(row: CredentialRow, (series, number, registration_number, issued_on): Form) -> Result<Credential> {
    let original = Credential::try_from(row)?;
    let data = CredentialData { series, number, registration_number, issued_on, ..original.data };
    Ok(Credential { data, ..original })
}

/// Whether a duplicate in the region has that key.
pub(super) async fn is_recorded(conn: &Conn, region_id: Uuid, key: &str) -> Result<bool> {
    let found = duplicates::table
        .filter(duplicates::region_id.eq(region_id))
        .filter(duplicates::identity.eq(key))
        .select(duplicates::id);
    Ok(found.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}
