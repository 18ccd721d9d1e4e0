//! Statements for papers that files bring, many at a time.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::references::Issuer;
use super::states::stands;
use super::{CredentialRow, column, duplicates, row_of};
use crate::authz::Permit;
use crate::db::schema::{credentials, enrollments, organizations, persons};
use crate::db::{Conn, Ctx, whole_people, written};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};
use crate::hours::credentials::model::{Credential, External};

/// The paper that its source calls so.
pub(in crate::hours::credentials) async fn find_by_external(
    conn: &Conn,
    region_id: Uuid,
    external: &External,
) -> Result<Option<Credential>> {
    let row = credentials::table
        .filter(credentials::region_id.eq(region_id))
        .filter(credentials::source.assume_not_null().eq(&external.source))
        .filter(credentials::external_id.assume_not_null().eq(&external.id))
        .select(CredentialRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Credential::try_from).transpose()
}

/// An organization and the names a paper may call it by.
#[derive(Debug, Clone)]
pub(in crate::hours::credentials) struct NamedIssuer {
    pub(in crate::hours::credentials) issuer: Issuer,
    pub(in crate::hours::credentials) short_name: Option<String>,
}

/// The organizations of a region with any of those ids or names.
pub(in crate::hours::credentials) async fn issuers(
    conn: &Conn,
    region_id: Uuid,
    ids: &[Uuid],
    names: &[String],
) -> Result<Vec<NamedIssuer>> {
    let rows: Vec<(Uuid, String, Option<String>, String)> = organizations::table
        .filter(organizations::region_id.eq(region_id))
        .filter(
            organizations::id.eq_any(ids).or(organizations::name.eq_any(names)).or(organizations::short_name
                .is_not_null()
                .and(organizations::short_name.assume_not_null().eq_any(names))),
        )
        .select((organizations::id, organizations::name, organizations::short_name, organizations::kind))
        .load(&mut &*conn)
        .await?;
    let issuer = |(id, name, short_name, kind): (Uuid, String, Option<String>, String)| {
        let kind =
            OrganizationKind::parse(&kind).ok_or_else(|| Error::internal("unknown kind of organization"))?;
        Ok(NamedIssuer { issuer: Issuer { id, name, kind }, short_name })
    };
    rows.into_iter().map(issuer).collect()
}

/// Those of the people, by their kept cards, who were ever enrolled for anything on any card.
pub(in crate::hours::credentials) async fn enrolled(conn: &Conn, people: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(enrollments::table
        .inner_join(persons::table)
        .filter(whole_people("enrollments.person_id", people))
        .select(persons::kept_id)
        .distinct()
        .load(&mut &*conn)
        .await?)
}

/// Papers that stand and may be one of many, each with the kept card of its person: of the region by key, of the people by
/// any mark. A duplicate stands for its original.
pub(in crate::hours::credentials) async fn alike(
    conn: &Conn,
    region_id: Uuid,
    people: &[Uuid],
    keys: &[String],
    marks: Vec<String>,
) -> Result<Vec<(Uuid, Credential)>> {
    // Joined, each paper is looked up among the marks once; `&&` would compare it with every one of them.
    let marked = written::<Bool>(
        "credentials.id = any(array(select k.id from persons p join persons c on c.kept_id = p.kept_id \
         join credentials k on k.person_id = c.id cross join lateral unnest(k.marks) m (mark) \
         join unnest(",
    )
    .bind::<Array<Text>, _>(marks.clone())
    .sql(") w (mark) on w.mark = m.mark where p.id = any(")
    .bind::<Array<SqlUuid>, _>(people)
    .sql(")))");
    let of_people = credentials::table
        .inner_join(persons::table)
        .filter(stands())
        .filter(marked)
        .select((persons::kept_id, CredentialRow::as_select()));
    let by_key = credentials::table
        .inner_join(persons::table)
        .filter(stands())
        .filter(credentials::region_id.eq(region_id))
        .filter(credentials::identity.eq_any(keys))
        .select((persons::kept_id, CredentialRow::as_select()));
    let (mut first, mut second) = (conn, conn);
    let rows = async {
        let (of_people, by_key) = tokio::try_join!(
            of_people.load::<(Uuid, CredentialRow)>(&mut first),
            by_key.load::<(Uuid, CredentialRow)>(&mut second),
        )?;
        Ok((of_people, by_key))
    };
    let ((of_people, by_key), duplicates) =
        tokio::try_join!(rows, duplicates::alike_many(conn, region_id, people, keys, column(marks)),)?;
    let papers = of_people.into_iter().chain(by_key);
    let papers = papers.map(|(kept_id, row)| Ok((kept_id, Credential::try_from(row)?)));
    papers.chain(duplicates.into_iter().map(Ok)).collect()
}

/// Papers with their keys and marks.
pub(in crate::hours::credentials) async fn insert_many(
    ctx: &Ctx<'_>,
    _permits: &[Permit],
    papers: Vec<(&Credential, &str, Vec<String>)>,
) -> Result<()> {
    let mut rows: Vec<CredentialRow> =
        papers.into_iter().map(|(paper, key, marks)| row_of(ctx, paper, key, marks)).collect();
    // A statement takes 65,535 parameters at most.
    while !rows.is_empty() {
        let portion: Vec<CredentialRow> = rows.drain(..rows.len().min(1_000)).collect();
        diesel::insert_into(credentials::table).values(portion).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
