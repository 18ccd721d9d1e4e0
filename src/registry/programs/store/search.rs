//! The search of programs: one statement, whatever is asked for.

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::rows::ProgramRow;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{
    deficits, module_competencies, organizations, program_modules, programs, registry_entries,
};
use crate::db::{Conn, DbHours};
use crate::error::Result;
use crate::registry::programs::model::{FoundProgram, ProgramFilter, SearchKey};
use crate::values::Hours;

/// Which programs a caller may see: accepted ones of his region, his own organizations', as a keeper submitted ones.
#[derive(Debug)]
pub(in crate::registry::programs) struct Sight {
    pub(in crate::registry::programs) region: Scope,
    pub(in crate::registry::programs) own: Option<Scope>,
    pub(in crate::registry::programs) keeper: bool,
}

/// How well a program matches, in millionths: word stems weigh most, a title with a typing mistake comes after.
macro_rules! rank {
    ($words:expr) => {
        sql::<BigInt>("case when ")
            .bind::<Text, _>($words)
            .sql(" = '' then 0::bigint else (1000000 * (ts_rank(programs.search, websearch_to_tsquery('russian', ")
            .bind::<Text, _>($words)
            .sql(")) + 0.05 * word_similarity(lower(")
            .bind::<Text, _>($words)
            .sql("), lower(programs.title))))::bigint end")
    };
}

/// Word stems of title and annotation, or a title with a typing mistake; each has an index of its own.
macro_rules! hits {
    ($words:expr) => {
        sql::<Bool>("(programs.search @@ websearch_to_tsquery('russian', ")
            .bind::<Text, _>($words)
            .sql(") or lower(")
            .bind::<Text, _>($words)
            .sql(") <% lower(programs.title))")
    };
}

/// What comes after a title and id.
macro_rules! later {
    ($title:expr, $id:expr) => {
        programs::title.gt($title.clone()).or(programs::title.eq($title).and(programs::id.gt($id)))
    };
}

/// The name alone in an array column, as PostgreSQL's arrays are typed: with room for nulls.
fn one(name: &str) -> Vec<Option<String>> {
    vec![Some(name.to_owned())]
}

pub(in crate::registry::programs) async fn search(
    conn: &Conn,
    sight: &Sight,
    filter: &ProgramFilter,
    fetch: i64,
    after: Option<SearchKey>,
) -> Result<Vec<FoundProgram>> {
    let words = filter.words.clone().unwrap_or_default();
    // The rank is computed only where it orders the list.
    let ranked = if filter.by_relevance { words.clone() } else { String::new() };
    let mut query = programs::table
        .inner_join(organizations::table)
        .left_join(registry_entries::table)
        .select((
            ProgramRow::as_select(),
            organizations::name,
            organizations::municipality_id,
            registry_entries::state.nullable(),
            rank!(ranked.clone()),
        ))
        .filter(programs::region_id.eq(region(&sight.region)))
        .limit(fetch)
        .into_boxed();
    let own = sight.own.as_ref().map(organizations).unwrap_or_default();
    if sight.keeper {
        query = query.filter(programs::state.ne("draft").or(programs::provider_id.eq_any(own)));
    } else if own.is_empty() {
        query = query.filter(programs::state.eq("accepted"));
    } else {
        query = query.filter(programs::state.eq("accepted").or(programs::provider_id.eq_any(own)));
    }
    if filter.words.is_some() {
        query = query.filter(hits!(words.clone()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(programs::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(programs::state.eq(state.as_str()));
    }
    if let Some(provider_id) = filter.provider_id {
        query = query.filter(programs::provider_id.eq(provider_id));
    }
    if let Some(delivery) = filter.delivery {
        query = query.filter(programs::delivery.contains(one(delivery.as_str())));
    }
    if let Some(study_form) = filter.study_form {
        query = query.filter(programs::study_form.eq(study_form.as_str()));
    }
    if let Some(audience) = filter.audience {
        query = query.filter(programs::audience.contains(one(audience.as_str())));
    }
    if let Some(level) = filter.education_level {
        let all: Vec<Option<String>> = Vec::new();
        query = query.filter(
            programs::education_levels.eq(all).or(programs::education_levels.contains(one(level.as_str()))),
        );
    }
    if let Some(subject) = &filter.subject {
        let all: Vec<Option<String>> = Vec::new();
        query = query.filter(programs::subjects.eq(all).or(programs::subjects.contains(one(subject))));
    }
    if let Some(hours) = filter.hours_min {
        query = query.filter(programs::hours.ge(DbHours(Hours::whole(hours))));
    }
    if let Some(hours) = filter.hours_max {
        query = query.filter(programs::hours.le(DbHours(Hours::whole(hours))));
    }
    if let Some(price) = filter.price_max {
        query = query.filter(
            programs::price_rubles
                .is_null()
                .or(programs::price_rubles.assume_not_null().le(Decimal::from(price))),
        );
    }
    if let Some(competency_id) = filter.competency_id {
        query = query.filter(
            programs::id.eq_any(
                program_modules::table
                    .inner_join(module_competencies::table)
                    .filter(module_competencies::competency_id.eq(competency_id))
                    .select(program_modules::program_id),
            ),
        );
    }
    if let Some(person_id) = filter.answers_deficits_of {
        query = query.filter(
            programs::id.eq_any(
                program_modules::table
                    .inner_join(module_competencies::table)
                    .inner_join(
                        deficits::table.on(deficits::competency_id.eq(module_competencies::competency_id)),
                    )
                    .filter(deficits::person_id.eq(person_id))
                    .filter(deficits::state.eq("open"))
                    .select(program_modules::program_id),
            ),
        );
    }
    if let Some(in_registry) = filter.in_registry {
        let entry = diesel::alias!(registry_entries as entry);
        let active = exists(
            entry
                .filter(entry.field(registry_entries::program_id).eq(programs::id))
                .filter(entry.field(registry_entries::state).eq("active")),
        );
        query = if in_registry { query.filter(active) } else { query.filter(not(active)) };
    }
    if filter.by_relevance {
        if let Some((rank, title, id)) = after {
            query = query.filter(
                rank!(ranked.clone()).lt(rank).or(rank!(ranked.clone()).eq(rank).and(later!(title, id))),
            );
        }
        query = query.order((rank!(ranked.clone()).desc(), programs::title, programs::id));
    } else {
        if let Some((_, title, id)) = after {
            // The first condition alone lets the index begin at the right place.
            query = query.filter(programs::title.ge(title.clone()).and(later!(title, id)));
        }
        query = query.order((programs::title, programs::id));
    }
    let rows = query.load::<(ProgramRow, String, Option<Uuid>, Option<String>, i64)>(&mut &*conn).await?;
    rows.into_iter()
        .map(|(row, name, municipality_id, entry, rank)| {
            Ok(FoundProgram { program: row.with_provider(name, municipality_id, entry)?, rank })
        })
        .collect()
}

/// Accepted programs are visible in the whole region of the caller.
fn region(scope: &Scope) -> Uuid {
    let found = scope.parts().iter().find_map(|part| match part {
        ScopePart::Above { region_id, .. } | ScopePart::Region(region_id) => Some(*region_id),
        _ => None,
    });
    // A scope without a region holds nothing.
    found.unwrap_or_default()
}

/// The organizations whose unaccepted programs the caller works on.
fn organizations(scope: &Scope) -> Vec<Uuid> {
    let organization = |part: &ScopePart| match part {
        ScopePart::Organization(id) => Some(*id),
        _ => None,
    };
    scope.parts().iter().filter_map(organization).collect()
}
