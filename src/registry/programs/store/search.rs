//! The search of programs: one statement, whatever is asked for, and a second one when words are found nowhere.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Nullable};
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::hits::{Sight, hits, narrowed, one, own_places, region};
use super::rows::ProgramRow;
use super::starts::{Start, next_start, start_of};
use super::words::{Match, Phrase, relevance};
use crate::db::schema::{
    deficits, module_competencies, organizations, program_modules, programs, registry_entries,
};
use crate::db::{Conn, DbHours};
use crate::error::Result;
use crate::registry::programs::model::{FoundProgram, ProgramFilter, ProgramOrder, SearchKey};
use crate::registry::programs::stored;
use crate::values::Hours;

/// To rank a hit its whole text is read, so of very many hits the newest are ranked.
const RANKED: i64 = 500;

/// What comes after a title and id.
macro_rules! later {
    ($title:expr, $id:expr) => {
        programs::title.gt($title.clone()).or(programs::title.eq($title).and(programs::id.gt($id)))
    };
}

type FoundRow = (ProgramRow, String, Option<Uuid>, Option<String>, Option<Value>, i64);

/// The modules of a program in force, in the same statement.
const MODULES: &[&str] =
    &["(select jsonb_agg(jsonb_build_object('id', module.id, 'title', module.title, 'hours', module.hours,
    'provider_id', module.provider_id) order by module.position)
    from program_modules module where module.program_id = programs.id and module.current)"];

/// What is shown of a program, and its rank.
macro_rules! shown {
    ($rank:expr) => {
        programs::table.inner_join(organizations::table).left_join(registry_entries::table).select((
            ProgramRow::as_select(),
            organizations::name,
            organizations::municipality_id,
            registry_entries::state.nullable(),
            Phrase::<Nullable<Jsonb>>::fixed(MODULES),
            $rank,
        ))
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
    let rows = match filter.words.as_deref() {
        Some(words) if filter.order == ProgramOrder::Relevance => {
            // No index has this order, so that the words' own index is always the way to the hits.
            let newest = (programs::created_at.desc(), programs::id.desc());
            let hits = hits(sight, filter).filter(way.hit(words)).order(newest).limit(RANKED);
            let mut query = shown!(way.rank_column(words)).filter(programs::id.eq_any(hits)).into_boxed();
            if let Some((rank, title, id, _)) = after {
                let same = way.rank(words).eq(rank).and(later!(title, id));
                query = query.filter(way.rank(words).lt(rank).or(same));
            }
            let best = (relevance().desc(), programs::title, programs::id);
            query.order(best).limit(fetch).load::<FoundRow>(&mut &*conn).await?
        }
        words if filter.order == ProgramOrder::Start => {
            let start = || Start::new(filter, way);
            let mut query = narrowed!(shown!(start().column()), sight, filter);
            if let Some(words) = words {
                query = query.filter(way.hit(words));
            }
            if let Some((rank, title, id, _)) = after {
                let same = start().eq(rank).and(later!(title, id));
                query = query.filter(start().gt(rank).or(same));
            }
            let next = (next_start().asc(), programs::title, programs::id);
            query.order(next).limit(fetch).load::<FoundRow>(&mut &*conn).await?
        }
        words if matches!(filter.order, ProgramOrder::Hours | ProgramOrder::Price) => {
            let measure = || way.measure(filter.order);
            let mut query = narrowed!(shown!(measure()), sight, filter);
            if let Some(words) = words {
                query = query.filter(way.hit(words));
            }
            if let Some((rank, title, id, _)) = after {
                let same = measure().eq(rank).and(later!(title, id));
                query = query.filter(measure().ge(rank).and(measure().gt(rank).or(same)));
            }
            let least = (measure().asc(), programs::title, programs::id);
            query.order(least).limit(fetch).load::<FoundRow>(&mut &*conn).await?
        }
        Some(words) => {
            let hits = hits(sight, filter).filter(way.hit(words));
            let mut query = shown!(way.constant()).filter(programs::id.eq_any(hits)).into_boxed();
            if let Some((_, title, id, _)) = after {
                query = query.filter(later!(title, id));
            }
            query.order((programs::title, programs::id)).limit(fetch).load::<FoundRow>(&mut &*conn).await?
        }
        None => {
            let mut query = narrowed!(shown!(way.constant()), sight, filter);
            if let Some((_, title, id, _)) = after {
                // The first condition alone lets the index begin at the right place.
                query = query.filter(programs::title.ge(title.clone()).and(later!(title, id)));
            }
            query.order((programs::title, programs::id)).limit(fetch).load::<FoundRow>(&mut &*conn).await?
        }
    };
    rows.into_iter()
        .map(|(row, name, municipality_id, entry, modules, rank)| {
            let start = (filter.order == ProgramOrder::Start).then(|| start_of(filter, rank));
            let modules = modules.map(stored::listed_modules).transpose()?.unwrap_or_default();
            let program = row.with_provider(name, municipality_id, entry)?;
            Ok(FoundProgram { program, rank, modules, start })
        })
        .collect()
}
