//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list of things that belong to a place.

/// The filter of a table whose `municipality_id` and `organization_id` may both be null: a row belongs to one
/// organization, else to a whole municipality, else to the whole region.
macro_rules! place_filter {
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
                ScopePart::Organization(id) => Box::new($table::organization_id.assume_not_null().eq(id)),
                ScopePart::Person(_) | ScopePart::Assigned(_) => Box::new($table::region_id.is_null()),
                ScopePart::Above { region_id, municipality_id, organization_id } => {
                    let whole_region =
                        $table::municipality_id.is_null().and($table::organization_id.is_null());
                    // No row carries the nil id.
                    let whole_municipality = $table::organization_id.is_null().and(
                        $table::municipality_id.assume_not_null().eq(municipality_id.unwrap_or_default()),
                    );
                    let own =
                        $table::organization_id.assume_not_null().eq(organization_id.unwrap_or_default());
                    Box::new($table::region_id.eq(region_id).and(whole_region.or(whole_municipality).or(own)))
                }
            }
        }

        let circles = $scope.parts().iter().copied().map(circle);
        let union = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
        // A scope is never empty; if it were, the list would be.
        union.unwrap_or_else(|| -> Filter { Box::new($table::region_id.is_null()) })
    }};
}

pub(crate) use place_filter;
