//! Queries on credit transfers.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{CreditTransfer, Granted, TransferState};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::credit_transfers::{self, table};
use crate::db::schema::{credentials, persons};
use crate::db::{Conn, Ctx, DbHours, people_filter, whole_people, whole_person};
use crate::error::{Error, Result};
use crate::registry::credit_rules::model::Creditable;

#[derive(Queryable, Selectable)]
#[diesel(table_name = credit_transfers)]
struct TransferRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    person_id: Uuid,
    credit_rule_id: Uuid,
    credential_id: Uuid,
    target_program_id: Uuid,
    target_module_id: Option<Uuid>,
    enrollment_id: Option<Uuid>,
    hours: DbHours,
    state: String,
    reason: Option<String>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<TransferRow> for CreditTransfer {
    type Error = Error;

    fn try_from(row: TransferRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            credit_rule_id: row.credit_rule_id,
            credential_id: row.credential_id,
            target: Creditable { program_id: row.target_program_id, module_id: row.target_module_id },
            enrollment_id: row.enrollment_id,
            hours: row.hours.into(),
            state: TransferState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of a transfer in the database"))?,
            reason: row.reason,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            revoked_at: row.revoked_at,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which transfers a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only credited by this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<TransferState>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<CreditTransfer> {
    let row: TransferRow = table.find(id).select(TransferRow::as_select()).first(&mut &*conn).await?;
    CreditTransfer::try_from(row)
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<CreditTransfer> {
    let query = table.find(id).select(TransferRow::as_select()).for_update();
    let row: TransferRow = query.first(&mut &*conn).await?;
    CreditTransfer::try_from(row)
}

/// Of the scope's people, and those that its organizations credit.
pub(super) async fn list(
    conn: &Conn,
    (scope, today): (&Scope, NaiveDate),
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<CreditTransfer>> {
    let organization =
        |part: &ScopePart| if let ScopePart::Organization(id) = part { Some(*id) } else { None };
    let crediting: Vec<Uuid> = scope.parts().iter().filter_map(organization).collect();
    let mut query = table
        .select(TransferRow::as_select())
        .filter(people_filter!(credit_transfers, scope, today))
        .order((credit_transfers::created_at.desc(), credit_transfers::id.desc()))
        .limit(fetch)
        .into_boxed();
    // Only where it adds something: an `or` keeps the database from reading a region by its index.
    if !crediting.is_empty() {
        query = query.or_filter(credit_transfers::organization_id.eq_any(crediting));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("credit_transfers.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(credit_transfers::organization_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(credit_transfers::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = credit_transfers::created_at.eq(at).and(credit_transfers::id.lt(id));
        query = query.filter(credit_transfers::created_at.lt(at).or(same));
    }
    let rows: Vec<TransferRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(CreditTransfer::try_from).collect()
}

/// Person, document, program and module of the target, hours, when granted and when taken back.
type GrantedRow = (Uuid, Uuid, Uuid, Option<Uuid>, DbHours, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// A document: whose, of which program and module, when issued.
type PaperRow = (Uuid, Uuid, Option<Uuid>, Option<Uuid>, NaiveDate);

/// The transfers that were granted to people, with their documents about the targets: a second statement only where there
/// are any.
pub(super) async fn granted(conn: &Conn, people: &[Uuid]) -> Result<Vec<Granted>> {
    let query = table
        .inner_join(persons::table.on(persons::id.eq(credit_transfers::person_id)))
        .filter(credit_transfers::state.eq_any(["granted", "revoked"]))
        .order((credit_transfers::decided_at, credit_transfers::id))
        .select((
            persons::kept_id,
            credit_transfers::credential_id,
            credit_transfers::target_program_id,
            credit_transfers::target_module_id,
            credit_transfers::hours,
            credit_transfers::decided_at,
            credit_transfers::revoked_at,
        ))
        .into_boxed();
    // A statement with a list of people for a parameter is planned anew each time.
    let query = match people {
        [one] => query.filter(whole_person("credit_transfers.person_id", *one)),
        many => query.filter(whole_people("credit_transfers.person_id", many)),
    };
    let rows: Vec<GrantedRow> = query.load(&mut &*conn).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people: BTreeSet<Uuid> = rows.iter().map(|row| row.0).collect();
    let programs: BTreeSet<Uuid> = rows.iter().map(|row| row.2).collect();
    let papers: Vec<PaperRow> = credentials::table
        .inner_join(persons::table)
        .filter(persons::kept_id.eq_any(Vec::from_iter(people)))
        .filter(credentials::program_id.is_not_null())
        .filter(credentials::program_id.assume_not_null().eq_any(Vec::from_iter(programs)))
        .order((credentials::issued_on, credentials::id))
        .select((
            credentials::id,
            persons::kept_id,
            credentials::program_id,
            credentials::module_id,
            credentials::issued_on,
        ))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|row| of_row(row, &papers)).collect()
}

fn of_row(row: GrantedRow, papers: &[PaperRow]) -> Result<Granted> {
    let (person_id, credential_id, program_id, module_id, hours, granted_at, revoked_at) = row;
    // A document about the whole program holds each of its modules.
    let about = |(_, whose, program, module, _): &&PaperRow| {
        *whose == person_id
            && *program == Some(program_id)
            && (module.is_none() || module_id.is_none() || *module == module_id)
    };
    Ok(Granted {
        person_id,
        credential_id,
        hours: hours.into(),
        granted_at: granted_at.ok_or_else(|| Error::internal("a transfer granted at no moment"))?,
        revoked_at,
        papers: papers.iter().filter(about).map(|(id, .., issued_on)| (*id, *issued_on)).collect(),
    })
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, transfer: &CreditTransfer) -> Result<()> {
    diesel::insert_into(table)
        .values((
            credit_transfers::id.eq(transfer.id),
            credit_transfers::region_id.eq(transfer.region_id),
            credit_transfers::organization_id.eq(transfer.organization_id),
            credit_transfers::person_id.eq(transfer.person_id),
            credit_transfers::credit_rule_id.eq(transfer.credit_rule_id),
            credit_transfers::credential_id.eq(transfer.credential_id),
            credit_transfers::target_program_id.eq(transfer.target.program_id),
            credit_transfers::target_module_id.eq(transfer.target.module_id),
            credit_transfers::enrollment_id.eq(transfer.enrollment_id),
            credit_transfers::hours.eq(DbHours(transfer.hours)),
            credit_transfers::state.eq(transfer.state.as_str()),
            credit_transfers::requested_by.eq(ctx.actor.account_id),
            credit_transfers::version.eq(transfer.version),
            credit_transfers::created_at.eq(transfer.created_at),
            credit_transfers::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, transfer: &CreditTransfer) -> Result<()> {
    diesel::update(table.find(transfer.id))
        .set((
            credit_transfers::state.eq(transfer.state.as_str()),
            credit_transfers::reason.eq(&transfer.reason),
            credit_transfers::decided_by.eq(transfer.decided_by),
            credit_transfers::decided_at.eq(transfer.decided_at),
            credit_transfers::revoked_at.eq(transfer.revoked_at),
            credit_transfers::version.eq(transfer.version),
            credit_transfers::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
