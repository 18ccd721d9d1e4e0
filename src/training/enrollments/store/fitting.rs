//! Which activity of a route an enrollment fulfils when nobody says so.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{enrollments, route_activities, routes};
use crate::error::Result;
use crate::training::offerings::model::OfferingData;
use crate::training::vocabulary::EnrollmentState;

/// By person, the planned activity of a route in force that names exactly this program, or this module of it, and that no
/// other enrollment fulfils: where there is one alone. Where several fit, nobody but a person can tell.
pub(in crate::training::enrollments) async fn only_fitting_activities(
    conn: &Conn,
    people: &[Uuid],
    offering: &OfferingData,
) -> Result<HashMap<Uuid, Uuid>> {
    let Some(program_id) = offering.program_id.filter(|_| !people.is_empty()) else {
        return Ok(HashMap::new());
    };
    let fulfilled = enrollments::table
        .filter(enrollments::activity_id.is_not_null())
        .filter(enrollments::activity_id.assume_not_null().eq(route_activities::id))
        .filter(enrollments::state.ne(EnrollmentState::Withdrawn.as_str()));
    let found: Vec<(Uuid, Uuid)> = route_activities::table
        .inner_join(routes::table)
        .filter(routes::person_id.eq_any(people.to_vec()))
        .filter(routes::state.eq("active"))
        .filter(route_activities::state.eq("planned"))
        .filter(route_activities::program_id.assume_not_null().eq(program_id))
        .filter(route_activities::module_id.is_not_distinct_from(offering.module_id))
        .filter(not(exists(fulfilled)))
        .select((routes::person_id, route_activities::id))
        .load(&mut &*conn)
        .await?;
    let mut by_person: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (person_id, activity_id) in found {
        by_person.entry(person_id).or_default().push(activity_id);
    }
    let only = |(person_id, activities): (Uuid, Vec<Uuid>)| match activities.as_slice() {
        [only] => Some((person_id, *only)),
        _ => None,
    };
    Ok(by_person.into_iter().filter_map(only).collect())
}
