//! Which programs are hits: what the caller may see, and the filters.

use diesel::dsl::{exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::authz::{Scope, ScopePart};
use crate::db::DbHours;
use crate::db::schema::{
    deficits, module_competencies, organizations, program_modules, programs, registry_entries,
};
use crate::registry::programs::model::ProgramFilter;
use crate::values::Hours;

/// Which programs a caller may see: accepted ones of his region, his own organizations', as a keeper submitted ones.
#[derive(Debug)]
pub(in crate::registry::programs) struct Sight {
    pub(in crate::registry::programs) region: Scope,
    pub(in crate::registry::programs) own: Option<Scope>,
    pub(in crate::registry::programs) keeper: bool,
}

/// The name alone in an array column, as PostgreSQL's arrays are typed: with room for nulls.
pub(super) fn one(name: &str) -> Vec<Option<String>> {
    vec![Some(name.to_owned())]
}

/// Narrows a query on programs, joined or not, to what the caller may see and the filter lets through.
macro_rules! narrowed {
    ($query:expr, $sight:expr, $filter:expr) => {{
        let mut query = $query.filter(programs::region_id.eq(region(&$sight.region))).into_boxed();
        let own = $sight.own.as_ref().map(own_places).unwrap_or_default();
        if $sight.keeper {
            query = query.filter(programs::state.ne("draft").or(programs::provider_id.eq_any(own)));
        } else if own.is_empty() {
            query = query.filter(programs::state.eq("accepted"));
        } else {
            query = query.filter(programs::state.eq("accepted").or(programs::provider_id.eq_any(own)));
        }
        if let Some(kind) = $filter.kind {
            query = query.filter(programs::kind.eq(kind.as_str()));
        }
        if let Some(state) = $filter.state {
            query = query.filter(programs::state.eq(state.as_str()));
        }
        if let Some(provider_id) = $filter.provider_id {
            query = query.filter(programs::provider_id.eq(provider_id));
        }
        if let Some(delivery) = $filter.delivery {
            query = query.filter(programs::delivery.contains(one(delivery.as_str())));
        }
        if let Some(study_form) = $filter.study_form {
            query = query.filter(programs::study_form.eq(study_form.as_str()));
        }
        if let Some(audience) = $filter.audience {
            query = query.filter(programs::audience.contains(one(audience.as_str())));
        }
        if let Some(level) = $filter.education_level {
            let all: Vec<Option<String>> = Vec::new();
            query = query.filter(
                programs::education_levels
                    .eq(all)
                    .or(programs::education_levels.contains(one(level.as_str()))),
            );
        }
        if let Some(subject) = &$filter.subject {
            let all: Vec<Option<String>> = Vec::new();
            query = query.filter(programs::subjects.eq(all).or(programs::subjects.contains(one(subject))));
        }
        if let Some(hours) = $filter.hours_min {
            query = query.filter(programs::hours.ge(DbHours(Hours::whole(hours))));
        }
        if let Some(hours) = $filter.hours_max {
            query = query.filter(programs::hours.le(DbHours(Hours::whole(hours))));
        }
        if let Some(price) = $filter.price_max {
            query = query.filter(
                programs::price_rubles
                    .is_null()
                    .or(programs::price_rubles.assume_not_null().le(Decimal::from(price))),
            );
        }
        if let Some(price) = $filter.price_min {
            query = query.filter(
                programs::price_rubles
                    .is_not_null()
                    .and(programs::price_rubles.assume_not_null().ge(Decimal::from(price))),
            );
        }
        if let Some(municipality_id) = $filter.municipality_id {
            let place = diesel::alias!(organizations as place);
            query = query.filter(
                programs::provider_id.eq_any(
                    place
                        .filter(place.field(organizations::municipality_id).assume_not_null().eq(municipality_id))
                        .select(place.field(organizations::id)),
                ),
            );
        }
        if let Some(mark) = $filter.quality_mark {
            let wanted = serde_json::json!({"quality_marks": [{"kind": mark.as_str()}]});
            query = query.filter(programs::details.contains(wanted));
        }
        if !$filter.competency_ids.is_empty() {
            query = query.filter(
                programs::id.eq_any(
                    program_modules::table
                        .inner_join(module_competencies::table)
                        .filter(module_competencies::competency_id.eq_any(&$filter.competency_ids))
                        .filter(program_modules::current.eq(true))
                        .select(program_modules::program_id),
                ),
            );
        }
        if !$filter.deficit_ids.is_empty() {
            query = query.filter(
                programs::id.eq_any(
                    program_modules::table
                        .inner_join(module_competencies::table)
                        .inner_join(
                            deficits::table
                                .on(deficits::competency_id.eq(module_competencies::competency_id)),
                        )
                        .filter(deficits::id.eq_any(&$filter.deficit_ids))
                        .filter(program_modules::current.eq(true))
                        .select(program_modules::program_id),
                ),
            );
        }
        if let Some(competency_id) = $filter.competency_id {
            query = query.filter(
                programs::id.eq_any(
                    program_modules::table
                        .inner_join(module_competencies::table)
                        .filter(module_competencies::competency_id.eq(competency_id))
                        .filter(program_modules::current.eq(true))
                        .select(program_modules::program_id),
                ),
            );
        }
        if let Some(person_id) = $filter.answers_deficits_of {
            query = query.filter(
                programs::id.eq_any(
                    program_modules::table
                        .inner_join(module_competencies::table)
                        .inner_join(
                            deficits::table
                                .on(deficits::competency_id.eq(module_competencies::competency_id)),
                        )
                        .filter(deficits::person_id.eq(person_id))
                        .filter(deficits::state.eq("open"))
                        .filter(program_modules::current.eq(true))
                        .select(program_modules::program_id),
                ),
            );
        }
        if $filter.asks_for_offerings() {
            query = query.filter(programs::id.eq_any($crate::registry::programs::store::starts::offered(
                region(&$sight.region),
                $filter,
            )));
        }
        if let Some(in_registry) = $filter.in_registry {
            let entry = diesel::alias!(registry_entries as entry);
            let active = exists(
                entry
                    .filter(entry.field(registry_entries::program_id).eq(programs::id))
                    .filter(entry.field(registry_entries::state).eq("active")),
            );
            query = if in_registry { query.filter(active) } else { query.filter(not(active)) };
        }
        query
    }};
}
pub(super) use narrowed;

/// The ids of all hits, words aside.
pub(super) fn hits<'a>(sight: &Sight, filter: &'a ProgramFilter) -> programs::BoxedQuery<'a, Pg, SqlUuid> {
    narrowed!(programs::table.select(programs::id), sight, filter)
}

/// Accepted programs are visible in the whole region of the caller.
pub(super) fn region(scope: &Scope) -> Uuid {
    let found = scope.parts().iter().find_map(|part| match part {
        ScopePart::Above { region_id, .. } | ScopePart::Region(region_id) => Some(*region_id),
        _ => None,
    });
    // A scope without a region holds nothing.
    found.unwrap_or_default()
}

/// The organizations whose unaccepted programs the caller works on.
pub(super) fn own_places(scope: &Scope) -> Vec<Uuid> {
    let organization = |part: &ScopePart| match part {
        ScopePart::Organization(id) => Some(*id),
        _ => None,
    };
    scope.parts().iter().filter_map(organization).collect()
}
