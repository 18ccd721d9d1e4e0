//! Use cases of federal details.

use std::collections::HashMap;

use uuid::Uuid;

use super::model::{CredentialDetails, PersonDetails, Versioned};
use super::{policy, store};
use crate::authz::{Permit, authorize, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::{hold_person, person_facts};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::case::{CredentialCase, credential, hold_credential};
use crate::hours::credentials::policy::GET_CREDENTIAL;

/// What is asked of a person, as far as somebody has written it, by which right, and whose it is: region and person.
pub async fn get_person_federal_details(
    ctx: &Ctx<'_>,
    person_id: Uuid,
) -> Result<(Versioned<PersonDetails>, Permit, (Uuid, Uuid))> {
    let today = today(ctx).await?;
    let person = person_facts(ctx, person_id, today).await?;
    let permit = authorize(ctx.actor, &policy::GET_PERSON_FEDERAL_DETAILS, &person.target_on(today))?;
    let found = store::of_person(ctx.conn, person_id).await?.unwrap_or_default();
    Ok((found, permit, (person.region_id, person_id)))
}

/// Replaces what is asked of a person.
pub async fn set_person_federal_details(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    if_match: i64,
    details: PersonDetails,
) -> Result<Versioned<PersonDetails>> {
    let today = today(ctx).await?;
    hold_person(ctx, person_id).await?;
    let person = person_facts(ctx, person_id, today).await?;
    let permit = authorize(ctx.actor, &policy::SET_PERSON_FEDERAL_DETAILS, &person.target_on(today))?;
    let before = store::of_person(ctx.conn, person_id).await?.unwrap_or_default();
    require(before.version, if_match)?;
    // Values of personal data stay out of the audit log; that they changed does not.
    let change = Change::none().field("details_changed", false, before.details != details);
    let now = Versioned { details, version: before.version + 1 };
    store::put_of_person(ctx, &permit, (person.region_id, person_id), &now).await?;
    ctx.audit(&permit, Subject { kind: "person_federal_details", id: person_id }, change).await?;
    Ok(now)
}

/// What is asked of a document, as far as somebody has written it.
pub async fn get_credential_federal_details(ctx: &Ctx<'_>, id: Uuid) -> Result<Versioned<CredentialDetails>> {
    let case = credential(ctx, id).await?;
    let reading = case.target(today(ctx).await?).reading;
    authorize(ctx.actor, &policy::GET_CREDENTIAL_FEDERAL_DETAILS, &reading)?;
    Ok(store::of_credential(ctx.conn, id).await?.unwrap_or_default())
}

/// Replaces what is asked of a document.
pub async fn set_credential_federal_details(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    details: CredentialDetails,
) -> Result<Versioned<CredentialDetails>> {
    let case = hold_credential(ctx, id).await?;
    authorize_reading(ctx, &case).await?;
    let permit = authorize_seen(ctx.actor, &policy::SET_CREDENTIAL_FEDERAL_DETAILS, &case.bringing())?;
    let before = store::of_credential(ctx.conn, id).await?.unwrap_or_default();
    require(before.version, if_match)?;
    let change = Change::none().field("details_changed", false, before.details != details);
    let now = Versioned { details, version: before.version + 1 };
    store::put_of_credential(ctx, &permit, &case.credential, &now).await?;
    ctx.audit(&permit, Subject { kind: "credential_federal_details", id }, change).await?;
    Ok(now)
}

/// 404 for whoever knows the document in no way: neither as one of its readers nor as its issuer.
async fn authorize_reading(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<()> {
    let reading = case.target(today(ctx).await?).reading;
    match authorize(ctx.actor, &policy::GET_CREDENTIAL_FEDERAL_DETAILS, &reading) {
        Ok(_) => Ok(()),
        Err(_) => authorize(ctx.actor, &GET_CREDENTIAL, &reading).map(drop),
    }
}

fn require(version: i64, if_match: i64) -> Result<()> {
    if version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

/// What is asked of those people, as far as it is written, without asking who may see it: for the export.
pub async fn details_of_people(ctx: &Ctx<'_>, people: &[Uuid]) -> Result<HashMap<Uuid, PersonDetails>> {
    if people.is_empty() { Ok(HashMap::new()) } else { store::of_people(ctx.conn, people).await }
}

/// What is asked of those documents, as far as it is written, without asking who may see it: for the export.
pub async fn details_of_credentials(
    ctx: &Ctx<'_>,
    credentials: &[Uuid],
) -> Result<HashMap<Uuid, CredentialDetails>> {
    if credentials.is_empty() {
        Ok(HashMap::new())
    } else {
        store::of_credentials(ctx.conn, credentials).await
    }
}
