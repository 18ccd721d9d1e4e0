//! Which papers a reader sees, in the words of the database.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::authz::{Scope, ScopePart};
use crate::db::schema::{association_members, associations, credentials, employments};
use crate::db::{all_cards_assigned, all_cards_working};

type Circle = Box<dyn BoxableExpression<credentials::table, Pg, SqlType = Bool>>;

/// A paper belongs to its person's employers, whichever card of the person they employ, and to its issuer.
pub(super) fn within(scope: &Scope, today: NaiveDate) -> Circle {
    let circles = scope.parts().iter().copied().map(|part| circle(part, today));
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart, today: NaiveDate) -> Circle {
    match part {
        ScopePart::Everything => Box::new(credentials::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(credentials::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(
            credentials::person_id.eq_any(all_cards_working!(
                employments::municipality_id.assume_not_null().eq(id),
                today
            )),
        ),
        ScopePart::Organization(id) => Box::new(
            credentials::person_id
                .eq_any(all_cards_working!(employments::organization_id.eq(id), today))
                .or(credentials::issuer_id
                    .is_not_null()
                    .and(credentials::issuer_id.assume_not_null().eq(id))),
        ),
        ScopePart::Person(id) => Box::new(credentials::person_id.eq(id)),
        ScopePart::Assigned(head) => Box::new(
            credentials::person_id.eq_any(all_cards_assigned!(head, today)),
        ),
        ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(credentials::region_id.is_null())
}
