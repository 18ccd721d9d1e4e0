//! Who records papers and who issues duplicates wait for each other where the documents may be one: the same identity may
//! stand in either table, and no unique index looks at both.

use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, statement};
use crate::error::Result;

/// The locks of identities in a region, in one order, so that two who need several meet without a ring. There are 1,024
/// of them, whatever the number of papers: a transaction with a whole file in it does not fill the table of locks.
macro_rules! hold {
    ($lock:literal) => {
        concat!(
            "select ",
            $lock,
            "(hashtext($1::text), held.place) from ( \
                select distinct hashtext(mark) & 1023 as place from unnest($2) mark order by place) held"
        )
    };
}

/// Papers do not wait for papers: those of one person have his lock, and for those of two the unique index decides.
const OF_PAPERS: &str = hold!("pg_advisory_xact_lock_shared");
const OF_DUPLICATE: &str = hold!("pg_advisory_xact_lock");

/// Holds the identities of papers that are about to be looked up and recorded, until the end of the transaction; after the
/// people. `marks` are those of [`DocumentIdentity::marks`](crate::hours::model::DocumentIdentity::marks): they are the same
/// however the issuer is named, and whichever card of the person the paper is recorded to.
pub(in crate::hours::credentials) async fn hold_for_papers(
    conn: &Conn,
    region_id: Uuid,
    marks: &[String],
) -> Result<()> {
    hold(conn, OF_PAPERS, region_id, marks).await
}

/// The same for a duplicate, which no index keeps apart from papers.
pub(in crate::hours::credentials) async fn hold_for_duplicate(
    conn: &Conn,
    region_id: Uuid,
    marks: &[String],
) -> Result<()> {
    hold(conn, OF_DUPLICATE, region_id, marks).await
}

async fn hold(conn: &Conn, text: &'static str, region_id: Uuid, marks: &[String]) -> Result<()> {
    if !marks.is_empty() {
        statement(text)
            .bind::<SqlUuid, _>(region_id)
            .bind::<Array<Text>, _>(marks)
            .execute(&mut &*conn)
            .await?;
    }
    Ok(())
}
