//! Reading revisions: a page, the whole, and what differs between two.

use std::collections::HashMap;

use uuid::Uuid;

use super::visible_region;
use crate::authz::Rule;
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::http::PageQuery;
use crate::registry::programs::model::Snapshot;
use crate::registry::publications::model::{Publication, PublishedProgram, RevisionChange, difference};
use crate::registry::publications::{policy, store};

/// One page of the registry as a revision published it.
pub async fn list_published_programs(
    ctx: &Ctx<'_>,
    (year, revision): (i32, i32),
    only_changes: bool,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<PublishedProgram>> {
    let publication = publication(ctx, &policy::LIST_PUBLISHED_PROGRAMS, year, revision).await?;
    store::programs(ctx.conn, publication.id, revision, only_changes, Some(page.fetch()), after, None).await
}

/// The registry as a revision published it, as a whole: for a file.
pub async fn published_registry(
    ctx: &Ctx<'_>,
    (year, revision): (i32, i32),
    only_changes: bool,
) -> Result<Vec<PublishedProgram>> {
    let publication = publication(ctx, &policy::LIST_PUBLISHED_PROGRAMS, year, revision).await?;
    store::programs(ctx.conn, publication.id, revision, only_changes, None, None, None).await
}

/// One page of what differs between two revisions of a year, by program; a program that came and left again in between
/// does not differ.
pub async fn compare_registry_revisions(
    ctx: &Ctx<'_>,
    year: i32,
    (from, to): (i32, i32),
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<(Uuid, Option<RevisionChange>)>> {
    let publication = publication(ctx, &policy::COMPARE_REGISTRY_REVISIONS, year, to).await?;
    if from >= to {
        let (ru, en) = ("Сначала более ранняя редакция", "The earlier revision comes first");
        return Err(Error::field("to", "range", ru, en));
    }
    let ids = store::named_between(ctx.conn, publication.id, (from, to), page.fetch(), after).await?;
    let (mut old, mut new) =
        tokio::try_join!(state(ctx, publication.id, from, &ids), state(ctx, publication.id, to, &ids),)?;
    Ok(ids.into_iter().map(|id| (id, difference(old.remove(&id), new.remove(&id)))).collect())
}

/// These programs as they stood in a revision.
async fn state(
    ctx: &Ctx<'_>,
    publication_id: Uuid,
    revision: i32,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Snapshot>> {
    let found = store::programs(ctx.conn, publication_id, revision, false, None, None, Some(ids)).await?;
    Ok(found.into_iter().map(|program| (program.snapshot.program_id, program.snapshot)).collect())
}

/// The publication of a year, if it has that revision.
async fn publication(ctx: &Ctx<'_>, rule: &'static Rule, year: i32, revision: i32) -> Result<Publication> {
    let region_id = visible_region(ctx, rule)?;
    let publication = store::find(ctx.conn, region_id, year).await?.ok_or(Error::not_found())?;
    if (1..=publication.revision).contains(&revision) { Ok(publication) } else { Err(Error::not_found()) }
}
