//! The lists of what somebody holds.

/// The filter of a table that carries `region_id`, `municipality_id`, `organization_id` and `level`: what is about the
/// whole region or a municipality is for everybody in it.
macro_rules! held_filter {
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
                ScopePart::Above { region_id, municipality_id, organization_id } => {
                    let of_region = $table::level.eq("region");
                    // No row carries the nil id.
                    let of_municipality = $table::level.eq("municipality").and(
                        $table::municipality_id.assume_not_null().eq(municipality_id.unwrap_or_default()),
                    );
                    let own = $table::organization_id.eq(organization_id.unwrap_or_default());
                    Box::new($table::region_id.eq(region_id).and(of_region.or(of_municipality).or(own)))
                }
                ScopePart::Person(_) | ScopePart::Assigned(_) => Box::new($table::region_id.is_null()),
            }
        }

        let circles = $scope.parts().iter().copied().map(circle);
        let union = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
        // A scope is never empty; if it were, the list would be.
        union.unwrap_or_else(|| -> Filter { Box::new($table::region_id.is_null()) })
    }};
}

pub(in crate::monitoring) use held_filter;
