//! Endpoints of federal details.

use actix_web::{get, put, web};
use uuid::Uuid;

use super::dto::{
    CredentialFederalDetailsSet, CredentialFederalDetailsView, PersonFederalDetailsSet,
    PersonFederalDetailsView,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};
use crate::personal_data::api::{record, said_purpose};
use crate::personal_data::service::required_purpose;

/// Reads what the federal register asks of a person
///
/// Personal data: sex, citizenship, and the document about the education there was before. Nothing but the version 0 while
/// nobody has written it. Journaled with the purpose (`X-Purpose`), which another system has to name.
#[utoipa::path(
    tag = "hours", operation_id = "get_person_federal_details", extensions(("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The details", body = PersonFederalDetailsView))
)]
#[get("/persons/{id}/federal-details")]
pub async fn get_person_federal_details(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let said = said_purpose(&call)?;
    let (found, permit, whose) =
        call.read(async |ctx| service::get_person_federal_details(ctx, *id).await).await?;
    record(&call, &permit, whose, required_purpose(&permit, said)?).await?;
    Reply::item(found.version, &PersonFederalDetailsView::new(*id, found.details))
}

/// Sets what the federal register asks of a person
///
/// As the papers have it: `preview_frdo_export` says what of it the register would not take. The version is 0 at first.
#[utoipa::path(
    tag = "hours", operation_id = "set_person_federal_details", request_body = PersonFederalDetailsSet,
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The details as they are now", body = PersonFederalDetailsView))
)]
#[put("/persons/{id}/federal-details")]
pub async fn set_person_federal_details(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PersonFederalDetailsSet>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write(async |ctx| {
        let details = body.0.clone().into();
        let now = service::set_person_federal_details(ctx, *id, if_match, details).await?;
        Reply::item(now.version, &PersonFederalDetailsView::new(*id, now.details))
    })
    .await
}

/// Reads what the federal register asks of a credential
///
/// What is asked beside what the document says. Nothing but the version 0 while nobody has written it.
#[utoipa::path(
    tag = "hours", operation_id = "get_credential_federal_details",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The details", body = CredentialFederalDetailsView))
)]
#[get("/credentials/{id}/federal-details")]
pub async fn get_credential_federal_details(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::get_credential_federal_details(ctx, *id).await).await?;
    Reply::item(found.version, &CredentialFederalDetailsView::new(*id, found.details))
}

/// Sets what the federal register asks of a credential
///
/// By its issuer, as the papers have it: `preview_frdo_export` says what of it the register would not take. The version is
/// 0 at first.
#[utoipa::path(
    tag = "hours", operation_id = "set_credential_federal_details", request_body = CredentialFederalDetailsSet,
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The details as they are now", body = CredentialFederalDetailsView))
)]
#[put("/credentials/{id}/federal-details")]
pub async fn set_credential_federal_details(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CredentialFederalDetailsSet>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write(async |ctx| {
        let details = body.0.clone().into();
        let now = service::set_credential_federal_details(ctx, *id, if_match, details).await?;
        Reply::item(now.version, &CredentialFederalDetailsView::new(*id, now.details))
    })
    .await
}
