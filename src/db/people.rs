//! A [`Scope`](crate::authz::Scope) as the WHERE clause of a list of what is said about people. A person may have several
//! cards: whoever works with the person by one of them sees what was recorded to any.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Bool, Date, Uuid as SqlUuid};
use uuid::Uuid;

use super::written::written;

/// The condition of a list from that table.
type Filter<Table> = Box<dyn BoxableExpression<Table, Pg, SqlType = Bool>>;

/// Where people are met.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// They work at that organization.
    Organization(Uuid),
    /// They work in that municipality.
    Municipality(Uuid),
    /// They are in an association that the person with that card heads.
    AssociationsOf(Uuid),
}

impl Place {
    const fn id(self) -> Uuid {
        match self {
            Self::Organization(id) | Self::Municipality(id) | Self::AssociationsOf(id) => id,
        }
    }

    const fn of_cards(self) -> &'static str {
        match self {
            Self::Organization(_) => {
                "employments met on met.organization_id = asked.place and met.started_on <= asked.day \
                 and (met.ended_on is null or met.ended_on >= asked.day)"
            }
            Self::Municipality(_) => {
                "employments met on met.municipality_id = asked.place and met.started_on <= asked.day \
                 and (met.ended_on is null or met.ended_on >= asked.day)"
            }
            Self::AssociationsOf(_) => {
                "associations headed on headed.head_person_id = asked.place join association_members met \
                 on met.association_id = headed.id and (met.until is null or met.until >= asked.day)"
            }
        }
    }
}

/// Rows of those who are met there on the day, whichever of their cards they were recorded to: an array, which is looked up
/// in the index of the column.
pub(crate) fn people_at<Table, Card>(card: Card, place: Place, day: NaiveDate) -> Filter<Table>
where
    Card: Expression<SqlType = SqlUuid> + QueryFragment<Pg> + Send + 'static,
{
    met(card, ["= any(array(", "))"], place, day)
}

/// The same as a set, with which rows are compared that something else finds.
pub(crate) fn among_people_at<Table, Card>(card: Card, place: Place, day: NaiveDate) -> Filter<Table>
where
    Card: Expression<SqlType = SqlUuid> + QueryFragment<Pg> + Send + 'static,
{
    met(card, ["in (", ")"], place, day)
}

/// Few people have two cards, so the others are looked up among those that were merged.
fn met<Table, Card>(card: Card, [opens, closes]: [&str; 2], place: Place, day: NaiveDate) -> Filter<Table>
where
    Card: Expression<SqlType = SqlUuid> + QueryFragment<Pg> + Send + 'static,
{
    let met = written::<Bool>("")
        .bind::<SqlUuid, _>(card)
        .sql(&format!(" {opens}with met as (select met.person_id as id from (select "))
        .bind::<SqlUuid, _>(place.id())
        .sql("::uuid as place, ")
        .bind::<Date, _>(day)
        .sql(&format!(
            "::date as day) asked join {}) \
             select id from met union all \
             select merged.id from met join persons merged on merged.merged_into_id = met.id union all \
             select card.id from met join persons merged on merged.id = met.id and merged.merged_into_id is not null \
             join persons card on card.kept_id = merged.kept_id{closes}",
            place.of_cards()
        ));
    Box::new(met)
}

/// The filter of a table that carries `region_id` and `person_id`: what is said about a person is known where he works
/// on the day, whatever school it was found at. The list so agrees with the reading of one row, whose right is
/// `PersonFacts::target_on`.
macro_rules! people_filter {
    ($table:ident, $scope:expr, $day:expr) => {{
        use diesel::prelude::*;
        use $crate::authz::ScopePart;
        use $crate::db::{Place, people_at};

        type Filter =
            Box<dyn BoxableExpression<$table::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

        fn circle(part: ScopePart, day: chrono::NaiveDate) -> Filter {
            let at = |place| people_at($table::person_id.assume_not_null(), place, day);
            match part {
                ScopePart::Everything => Box::new($table::region_id.is_not_null()),
                ScopePart::Region(id) => Box::new($table::region_id.eq(id)),
                ScopePart::Municipality(id) => at(Place::Municipality(id)),
                ScopePart::Organization(id) => at(Place::Organization(id)),
                ScopePart::Person(id) => Box::new($table::person_id.assume_not_null().eq(id)),
                ScopePart::Assigned(head) => at(Place::AssociationsOf(head)),
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

pub(crate) use people_filter;
