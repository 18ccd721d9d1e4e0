//! Which papers a reader sees, in the words of the database.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::authz::{Scope, ScopePart};
use crate::db::schema::{association_members, associations, credentials, employments};

type Circle = Box<dyn BoxableExpression<credentials::table, Pg, SqlType = Bool>>;

/// A paper belongs to its person's employers and to its issuer.
pub(super) fn within(scope: &Scope, today: NaiveDate) -> Circle {
    let circles = scope.parts().iter().copied().map(|part| circle(part, today));
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart, today: NaiveDate) -> Circle {
    let lasts = employments::started_on
        .le(today)
        .and(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(today)));
    match part {
        ScopePart::Everything => Box::new(credentials::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(credentials::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(
            credentials::person_id.eq_any(
                employments::table
                    .filter(employments::municipality_id.assume_not_null().eq(id).and(lasts))
                    .select(employments::person_id),
            ),
        ),
        ScopePart::Organization(id) => Box::new(
            credentials::person_id
                .eq_any(
                    employments::table
                        .filter(employments::organization_id.eq(id).and(lasts))
                        .select(employments::person_id),
                )
                .or(credentials::issuer_id
                    .is_not_null()
                    .and(credentials::issuer_id.assume_not_null().eq(id))),
        ),
        ScopePart::Person(id) => Box::new(credentials::person_id.eq(id)),
        ScopePart::Assigned(head) => Box::new(
            credentials::person_id.eq_any(
                association_members::table
                    .inner_join(associations::table)
                    .filter(associations::head_person_id.assume_not_null().eq(head))
                    .filter(
                        association_members::until
                            .is_null()
                            .or(association_members::until.assume_not_null().ge(today)),
                    )
                    .select(association_members::person_id),
            ),
        ),
        ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(credentials::region_id.is_null())
}
