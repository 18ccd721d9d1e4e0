//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list of things that belong to one organization and to nobody
//! in particular.

/// The filter of a table that carries `region_id`, `municipality_id` and `organization_id`.
macro_rules! unit_filter {
    ($table:ident, $scope:expr) => {{
        use diesel::prelude::*;
        use $crate::authz::ScopePart;

        type Filter =
            Box<dyn BoxableExpression<$table::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

        fn circle(part: ScopePart) -> Filter {
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                ScopePart::Municipality(id) => Box::new($table::municipality_id.assume_not_null().eq(id)),
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

pub(crate) use unit_filter;
