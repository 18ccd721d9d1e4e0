//! Duplicates of papers, where a paper may be one: another form of a learning that is recorded already.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Credential, CredentialData};
use super::CredentialRow;
use super::states::stands;
use crate::db::schema::{credential_duplicates as duplicates, credentials};
use crate::db::{Conn, whole_person};
use crate::error::Result;

/// Series, number, registration number and day of issue of a duplicate.
type Form = (Option<String>, Option<String>, Option<String>, NaiveDate);

/// The papers of which a duplicate may be this one or resembles it, as the duplicate says it.
pub(super) async fn alike(
    conn: &Conn,
    (region_id, person_id): (Uuid, Uuid),
    key: &str,
    marks: Vec<Option<String>>,
) -> Result<Vec<Credential>> {
    let of_person = whole_person("credential_duplicates.person_id", person_id)
        .and(duplicates::marks.overlaps_with(marks));
    let form =
        (duplicates::series, duplicates::number, duplicates::registration_number, duplicates::issued_on);
    let rows: Vec<(CredentialRow, Form)> = duplicates::table
        .inner_join(credentials::table)
        .filter(duplicates::region_id.eq(region_id))
        .filter(stands())
        .filter(duplicates::identity.eq(key).or(of_person))
        .select((CredentialRow::as_select(), form))
        .load(&mut &*conn)
        .await?;
    let as_said = |(row, (series, number, registration_number, issued_on)): (CredentialRow, Form)| {
        let original = Credential::try_from(row)?;
        let data = CredentialData { series, number, registration_number, issued_on, ..original.data };
        Ok(Credential { data, ..original })
    };
    rows.into_iter().map(as_said).collect()
}

/// Whether a duplicate in the region has that key.
pub(super) async fn is_recorded(conn: &Conn, region_id: Uuid, key: &str) -> Result<bool> {
    let found = duplicates::table
        .filter(duplicates::region_id.eq(region_id))
        .filter(duplicates::identity.eq(key))
        .select(duplicates::id);
    Ok(found.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}
