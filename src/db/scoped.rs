//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list.

/// The filter of a table that carries `region_id`, `municipality_id`, `organization_id` and `person_id`.
///
/// Plain equalities on indexed columns; a circle that the table cannot express holds nothing.
macro_rules! scope_filter {
    ($table:ident, $scope:expr) => {{
        use diesel::prelude::*;
        use $crate::authz::ScopePart;
        use $crate::db::schema::{association_members, associations};

        type Filter =
            Box<dyn BoxableExpression<$table::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

        fn circle(part: ScopePart) -> Filter {
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                ScopePart::Municipality(id) => Box::new($table::municipality_id.assume_not_null().eq(id)),
                ScopePart::Organization(id) => Box::new($table::organization_id.eq(id)),
                ScopePart::Person(id) => Box::new($table::person_id.assume_not_null().eq(id)),
                ScopePart::Assigned(head) => Box::new(
                    $table::person_id.assume_not_null().eq_any(
                        association_members::table
                            .inner_join(associations::table)
                            .filter(associations::head_person_id.assume_not_null().eq(head))
                            .filter(association_members::until.is_null())
                            .select(association_members::person_id),
                    ),
                ),
                ScopePart::Above { .. } => Box::new($table::region_id.is_null()),
            }
        }

        let circles = $scope.parts().iter().copied().map(circle);
        let union = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
        // A scope is never empty; if it were, the list would be.
        union.unwrap_or_else(|| -> Filter { Box::new($table::region_id.is_null()) })
    }};
}

pub(crate) use scope_filter;
