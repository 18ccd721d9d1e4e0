//! Endpoints of the papers of an offering.

use actix_web::{post, web};
use uuid::Uuid;

use super::dto::{OfferingCredentialItem, OfferingCredentials, OfferingCredentialsIssue};
use super::service::{self, IssuedPaper};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Issues the credentials of an offering
///
/// Once the offering is over, each completed enrollment without a paper gets one: by its organiser, with title and hours
/// of the enrollment, numbered by the names of the people, from a first number or from a range of the
/// organiser; a range gives back what is left after the last paper. Each paper is issued or refused alone, as `create_credential`
/// would; what is mended is issued by another request, which leaves out who has a paper. At most 200 papers at a time.
#[utoipa::path(
    tag = "hours", operation_id = "issue_offering_credentials", request_body = OfferingCredentialsIssue,
    params(("id" = Uuid, Path, description = "The offering's id")),
    responses((status = 200, description = "What came of each enrollment", body = OfferingCredentials))
)]
#[post("/offerings/{id}/credentials")]
pub async fn issue_offering_credentials(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OfferingCredentialsIssue>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let issuing = body.to_model()?;
        let issued = service::issue_offering_credentials(ctx, *id, &issuing).await?;
        let items = issued.papers.into_iter().map(|paper| item(&call, paper)).collect();
        Reply::ok(&OfferingCredentials::new(items, issued.left))
    })
    .await
}

fn item(call: &Call, paper: IssuedPaper) -> OfferingCredentialItem {
    let (credential_id, problem) = match paper.credential {
        Ok(id) => (Some(id), None),
        Err(refusal) => (None, Some(call.problem(&refusal))),
    };
    let IssuedPaper { enrollment_id, person_id, number, .. } = paper;
    OfferingCredentialItem { enrollment_id, person_id, number, credential_id, problem }
}
