//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list of what is said about people. A person may have several
//! cards: whoever works with the person by one of them sees what was recorded to any.

diesel::alias!(crate::db::schema::persons as siblings: Siblings);

/// All cards of the people whose cards a table names in `person_id`, in the rows of that filter, as a subquery. Few people
/// have two cards, so the others are looked up among those that were merged.
macro_rules! all_cards {
    ($table:ident, $filter:expr) => {{
        use diesel::prelude::*;
        use $crate::db::schema::persons;
        use $crate::db::siblings;

        let named = $table::table.filter($filter).select($table::person_id);
        let kept = $table::table
            .inner_join(persons::table.on(persons::id.eq($table::person_id)))
            .filter($filter)
            .filter(persons::merged_into_id.is_not_null())
            .select(persons::kept_id);
        let merged = $table::table
            .inner_join(persons::table.on(persons::id.eq($table::person_id)))
            .inner_join(siblings.on(siblings.field(persons::kept_id).eq(persons::kept_id)))
            .filter($filter)
            .filter(siblings.field(persons::merged_into_id).is_not_null())
            .select(siblings.field(persons::id));
        named.union_all(kept).union_all(merged)
    }};
}

/// All cards of those who work there on the day, as a subquery; `$place` is the condition on the employment.
macro_rules! all_cards_working {
    ($place:expr, $day:expr) => {
        $crate::db::all_cards!(
            employments,
            $place
                .and(employments::started_on.le($day))
                .and(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge($day)))
        )
    };
}

/// All cards of the members of the associations that the person with that card heads, as a subquery.
macro_rules! all_cards_assigned {
    ($head:expr, $day:expr) => {
        $crate::db::all_cards!(
            association_members,
            association_members::until
                .is_null()
                .or(association_members::until.assume_not_null().ge($day))
                .and(association_members::association_id.eq_any(
                    associations::table
                        .filter(associations::head_person_id.assume_not_null().eq($head))
                        .select(associations::id),
                ))
        )
    };
}

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
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                // As arrays, which are looked up in the index; a set the database would compare with every row.
                ScopePart::Municipality(id) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        $crate::db::all_cards_working!(
                            employments::municipality_id.assume_not_null().eq(id),
                            day
                        ),
                    )),
                ),
                ScopePart::Organization(id) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        $crate::db::all_cards_working!(employments::organization_id.eq(id), day),
                    )),
                ),
                ScopePart::Person(id) => Box::new($table::person_id.assume_not_null().eq(id)),
                ScopePart::Assigned(head) => Box::new(
                    $table::person_id.assume_not_null().eq_any(array::<diesel::sql_types::Uuid, _>(
                        $crate::db::all_cards_assigned!(head, day),
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

/// The people who work at that organization on the day, by all their cards, as a subquery.
macro_rules! working_at {
    ($organization_id:expr, $day:expr) => {{
        use diesel::prelude::*;
        use $crate::db::schema::employments;

        $crate::db::all_cards_working!(employments::organization_id.eq($organization_id), $day)
    }};
}

pub(crate) use {all_cards, all_cards_assigned, all_cards_working, people_filter, working_at};
