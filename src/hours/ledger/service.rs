//! Use cases of the ledger.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Lines, ListedEntry};
use super::{policy, store};
use crate::authz::{Permit, authorize};
use crate::db::Ctx;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::model::Credential;
use crate::http::PageQuery;

/// One page of the ledger of a person.
pub async fn list_ledger_entries(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ListedEntry>> {
    let today = today(ctx).await?;
    let (person, found) = tokio::try_join!(
        person_facts(ctx, person_id, today),
        store::list(ctx.conn, person_id, page.fetch(), after),
    )?;
    authorize(ctx.actor, &policy::LIST_LEDGER_ENTRIES, &person.target_on(today))?;
    Ok(found)
}

/// Posts the hours of a confirmed credential. The caller holds the lock of the person.
pub async fn post(ctx: &Ctx<'_>, permit: &Permit, credential: &Credential) -> Result<()> {
    let key = credential.data.identity().key().ok_or_else(|| Error::internal("a paper without identity"))?;
    store::post(ctx, permit, credential, &key).await
}

/// Takes the hours of a credential back for good. The caller holds the lock of the person.
pub async fn reverse(ctx: &Ctx<'_>, permit: &Permit, credential: &Credential, reason: &str) -> Result<()> {
    store::reverse(ctx, permit, credential, reason).await
}

/// The whole ledger of a person: for balances, which ask about rights themselves.
pub async fn lines_of_person(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Lines> {
    store::lines(ctx.conn, &[person_id]).await
}

/// The whole ledgers of these people, in one statement: for checks, which ask about rights themselves.
pub async fn lines_of_people(ctx: &Ctx<'_>, person_ids: &[Uuid]) -> Result<Lines> {
    store::lines(ctx.conn, person_ids).await
}
