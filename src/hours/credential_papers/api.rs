//! Endpoints of printed credentials.

use actix_web::{get, web};
use uuid::Uuid;

use super::views::{CredentialPaper, CredentialPrint};
use super::{print, service};
use crate::error::Result;
use crate::http::{Call, PRINTED, Reply, printed_file};

/// Reads a credential to be printed
///
/// What the paper says, with where anybody checks it. With `Accept: application/pdf` it comes on a sheet of A4 with a
/// square code (QR) of that place, in the caller's language; it says of a paper that is annulled or not confirmed that it
/// is.
#[utoipa::path(
    tag = "hours", operation_id = "get_credential_paper",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The paper", content(
        (CredentialPaper = "application/json"), (CredentialPrint = "application/pdf"),
    )))
)]
#[get("/credentials/{id}/paper")]
pub async fn get_credential_paper(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let made = call.read(async |ctx| service::get_credential_paper(ctx, *id).await).await?;
    let place = made.code.as_ref().map(|code| match &call.app.config.public_url {
        Some(address) => format!("{address}/api/v1/verify/{code}"),
        None => code.clone(),
    });
    let version = made.credential.version;
    let paper = CredentialPaper::new(&made, place);
    let reply = Reply::derived(version, &paper)?.by_accept();
    if call.format(PRINTED) == 0 {
        return Ok(reply);
    }
    let name = format!("credential-{}.pdf", paper.credential_id);
    printed_file(version, name, print::sheet(&paper, call.language())).await
}
