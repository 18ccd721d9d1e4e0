//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list of what is said about people.

/// The filter of a table that carries `region_id` and `person_id`: what is said about a person is known where he works
/// on the day, whatever school it was found at. The list so agrees with the reading of one row, whose right is
/// `PersonFacts::target_on`.
macro_rules! people_filter {
    ($table:ident, $scope:expr, $day:expr) => {{
        use diesel::dsl::array;
        use diesel::prelude::*;
        use $crate::authz::ScopePart;
        use $crate::db::schema::{association_members, associations, employments};

        type Filter =
            Box<dyn BoxableExpression<$table::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

        fn circle(part: ScopePart, day: chrono::NaiveDate) -> Filter {
            let lasts = employments::started_on
                .le(day)
                .and(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)));
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                // As arrays, which are looked up in the index; a set the database would compare with every row.
                ScopePart::Municipality(id) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        employments::table
                            .filter(employments::municipality_id.assume_not_null().eq(id).and(lasts))
                            .select(employments::person_id),
                    )),
                ),
                ScopePart::Organization(id) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        employments::table
                            .filter(employments::organization_id.eq(id).and(lasts))
                            .select(employments::person_id),
                    )),
                ),
                ScopePart::Person(id) => Box::new($table::person_id.assume_not_null().eq(id)),
                ScopePart::Assigned(head) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        association_members::table
                            .inner_join(associations::table)
                            .filter(associations::head_person_id.assume_not_null().eq(head))
                            .filter(
                                association_members::until
                                    .is_null()
                                    .or(association_members::until.assume_not_null().ge(day)),
                            )
                            .select(association_members::person_id),
                    )),
                ),
                ScopePart::Above { .. } => Box::new($table::region_id.is_null()),
            }
        }

        let day: chrono::NaiveDate = $day;
        let circles = $scope.parts().iter().copied().map(|part| circle(part, day));
        let union = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
        // A scope is never empty; if it were, the list would be.
        union.unwrap_or_else(|| -> Filter { Box::new($table::region_id.is_null()) })
    }};
}

/// The people who work at that organization on the day, as a subquery.
macro_rules! working_at {
    ($organization_id:expr, $day:expr) => {{
        use diesel::prelude::*;
        use $crate::db::schema::employments;

        employments::table
            .filter(employments::organization_id.eq($organization_id))
            .filter(employments::started_on.le($day))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge($day)))
            .select(employments::person_id)
    }};
}

pub(crate) use {people_filter, working_at};
