//! Endpoints of receipts.

use actix_web::{post, web};
use uuid::Uuid;

use super::dto::CredentialReceiptCreate;
use super::service;
use crate::error::Result;
use crate::hours::credentials::api::view;
use crate::hours::credentials::views::CredentialView;
use crate::http::{Body, Call, Reply};

/// Receives a credential that was handed in
///
/// The head of the person's school, or whoever the regulation names, has the paper now. Its hours are confirmed apart
/// from that, with `decide_credential`. Where the regulation has no papers received: 422 `receipts_not_used`.
#[utoipa::path(
    tag = "hours", operation_id = "receive_credential", request_body = CredentialReceiptCreate,
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The credential with its receipt", body = CredentialView))
)]
#[post("/credentials/{id}/receipt")]
pub async fn receive_credential(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CredentialReceiptCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let case = service::receive_credential(ctx, *id, body.0.clone().into()).await?;
        let version = case.credential.version;
        Reply::derived(version, &view(ctx, case, call.language()).await?)
    })
    .await
}
