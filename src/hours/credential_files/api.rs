//! Endpoints of scans.

use actix_web::{delete, get, put, web};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::model::NewFile;
use super::service;
use super::views::CredentialScan;
use crate::error::{Code, Error, Result};
use crate::files::{Media, Place};
use crate::hours::credentials::api::view;
use crate::hours::credentials::views::CredentialView;
use crate::http::{Call, Reply, media_type, read_raw};
use crate::personal_data::api::{record, said_purpose};
use crate::personal_data::service::required_purpose;

/// Brings the scan of a credential
///
/// PDF, JPEG or PNG, at most 10 MiB unless the server is set otherwise (`ROST_FILE_BYTES`). It takes the place of the one
/// before and makes a new version of the credential. Whoever brought the paper brings its scan, until the paper is
/// confirmed, refused or annulled.
#[utoipa::path(
    tag = "hours", operation_id = "set_credential_file",
    params(("id" = Uuid, Path, description = "The credential's id")),
    request_body(description = "The scan", content(
        (CredentialScan = "application/pdf"), (CredentialScan = "image/jpeg"), (CredentialScan = "image/png"),
    )),
    responses((status = 200, description = "The credential with its scan", body = CredentialView))
)]
#[put("/credentials/{id}/file")]
pub async fn set_credential_file(call: Call, id: web::Path<Uuid>, body: web::Payload) -> Result<Reply> {
    let if_match = call.if_match()?;
    let media = offered(&call)?;
    call.read(async |ctx| service::may_set_file(ctx, *id, if_match).await).await?;
    let bytes = read_raw(&call, body, call.app.config.file_bytes).await?;
    if Media::of(&bytes) != Some(media) {
        return Err(wrong_type());
    }
    let size = i32::try_from(bytes.len()).map_err(Error::internal)?;
    let digest = Sha256::digest(&bytes).to_vec();
    let store = call.app.files.clone();
    let place = web::block(move || store.keep(bytes)).await.map_err(Error::internal)??;
    let new = NewFile { media, size, digest, place };
    let done = call
        .write(async |ctx| {
            let (case, replaced) = service::set_credential_file(ctx, *id, if_match, &new).await?;
            let version = case.credential.version;
            Ok((Reply::derived(version, &view(ctx, case, call.language()).await?)?, replaced))
        })
        .await;
    // Of the scan before and the new one, the one that no row names goes. After a fault nobody knows which that is.
    match (done, new.place) {
        (Ok((reply, replaced)), _) => {
            forget(&call, replaced).await;
            Ok(reply)
        }
        (Err(refusal), Place::Folder(name)) if refusal.code.status() < 500 => {
            forget(&call, Some(name)).await;
            Err(refusal)
        }
        (Err(refusal), _) => Err(refusal),
    }
}

/// Reads the scan of a credential
///
/// The bytes as they were brought, to be saved: browsers are told not to show them. That somebody else's scan was read is
/// journaled with the purpose (`X-Purpose`).
#[utoipa::path(
    tag = "hours", operation_id = "get_credential_file",
    extensions(("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The scan", content(
        (CredentialScan = "application/pdf"), (CredentialScan = "image/jpeg"), (CredentialScan = "image/png"),
    )))
)]
#[get("/credentials/{id}/file")]
pub async fn get_credential_file(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let said = said_purpose(&call)?;
    let (kept, permit, whose) =
        call.snapshot(async |ctx| service::get_credential_file(ctx, *id).await).await?;
    let purpose = required_purpose(&permit, said)?;
    record(&call, &permit, whose, purpose).await?;
    let store = call.app.files.clone();
    let bytes = web::block(move || store.read(kept.place)).await.map_err(Error::internal)??;
    if kept.digest != Sha256::digest(&bytes).to_vec() {
        return Err(Error::internal(format!("the scan of {id} is not what was brought")));
    }
    let version: String = kept.digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let media = kept.file.media;
    Ok(Reply::file(&version, media.as_str(), format!("credential-{id}.{}", media.ending()), bytes))
}

/// Takes the scan of a credential away
///
/// By whoever may bring another one.
#[utoipa::path(
    tag = "hours", operation_id = "remove_credential_file",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The credential without its scan", body = CredentialView))
)]
#[delete("/credentials/{id}/file")]
pub async fn remove_credential_file(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let (reply, removed) = call
        .write(async |ctx| {
            let (case, removed) = service::remove_credential_file(ctx, *id, if_match).await?;
            let version = case.credential.version;
            Ok((Reply::derived(version, &view(ctx, case, call.language()).await?)?, removed))
        })
        .await?;
    forget(&call, removed).await;
    Ok(reply)
}

/// What the caller says the bytes are.
fn offered(call: &Call) -> Result<Media> {
    let said = media_type(call.request())?;
    Media::parse(&said).ok_or_else(|| {
        Error::new(Code::UnsupportedMedia).detail(
            "Ожидается application/pdf, image/jpeg или image/png",
            "application/pdf, image/jpeg or image/png is expected",
        )
    })
}

fn wrong_type() -> Error {
    Error::field(
        "",
        "file_type",
        "Файл не того вида, что назван в Content-Type",
        "The file is not what its Content-Type says",
    )
}

/// Takes a file out of the folder that no row names any more. What stays for a fault harms nobody and is logged.
pub(crate) async fn forget(call: &Call, name: Option<Uuid>) {
    let Some(name) = name else { return };
    let store = call.app.files.clone();
    let removed = web::block(move || store.remove(name)).await.map_err(Error::internal).flatten();
    if let Err(refusal) = removed {
        log::warn!(target: "rost::files", file:% = name; "a file that nothing names could not be removed: {refusal}");
    }
}
