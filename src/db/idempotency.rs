//! Idempotency keys: the answer is stored in the transaction of its effect, so that a repeat gets the same answer.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::Ctx;
use super::schema::idempotency_keys as keys;
use crate::error::{Code, Error, Result};

/// The stored answer of an earlier request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = keys)]
pub struct StoredReply {
    /// HTTP status.
    pub status: i16,
    /// `Location`.
    pub location: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// JSON text.
    pub body: String,
}

/// A claim on a key, good until the end of the transaction.
#[derive(Debug)]
pub struct Claim<'a> {
    operation: &'a str,
    key: &'a str,
    fingerprint: &'a [u8],
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn hashtextextended(text: Text, seed: BigInt) -> BigInt;
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
}

impl<'a> Claim<'a> {
    /// Claims the key for this transaction, or gives the answer of the request that used it.
    pub async fn take(
        ctx: &Ctx<'_>,
        operation: &'a str,
        key: &'a str,
        fingerprint: &'a [u8],
    ) -> Result<std::result::Result<Self, StoredReply>> {
        let account_id = ctx.actor.account_id;
        // A twin that is being carried out right now is told apart from one that has finished.
        let name = format!("{account_id} {operation} {key}");
        let (mut first, mut second) = (ctx.conn, ctx.conn);
        // They travel together; the second one starts when the first is done and sees what a finished twin stored.
        let (locked, stored): (bool, Option<(Vec<u8>, StoredReply)>) = tokio::try_join!(
            diesel::select(pg_try_advisory_xact_lock(hashtextextended(name, 0_i64))).get_result(&mut first),
            async {
                let key = keys::table.find((account_id, operation, key));
                let stored = key.select((keys::fingerprint, StoredReply::as_select()));
                stored.first(&mut second).await.optional()
            },
        )?;
        if !locked {
            return Err(Error::new(Code::IdempotencyInProgress).retry_after(1));
        }
        match stored {
            None => Ok(Ok(Self { operation, key, fingerprint })),
            Some((known, reply)) if known == fingerprint => Ok(Err(reply)),
            Some(_) => Err(Error::new(Code::IdempotencyKeyReused)),
        }
    }

    /// Stores the answer next to its effect.
    pub async fn finish(self, ctx: &Ctx<'_>, reply: &StoredReply) -> Result<()> {
        diesel::insert_into(keys::table)
            .values((
                keys::account_id.eq(ctx.actor.account_id),
                keys::operation.eq(self.operation),
                keys::key.eq(self.key),
                keys::fingerprint.eq(self.fingerprint),
                keys::status.eq(reply.status),
                keys::location.eq(&reply.location),
                keys::etag.eq(&reply.etag),
                keys::body.eq(&reply.body),
                keys::created_at.eq(ctx.now),
            ))
            .execute(&mut &*ctx.conn)
            .await?;
        Ok(())
    }
}

/// Deletes at most that many answers stored before that moment; how many there were.
pub async fn sweep_idempotency_keys(ctx: &Ctx<'_>, before: DateTime<Utc>, limit: i64) -> Result<usize> {
    let swept = diesel::sql_query(
        "delete from idempotency_keys where ctid = any(array(
             select ctid from idempotency_keys where created_at < $1
             order by created_at limit $2 for update skip locked))",
    );
    Ok(swept.bind::<Timestamptz, _>(before).bind::<BigInt, _>(limit).execute(&mut &*ctx.conn).await?)
}
