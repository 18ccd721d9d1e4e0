//! What follows for a completed training from the regulation of its school, and lists of what an organization keeps.

/// The months after which the training `enrollments` is followed up, by the nearest of the places that are passed before and
/// after `, `; null where it is not.
pub(in crate::support) const MONTHS: &str = "(select u.months from unnest({ids}::uuid[], {months}::int4[]) u (place_id, months) \
    where u.place_id in (enrollments.organization_id, enrollments.municipality_id, enrollments.region_id) \
    order by array_position(array[enrollments.organization_id, enrollments.municipality_id, enrollments.region_id], \
        u.place_id) limit 1)";

/// An expression of that SQL type with [`MONTHS`] between the words before and after.
macro_rules! following {
    ($kind:ty, $before:literal, $places:expr, $after:literal) => {{
        use diesel::sql_types::{Array, Integer, Nullable, Uuid as SqlUuid};
        let (head, rest) = $crate::support::following::MONTHS.split_once("{ids}").unwrap_or_default();
        let (middle, tail) = rest.split_once("{months}").unwrap_or_default();
        crate::db::written::<$kind>(&format!("{}{head}", $before))
            .bind::<Array<SqlUuid>, _>($places.ids.clone())
            .sql(middle)
            .bind::<Array<Nullable<Integer>>, _>($places.months.clone())
            .sql(&format!("{tail}{}", $after))
    }};
}

/// The filter of a table that carries `region_id`, `municipality_id` and `organization_id` and is about nobody; what concerns
/// a municipality is for everybody in it.
macro_rules! kept_filter {
    ($table:ident, $scope:expr) => {{
        use diesel::prelude::*;
        use $crate::authz::ScopePart;

        type Filter =
            Box<dyn BoxableExpression<$table::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

        fn circle(part: ScopePart) -> Filter {
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                ScopePart::Municipality(id) | ScopePart::Above { municipality_id: Some(id), .. } => {
                    Box::new($table::municipality_id.assume_not_null().eq(id))
                }
                ScopePart::Organization(id) => Box::new($table::organization_id.eq(id)),
                ScopePart::Person(_) | ScopePart::Assigned(_) | ScopePart::Above { .. } => {
                    Box::new($table::region_id.is_null())
                }
            }
        }

        let circles = $scope.parts().iter().copied().map(circle);
        let union = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
        // A scope is never empty; if it were, the list would be.
        union.unwrap_or_else(|| -> Filter { Box::new($table::region_id.is_null()) })
    }};
}

pub(in crate::support) use {following, kept_filter};
