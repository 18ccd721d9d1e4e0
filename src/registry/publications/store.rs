//! Queries on publications, revisions and what they hold.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Publication, PublishedChange, PublishedProgram, Revision};
use crate::authz::Permit;
use crate::db::schema::{registry_publications, registry_revision_changes, registry_revisions};
use crate::db::{Conn, Ctx, Text, Written, written};
use crate::error::{Error, Result};
use crate::registry::programs::model::Snapshot;
use crate::registry::programs::stored;

/// Rows of one INSERT: five parameters each, and PostgreSQL takes 65,535.
const BATCH: usize = 5_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = registry_publications)]
struct PublicationRow {
    id: Uuid,
    region_id: Uuid,
    year: i32,
    revision: i32,
    published_at: DateTime<Utc>,
    published_on: NaiveDate,
    due_on: Option<NaiveDate>,
    version: i64,
}

impl From<PublicationRow> for Publication {
    fn from(row: PublicationRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            year: row.year,
            revision: row.revision,
            published_at: row.published_at,
            published_on: row.published_on,
            due_on: row.due_on,
            version: row.version,
        }
    }
}

pub(super) async fn find(conn: &Conn, region_id: Uuid, year: i32) -> Result<Option<Publication>> {
    let row = registry_publications::table
        .filter(registry_publications::region_id.eq(region_id))
        .filter(registry_publications::year.eq(year))
        .select(PublicationRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn lock(conn: &Conn, region_id: Uuid, year: i32) -> Result<Publication> {
    let row = registry_publications::table
        .filter(registry_publications::region_id.eq(region_id))
        .filter(registry_publications::year.eq(year))
        .select(PublicationRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await?;
    Ok(row.into())
}

/// Publications of the years from … to, newest first.
pub(super) async fn years(conn: &Conn, region_id: Uuid, from: i32, to: i32) -> Result<Vec<Publication>> {
    let rows = registry_publications::table
        .filter(registry_publications::region_id.eq(region_id))
        .filter(registry_publications::year.between(from, to))
        .order(registry_publications::year.desc())
        .select(PublicationRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    publication: &Publication,
    regulation_id: Option<Uuid>,
) -> Result<()> {
    diesel::insert_into(registry_publications::table)
        .values((
            registry_publications::id.eq(publication.id),
            registry_publications::region_id.eq(publication.region_id),
            registry_publications::year.eq(publication.year),
            registry_publications::revision.eq(publication.revision),
            registry_publications::published_at.eq(publication.published_at),
            registry_publications::published_on.eq(publication.published_on),
            registry_publications::due_on.eq(publication.due_on),
            registry_publications::regulation_id.eq(regulation_id),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The publication's newest revision.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, publication: &Publication) -> Result<()> {
    diesel::update(registry_publications::table.find(publication.id))
        .set((
            registry_publications::revision.eq(publication.revision),
            registry_publications::version.eq(publication.version),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The newest revision with everything it changes.
pub(super) async fn insert_revision(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    publication: &Publication,
    note: Option<&str>,
    programs_count: usize,
    changes: &[(PublishedChange, Snapshot)],
) -> Result<()> {
    diesel::insert_into(registry_revisions::table)
        .values((
            registry_revisions::publication_id.eq(publication.id),
            registry_revisions::revision.eq(publication.revision),
            registry_revisions::published_at.eq(ctx.now),
            registry_revisions::published_by.eq(ctx.actor.account_id),
            registry_revisions::note.eq(note),
            registry_revisions::programs_count.eq(i32::try_from(programs_count).map_err(Error::internal)?),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    for batch in changes.chunks(BATCH) {
        let rows = batch
            .iter()
            .map(|(change, it)| {
                Ok((
                    registry_revision_changes::publication_id.eq(publication.id),
                    registry_revision_changes::revision.eq(publication.revision),
                    registry_revision_changes::program_id.eq(it.program_id),
                    registry_revision_changes::change.eq(change.as_str()),
                    registry_revision_changes::snapshot.eq(stored::to_json(it)?),
                ))
            })
            .collect::<Result<Vec<_>>>()?;
        diesel::insert_into(registry_revision_changes::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}

/// Revisions of a publication, newest first.
pub(super) async fn revisions(
    conn: &Conn,
    publication_id: Uuid,
    fetch: i64,
    before: Option<i32>,
) -> Result<Vec<Revision>> {
    let mut query = registry_revisions::table
        .filter(registry_revisions::publication_id.eq(publication_id))
        .order(registry_revisions::revision.desc())
        .limit(fetch)
        .select((
            registry_revisions::revision,
            registry_revisions::published_at,
            registry_revisions::note,
            registry_revisions::programs_count,
            count_of(PublishedChange::Added),
            count_of(PublishedChange::Changed),
            count_of(PublishedChange::Removed),
        ))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(registry_revisions::revision.lt(before));
    }
    let rows = query.load::<(i32, DateTime<Utc>, Option<String>, i32, i64, i64, i64)>(&mut &*conn).await?;
    let revision = |(revision, published_at, note, programs_count, added, changed, removed)| Revision {
        revision,
        published_at,
        note,
        programs_count,
        added,
        changed,
        removed,
    };
    Ok(rows.into_iter().map(revision).collect())
}

/// How many programs a revision names so.
fn count_of(change: PublishedChange) -> Written<BigInt, Text> {
    let name = change.as_str();
    written::<BigInt>(&format!(
        "(select count(*) from registry_revision_changes c where c.publication_id = registry_revisions.publication_id \
         and c.revision = registry_revisions.revision and c.change = '{name}')"
    ))
}

/// The programs of a revision: the newest word of every program up to it. `only_changes` leaves what the revision
/// itself says, removed programs included.
pub(super) async fn programs(
    conn: &Conn,
    publication_id: Uuid,
    revision: i32,
    only_changes: bool,
    fetch: Option<i64>,
    after: Option<Uuid>,
    among: Option<&[Uuid]>,
) -> Result<Vec<PublishedProgram>> {
    let mut query = registry_revision_changes::table
        .filter(registry_revision_changes::publication_id.eq(publication_id))
        .order(registry_revision_changes::program_id)
        .select((
            registry_revision_changes::revision,
            registry_revision_changes::change,
            registry_revision_changes::program_id,
            registry_revision_changes::snapshot,
        ))
        .into_boxed();
    if only_changes {
        query = query.filter(registry_revision_changes::revision.eq(revision));
    } else {
        let later = diesel::alias!(registry_revision_changes as later);
        let newer = later
            .filter(later.field(registry_revision_changes::publication_id).eq(publication_id))
            .filter(
                later.field(registry_revision_changes::program_id).eq(registry_revision_changes::program_id),
            )
            .filter(later.field(registry_revision_changes::revision).gt(registry_revision_changes::revision))
            .filter(later.field(registry_revision_changes::revision).le(revision));
        query = query
            .filter(registry_revision_changes::revision.le(revision))
            .filter(registry_revision_changes::change.ne(PublishedChange::Removed.as_str()))
            .filter(not(exists(newer)));
    }
    if let Some(after) = after {
        query = query.filter(registry_revision_changes::program_id.gt(after));
    }
    if let Some(among) = among {
        query = query.filter(registry_revision_changes::program_id.eq_any(among));
    }
    if let Some(fetch) = fetch {
        query = query.limit(fetch);
    }
    let rows = query.load::<(i32, String, Uuid, Value)>(&mut &*conn).await?;
    rows.into_iter()
        .map(|(revision, change, program_id, json)| {
            let change = PublishedChange::parse(&change).ok_or_else(|| Error::internal("unknown change"))?;
            Ok(PublishedProgram { revision, change, snapshot: stored::from_json(program_id, json)? })
        })
        .collect()
}

/// The programs that revisions after `from` up to `to` name, in the order of their ids.
pub(super) async fn named_between(
    conn: &Conn,
    publication_id: Uuid,
    (from, to): (i32, i32),
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<Uuid>> {
    let mut query = registry_revision_changes::table
        .filter(registry_revision_changes::publication_id.eq(publication_id))
        .filter(registry_revision_changes::revision.gt(from))
        .filter(registry_revision_changes::revision.le(to))
        .order(registry_revision_changes::program_id)
        .select(registry_revision_changes::program_id)
        .distinct()
        .limit(fetch)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(registry_revision_changes::program_id.gt(after));
    }
    Ok(query.load(&mut &*conn).await?)
}

/// Programs of the registry of now that differ from its newest revision: come, changed or left. What a program says
/// changes only with its edition; the provider may be renamed besides.
const UNPUBLISHED: &str = "
    with newest as (
        select distinct on (program_id) program_id, change, (snapshot ->> 'edition')::integer as edition,
            snapshot ->> 'provider_name' as provider_name
        from registry_revision_changes where publication_id = $1 order by program_id, revision desc
    ), published as (select program_id, edition, provider_name from newest where change <> 'removed'),
    now as (
        select entry.program_id, program.edition, provider.name as provider_name
        from registry_entries entry
        join programs program on program.id = entry.program_id
        join organizations provider on provider.id = program.provider_id
        where entry.region_id = $2 and entry.state = 'active'
    )
    select count(*) as number from published full join now using (program_id)
    where (published.edition, published.provider_name) is distinct from (now.edition, now.provider_name)";

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// How many programs a new revision would name.
pub(super) async fn unpublished_changes(conn: &Conn, publication: &Publication) -> Result<i64> {
    let found: NumberRow = diesel::sql_query(UNPUBLISHED)
        .bind::<SqlUuid, _>(publication.id)
        .bind::<SqlUuid, _>(publication.region_id)
        .get_result(&mut &*conn)
        .await?;
    Ok(found.number)
}
