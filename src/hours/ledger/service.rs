//! Use cases of the ledger.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Line, ListedEntry};
use super::{policy, store};
use crate::authz::{Permit, authorize};
use crate::db::Ctx;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::model::Credential;
use crate::hours::model::LedgerEntry;
use crate::http::PageQuery;
use crate::registry::provider_licences::service::records;

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
pub async fn lines_of_person(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<Line>> {
    with_records(ctx, store::lines(ctx.conn, store::People::One(person_id)).await?).await
}

/// The whole ledgers of these people, in one statement: for checks, which ask about rights themselves.
pub async fn lines_of_people(ctx: &Ctx<'_>, person_ids: &[Uuid]) -> Result<Vec<Line>> {
    if person_ids.is_empty() {
        return Ok(Vec::new());
    }
    with_records(ctx, store::lines(ctx.conn, store::People::Many(person_ids.to_vec())).await?).await
}

/// The whole ledgers of everybody who works at the organization on the day, in one statement.
pub async fn lines_of_staff(ctx: &Ctx<'_>, organization_id: Uuid, day: NaiveDate) -> Result<Vec<Line>> {
    with_records(ctx, store::lines(ctx.conn, store::People::StaffOf { organization_id, day }).await?).await
}

/// The lines with what is recorded of their issuers beside the directory: licences, dated founders.
async fn with_records(ctx: &Ctx<'_>, mut lines: Vec<Line>) -> Result<Vec<Line>> {
    let mut issuers: Vec<Uuid> = lines.iter().filter_map(|line| line.issuer_id).collect();
    issuers.sort_unstable();
    issuers.dedup();
    let records = records(ctx, &issuers).await?;
    for line in &mut lines {
        let record = line.issuer_id.and_then(|id| records.get(&id)).cloned();
        if let (Some(record), LedgerEntry::Credit(credit)) = (record, &mut line.entry) {
            credit.provider.learn(record.founders, record.licences);
        }
    }
    Ok(lines)
}
