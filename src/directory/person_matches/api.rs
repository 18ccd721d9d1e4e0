//! Endpoints of matching.

use actix_web::post;

use super::dto::{PersonMatchReport, PersonMatchRequest};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Looks whether a person is known
///
/// By СНИЛС, by the full name today and former ones (ё and е, Latin letters that look like Cyrillic ones and case do not
/// matter), by the date of birth with a name nearly the same. Ask before adding somebody: `create_person` refuses with
/// 409 `conflict.possible_duplicate` what is a possible duplicate here. A POST, so that names stay out of addresses and
/// logs; it changes nothing and may be repeated.
#[utoipa::path(
    tag = "directory", operation_id = "match_persons", request_body = PersonMatchRequest,
    responses((status = 200, description = "Who may be the person", body = PersonMatchReport)),
    extensions(("x-repeatable" = json!(true)))
)]
#[post("/person-matches")]
pub async fn match_persons(call: Call, body: Body<PersonMatchRequest>) -> Result<Reply> {
    let wanted = body.to_model()?;
    let found = call.write(async |ctx| service::match_persons(ctx, &wanted).await).await?;
    Reply::ok(&PersonMatchReport { items: found.into_iter().map(Into::into).collect() })
}
