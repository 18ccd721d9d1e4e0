//! Endpoints of verification.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::model::VerificationCode;
use super::service;
use super::views::CredentialVerificationView;
use crate::error::{Error, Result};
use crate::hours::credentials::api::view;
use crate::hours::credentials::views::CredentialView;
use crate::http::{Call, Reply};

/// Gives a credential its verification code
///
/// Papers that are issued here have one from the beginning, papers of known issuers that came otherwise get theirs when
/// they are confirmed; this is for older ones. A credential that has a code keeps it.
#[utoipa::path(
    tag = "hours", operation_id = "create_credential_code",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The credential with its code", body = CredentialView))
)]
#[post("/credentials/{id}/verification")]
pub async fn create_credential_code(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let case = service::create_credential_code(ctx, *id).await?;
        let version = case.credential.version;
        Reply::derived(version, &view(ctx, case, call.language()).await?)
    })
    .await
}

/// Verifies a credential by its code
///
/// For whoever is shown a paper: whether it is genuine and confirmed. The code is read in any case, with spaces and
/// hyphens, with O for 0 and I or L for 1. An address asks at most once a second, 20 times at once.
#[utoipa::path(
    tag = "hours", operation_id = "verify_credential",
    params(("code" = String, Path, description = "The code of the paper", min_length = 1, max_length = 64,
        pattern = "^[0-9A-Za-z -]+$", example = "01AZ-0ZHJ-KMNP-QRST-VWXY")),
    responses((status = 200, description = "What the paper says, and whether that holds", body = CredentialVerificationView))
)]
#[get("/verify/{code}")]
pub async fn verify_credential(call: Call, code: web::Path<String>) -> Result<Reply> {
    let code = VerificationCode::read(&code).ok_or_else(Error::not_found)?;
    call.charge_address(&call.app.guesses)?;
    let found = call.read(async |ctx| service::verify_credential(ctx, &code).await).await?;
    Ok(Reply::derived(1, &CredentialVerificationView::from(found))?.no_store())
}
