//! Which papers a reader sees, in the words of the database.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::authz::{Scope, ScopePart};
use crate::db::schema::credentials;
use crate::db::{Place, among_people_at};

type Circle = Box<dyn BoxableExpression<credentials::table, Pg, SqlType = Bool>>;

/// A paper belongs to its person's employers, whichever card of the person they employ, and to its issuer.
pub(super) fn within(scope: &Scope, today: NaiveDate) -> Circle {
    let circles = scope.parts().iter().copied().map(|part| circle(part, today));
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart, today: NaiveDate) -> Circle {
    let at = |place| -> Circle { among_people_at(credentials::person_id, place, today) };
    match part {
        ScopePart::Everything => Box::new(credentials::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(credentials::region_id.eq(id)),
        ScopePart::Municipality(id) => at(Place::Municipality(id)),
        ScopePart::Organization(id) => {
            Box::new(at(Place::Organization(id)).or(
                credentials::issuer_id.is_not_null().and(credentials::issuer_id.assume_not_null().eq(id)),
            ))
        }
        ScopePart::Person(id) => Box::new(credentials::person_id.eq(id)),
        ScopePart::Assigned(head) => at(Place::AssociationsOf(head)),
        ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(credentials::region_id.is_null())
}
