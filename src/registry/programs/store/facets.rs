//! Counts of the programs found by each value they have: one statement for all facets.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::hits::{Sight, hits};
use super::words::Match;
use crate::db::Conn;
use crate::db::schema::programs;
use crate::error::Result;
use crate::registry::programs::model::{FacetCount, ProgramFilter};

/// Values of one facet at most: the most frequent ones.
const COUNTS: &str = ")), counted(facet, value, label, number) as (
    select 'total', '', null::text, count(*) from hits
    union all select 'kind', kind, null, count(*) from hits group by kind
    union all select 'study_form', study_form, null, count(*) from hits group by study_form
    union all select 'delivery', value, null, count(*) from hits, unnest(delivery) value group by value
    union all select 'audience', value, null, count(*) from hits, unnest(audience) value group by value
    union all select 'education_level', value, null, count(*) from hits, unnest(education_levels) value group by value
    union all select 'subject', value, null, count(*) from hits, unnest(subjects) value group by value
    union all select 'quality_mark', value, null, count(*) from hits,
        lateral (select distinct mark ->> 'kind' as value from jsonb_array_elements(details -> 'quality_marks') mark) marks
        group by value
    union all select 'hours', case when hours <= 36 then '16-36' when hours <= 72 then '37-72'
        when hours <= 144 then '73-144' when hours < 250 then '145-249' else '250-' end, null, count(*) from hits group by 2
    union all select 'price', case when coalesce(price_rubles, 0) = 0 then '0' when price_rubles <= 5000 then '1-5000'
        when price_rubles <= 15000 then '5001-15000' else '15001-' end, null, count(*) from hits group by 2
    union all select 'provider_id', provider.id::text, provider.name, count(*)
        from hits join organizations provider on provider.id = hits.provider_id group by provider.id
    union all select 'municipality_id', place.id::text, place.name, count(*) from hits
        join organizations provider on provider.id = hits.provider_id
        join organizations place on place.id = provider.municipality_id group by place.id
    union all select 'competency_id', taught.competency_id::text, left(competency.title, 500), taught.number from (
        select link.competency_id, count(distinct hits.id) as number from hits
            join program_modules module on module.program_id = hits.id and module.current
            join module_competencies link on link.module_id = module.id group by link.competency_id
        ) taught join competencies competency on competency.id = taught.competency_id
), ranked as (
    select *, row_number() over (partition by facet order by number desc, value) as place from counted
)
select facet, value, label, number from ranked where place <= 50 order by facet, number desc, value";

/// The statement around the ids of the hits.
struct Facets<Q>(Q);

impl<Q> Query for Facets<Q> {
    type SqlType = (Text, Text, Nullable<Text>, BigInt);
}

/// The text of the statement is the key of its cache.
impl<Q> QueryId for Facets<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Facets<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "with hits as materialized (select id, kind, study_form, delivery, audience, education_levels, subjects, \
             details, hours, price_rubles, provider_id from programs where id in (",
        );
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(COUNTS);
        Ok(())
    }
}

/// How many programs of the search have which value; of titles with a typing mistake when nothing holds the words.
pub(in crate::registry::programs) async fn facets(
    conn: &Conn,
    sight: &Sight,
    filter: &ProgramFilter,
) -> Result<Vec<FacetCount>> {
    let found = counted(conn, sight, filter, Match::Stems).await?;
    let nothing = found.iter().any(|count| count.facet == "total" && count.count == 0);
    if nothing && filter.words.is_some() {
        counted(conn, sight, filter, Match::Typo).await
    } else {
        Ok(found)
    }
}

async fn counted(conn: &Conn, sight: &Sight, filter: &ProgramFilter, way: Match) -> Result<Vec<FacetCount>> {
    let mut hits = hits(sight, filter);
    if let Some(words) = filter.words.as_deref() {
        hits = hits.filter(way.hit(words));
    }
    let rows =
        Facets(hits.select(programs::id)).load::<(String, String, Option<String>, i64)>(&mut &*conn).await?;
    Ok(rows
        .into_iter()
        .map(|(facet, value, label, count)| FacetCount { facet, value, label, count })
        .collect())
}

/// The people whose deficits these are, with the deficit of each.
pub(in crate::registry::programs) async fn people_of_deficits(
    conn: &Conn,
    ids: &[uuid::Uuid],
) -> Result<Vec<(uuid::Uuid, uuid::Uuid)>> {
    use crate::db::schema::deficits;
    Ok(deficits::table
        .filter(deficits::id.eq_any(ids))
        .select((deficits::id, deficits::person_id))
        .load(&mut &*conn)
        .await?)
}
