//! Queries on personal data: the journal, everything about a person, erasure.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{DataRead, Erased, ErasureAct, Purpose};
use crate::authz::{Permit, Role};
use crate::db::schema::{accounts, credential_files, person_erasures, personal_data_reads, persons};
use crate::db::{Conn, Ctx, whole_person, written};
use crate::directory::persons::model::Person;
use crate::error::{Error, Result};
use crate::ids::new_id;

/// Writes a line of the journal for each of the people, in one statement.
pub(super) async fn journal(
    ctx: &Ctx<'_>,
    permit: &Permit,
    (region_id, people): (Uuid, &[Uuid]),
    (operation, purpose): (&str, Purpose),
) -> Result<()> {
    let role = permit.role()?.as_str();
    let line = |person_id: &Uuid| {
        (
            personal_data_reads::id.eq(new_id()),
            personal_data_reads::at.eq(ctx.now),
            personal_data_reads::region_id.eq(region_id),
            personal_data_reads::person_id.eq(*person_id),
            personal_data_reads::account_id.eq(ctx.actor.account_id),
            personal_data_reads::role.eq(role),
            personal_data_reads::organization_id.eq(permit.organization_id()),
            personal_data_reads::operation.eq(operation),
            personal_data_reads::purpose.eq(purpose.as_str()),
            personal_data_reads::request_id.eq(ctx.request_id),
        )
    };
    let lines: Vec<_> = people.iter().map(line).collect();
    diesel::insert_into(personal_data_reads::table).values(lines).execute(&mut &*ctx.conn).await?;
    Ok(())
}

type ReadRow = (Uuid, DateTime<Utc>, String, Option<Uuid>, String, String);

/// One page of the journal about a person, the newest first.
pub(super) async fn reads(
    conn: &Conn,
    person_id: Uuid,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<DataRead>> {
    let mut query = personal_data_reads::table
        .filter(whole_person("personal_data_reads.person_id", person_id))
        .select((
            personal_data_reads::id,
            personal_data_reads::at,
            personal_data_reads::role,
            personal_data_reads::organization_id,
            personal_data_reads::operation,
            personal_data_reads::purpose,
        ))
        .order((personal_data_reads::at.desc(), personal_data_reads::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((at, id)) = after {
        let same = personal_data_reads::at.eq(at).and(personal_data_reads::id.lt(id));
        query = query.filter(personal_data_reads::at.lt(at).or(same));
    }
    let rows: Vec<ReadRow> = query.load(&mut &*conn).await?;
    rows.into_iter()
        .map(|(id, at, role, organization_id, operation, purpose)| {
            Ok(DataRead {
                id,
                at,
                role: Role::parse(&role).ok_or_else(|| Error::internal("unknown role in the journal"))?,
                organization_id,
                operation,
                purpose: Purpose::parse(&purpose)
                    .ok_or_else(|| Error::internal("unknown purpose in the journal"))?,
            })
        })
        .collect()
}

#[derive(QueryableByName)]
struct RecordRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    record: Value,
}

/// Everything that is recorded to these cards, by kind.
pub(super) async fn records(conn: &Conn, cards: &[Uuid]) -> Result<Vec<(String, Value)>> {
    let rows: Vec<RecordRow> = diesel::sql_query("select kind, record from rost_records_of($1)")
        .bind::<Array<SqlUuid>, _>(cards)
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.record)).collect())
}

/// What stands in the place of a name that was erased.
const NAMELESS: &str = "Обезличено";

/// Makes all cards of a person nameless, and what only served to know him.
pub(super) async fn erase(
    ctx: &Ctx<'_>,
    permit: &Permit,
    (person, today): (&Person, NaiveDate),
    act: &ErasureAct,
) -> Result<Erased> {
    let none = None::<String>;
    diesel::sql_query("select rost_forget_words($1)")
        .bind::<SqlUuid, _>(person.id)
        .execute(&mut &*ctx.conn)
        .await?;
    let cards: Vec<Uuid> = diesel::update(persons::table.filter(whole_person("persons.id", person.id)))
        .set((
            persons::last_name.eq(NAMELESS),
            persons::first_name.eq(NAMELESS),
            persons::middle_name.eq(&none),
            persons::snils.eq(&none),
            persons::birth_date.eq(None::<NaiveDate>),
            persons::email.eq(&none),
            persons::source.eq(&none),
            persons::external_id.eq(&none),
            persons::erased_on.eq(today),
            persons::version.eq(persons::version + 1),
            persons::updated_at.eq(ctx.now),
        ))
        .returning(persons::id)
        .get_results(&mut &*ctx.conn)
        .await?;
    forget(ctx, &cards).await?;
    let accounts =
        diesel::update(accounts::table.filter(accounts::person_id.assume_not_null().eq_any(&cards)))
            .set((
                accounts::login.eq(written::<Text>("'erased-' || accounts.id::text")),
                accounts::name.eq(NAMELESS),
                accounts::secret_hash.eq("-"),
                accounts::disabled_at.eq(ctx.now),
                accounts::revoked_before.eq(ctx.now),
                accounts::version.eq(accounts::version + 1),
                accounts::updated_at.eq(ctx.now),
            ))
            .returning(accounts::id)
            .get_results(&mut &*ctx.conn)
            .await?;
    let files: Vec<Option<Uuid>> =
        diesel::delete(credential_files::table.filter(credential_files::person_id.eq_any(&cards)))
            .returning(credential_files::stored_as)
            .get_results(&mut &*ctx.conn)
            .await?;
    let acts: Vec<_> = cards
        .iter()
        .map(|card| {
            Ok((
                person_erasures::person_id.eq(*card),
                person_erasures::region_id.eq(person.region_id),
                person_erasures::act_number.eq(&act.number),
                person_erasures::act_date.eq(act.date),
                person_erasures::ground.eq(&act.ground),
                person_erasures::erased_by.eq(ctx.actor.account_id),
                person_erasures::erased_as.eq(permit.role()?.as_str()),
                person_erasures::erased_at.eq(ctx.now),
            ))
        })
        .collect::<Result<_>>()?;
    diesel::insert_into(person_erasures::table).values(acts).execute(&mut &*ctx.conn).await?;
    Ok(Erased {
        version: person.version + 1,
        erased_on: today,
        accounts,
        files_removed: files.len(),
        files: files.into_iter().flatten().collect(),
    })
}

/// Former names and what the federal register asks for.
async fn forget(ctx: &Ctx<'_>, cards: &[Uuid]) -> Result<()> {
    for call in ["select rost_forget_names($1)", "select rost_forget_details($1)"] {
        diesel::sql_query(call).bind::<Array<SqlUuid>, _>(cards).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
