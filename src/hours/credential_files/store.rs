//! Queries on scans.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{CredentialFile, KeptFile, NewFile};
use crate::authz::Permit;
use crate::db::schema::credential_files::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::files::{Media, Place};
use crate::hours::credentials::model::Credential;

#[derive(Queryable, Selectable)]
#[diesel(table_name = credential_files)]
struct FileRow {
    media: String,
    size: i32,
    uploaded_at: DateTime<Utc>,
}

impl FileRow {
    fn file(self) -> Result<CredentialFile> {
        let media = Media::parse(&self.media).ok_or_else(|| Error::internal("unknown media of a file"))?;
        Ok(CredentialFile { media, size: self.size, uploaded_at: self.uploaded_at })
    }
}

/// What is said of the scan, if there is one.
pub(super) async fn find(conn: &Conn, credential_id: Uuid) -> Result<Option<CredentialFile>> {
    let row = table.find(credential_id).select(FileRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(FileRow::file).transpose()
}

/// Digest, bytes, and the name in the folder.
type PlaceRow = (Vec<u8>, Option<Vec<u8>>, Option<Uuid>);

/// The scan with the place of its bytes.
pub(super) async fn kept(conn: &Conn, credential_id: Uuid) -> Result<KeptFile> {
    let place = (credential_files::digest, credential_files::content, credential_files::stored_as);
    let row: (FileRow, PlaceRow) =
        table.find(credential_id).select((FileRow::as_select(), place)).first(&mut &*conn).await?;
    let (file, (digest, content, stored_as)) = row;
    let place = match (content, stored_as) {
        (Some(bytes), _) => Place::Row(bytes),
        (None, Some(name)) => Place::Folder(name),
        (None, None) => return Err(Error::internal("a file without its bytes")),
    };
    Ok(KeptFile { file: file.file()?, digest, place })
}

/// The name in the folder of the scan that is about to go, if its bytes lie there.
pub(super) async fn name_in_folder(conn: &Conn, credential_id: Uuid) -> Result<Option<Uuid>> {
    let name = table.find(credential_id).select(credential_files::stored_as);
    Ok(name.first::<Option<Uuid>>(&mut &*conn).await.optional()?.flatten())
}

/// Those of the names in the folder under which a scan lies.
pub(super) async fn known_names(conn: &Conn, names: &[Uuid]) -> Result<HashSet<Uuid>> {
    let rows: Vec<Option<Uuid>> = table
        .filter(credential_files::stored_as.assume_not_null().eq_any(names))
        .select(credential_files::stored_as)
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

#[derive(Insertable)]
#[diesel(table_name = credential_files, treat_none_as_default_value = false)]
struct NewFileRow<'a> {
    credential_id: Uuid,
    region_id: Uuid,
    person_id: Uuid,
    media: &'static str,
    size: i32,
    digest: &'a [u8],
    content: Option<&'a [u8]>,
    stored_as: Option<Uuid>,
    uploaded_by: Uuid,
    uploaded_at: DateTime<Utc>,
}

/// Keeps the scan, in the place of the one before.
pub(super) async fn put(ctx: &Ctx<'_>, _permit: &Permit, paper: &Credential, new: &NewFile) -> Result<()> {
    let (content, stored_as) = match &new.place {
        Place::Row(bytes) => (Some(bytes.as_slice()), None),
        Place::Folder(name) => (None, Some(*name)),
    };
    let row = NewFileRow {
        credential_id: paper.id,
        region_id: paper.region_id,
        person_id: paper.person_id,
        media: new.media.as_str(),
        size: new.size,
        digest: &new.digest,
        content,
        stored_as,
        uploaded_by: ctx.actor.account_id,
        uploaded_at: ctx.now,
    };
    diesel::delete(table.find(paper.id)).execute(&mut &*ctx.conn).await?;
    diesel::insert_into(table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Takes the scan away.
pub(super) async fn remove(ctx: &Ctx<'_>, _permit: &Permit, credential_id: Uuid) -> Result<()> {
    diesel::delete(table.find(credential_id)).execute(&mut &*ctx.conn).await?;
    Ok(())
}
