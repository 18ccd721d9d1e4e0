//! The search of programs: one statement, whatever is asked for, and a second one when words are found nowhere.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::hits::{Sight, hits};
use super::rows::ProgramRow;
use super::words::{Match, relevance};
use crate::db::Conn;
use crate::db::schema::{organizations, programs, registry_entries};
use crate::error::Result;
use crate::registry::programs::model::{FoundProgram, ProgramFilter, SearchKey};

/// To rank a hit its whole text is read, so of very many hits the newest are ranked.
const RANKED: i64 = 500;

/// What comes after a title and id.
macro_rules! later {
    ($title:expr, $id:expr) => {
        programs::title.gt($title.clone()).or(programs::title.eq($title).and(programs::id.gt($id)))
    };
}

/// One page. Titles with a typing mistake are looked for only when no program holds the words.
pub(in crate::registry::programs) async fn search(
    conn: &Conn,
    sight: &Sight,
    filter: &ProgramFilter,
    fetch: i64,
    after: Option<SearchKey>,
) -> Result<Vec<FoundProgram>> {
    let way = after.as_ref().map_or(Match::Stems, |(rank, ..)| Match::of_rank(*rank));
    let first = after.is_none();
    let found = page(conn, sight, filter, fetch, after, way).await?;
    if found.is_empty() && first && filter.words.is_some() {
        return page(conn, sight, filter, fetch, None, Match::Typo).await;
    }
    Ok(found)
}

async fn page(
    conn: &Conn,
    sight: &Sight,
    filter: &ProgramFilter,
    fetch: i64,
    after: Option<SearchKey>,
    way: Match,
) -> Result<Vec<FoundProgram>> {
    let words = filter.words.as_deref().unwrap_or_default();
    let mut hits = hits(sight, filter);
    if filter.words.is_some() {
        hits = hits.filter(way.hit(words));
    }
    let mut query = programs::table
        .inner_join(organizations::table)
        .left_join(registry_entries::table)
        .select((
            ProgramRow::as_select(),
            organizations::name,
            organizations::municipality_id,
            registry_entries::state.nullable(),
            way.column(words, filter.by_relevance),
        ))
        .limit(fetch)
        .into_boxed();
    if filter.by_relevance {
        if let Some((rank, title, id)) = after {
            let same = way.rank(words).eq(rank).and(later!(title, id));
            query = query.filter(way.rank(words).lt(rank).or(same));
        }
        hits = hits.order(programs::id.desc()).limit(RANKED);
        query = query.order((relevance().desc(), programs::title, programs::id));
    } else {
        if let Some((_, title, id)) = after {
            // The first condition alone lets the index begin at the right place.
            hits = hits.filter(programs::title.ge(title.clone()).and(later!(title, id)));
        }
        hits = hits.order((programs::title, programs::id)).limit(fetch);
        query = query.order((programs::title, programs::id));
    }
    let rows = query
        .filter(programs::id.eq_any(hits))
        .load::<(ProgramRow, String, Option<Uuid>, Option<String>, i64)>(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|(row, name, municipality_id, entry, rank)| {
            Ok(FoundProgram { program: row.with_provider(name, municipality_id, entry)?, rank })
        })
        .collect()
}
