//! Who has not acknowledged an announcement.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::{Scope, ScopePart};
use crate::db::schema::{
    announcement_readers, announcement_schools, associations, employments, organizations, persons,
};
use crate::db::{Conn, scope_filter};
use crate::error::Result;
use crate::registry::announcements::model::{Announcement, SilentPerson, SilentSchool};
use crate::registry::announcements::vocabulary::AnnouncementAudience;

/// One page of the people asked who have not acknowledged, within the scope, by name.
pub(in super::super) async fn silent_persons(
    conn: &Conn,
    scope: &Scope,
    announcement: &Announcement,
    day: NaiveDate,
    fetch: i64,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<SilentPerson>> {
    let schools = organizations::table
        .filter(organizations::region_id.eq(announcement.region_id))
        .filter(organizations::kind.eq("school"))
        .select(organizations::id);
    let mut work = employments::table
        .filter(employments::organization_id.eq_any(schools))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .select(employments::person_id)
        .into_boxed()
        .filter(scope_filter!(employments, scope));
    if let Some(id) = announcement.organization_id {
        work = work.filter(employments::organization_id.eq(id));
    }
    if let Some(id) = announcement.municipality_id {
        work = work.filter(employments::municipality_id.assume_not_null().eq(id));
    }
    let mut query = persons::table
        .filter(persons::id.eq_any(work))
        .filter(diesel::dsl::not(
            persons::id.eq_any(
                announcement_readers::table
                    .filter(announcement_readers::announcement_id.eq(announcement.id))
                    .select(announcement_readers::person_id),
            ),
        ))
        .select((persons::id, persons::last_name, persons::first_name, persons::middle_name))
        .order((persons::last_name, persons::first_name, persons::id))
        .limit(fetch)
        .into_boxed();
    if !announcement.asks(AnnouncementAudience::Persons) {
        // Only the heads of associations are asked.
        let heads = associations::table
            .filter(associations::region_id.eq(announcement.region_id))
            .filter(associations::head_person_id.is_not_null())
            .select(associations::head_person_id.assume_not_null());
        query = query.filter(persons::id.eq_any(heads));
    }
    if let Some((last, first, id)) = after {
        let same_first = persons::first_name.eq(first.clone()).and(persons::id.gt(id));
        let same_last = persons::last_name.eq(last.clone()).and(persons::first_name.gt(first).or(same_first));
        query = query.filter(persons::last_name.gt(last).or(same_last));
    }
    let rows: Vec<(Uuid, String, String, Option<String>)> = query.load(&mut &*conn).await?;
    let person = |(person_id, last_name, first_name, middle_name)| SilentPerson {
        person_id,
        last_name,
        first_name,
        middle_name,
    };
    Ok(rows.into_iter().map(person).collect())
}

type Within = Box<dyn BoxableExpression<organizations::table, Pg, SqlType = Bool>>;

fn circle(part: ScopePart) -> Within {
    match part {
        ScopePart::Region(id) => Box::new(organizations::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(organizations::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(organizations::id.eq(id)),
        ScopePart::Everything | ScopePart::Person(_) | ScopePart::Assigned(_) | ScopePart::Above { .. } => {
            Box::new(organizations::region_id.is_null())
        }
    }
}

/// One page of the schools asked that have not acknowledged, within the scope, by name.
pub(in super::super) async fn silent_schools(
    conn: &Conn,
    scope: &Scope,
    announcement: &Announcement,
    day: NaiveDate,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<SilentSchool>> {
    let circles = scope.parts().iter().copied().map(circle);
    let within = circles.reduce(|one, other| -> Within { Box::new(one.or(other)) });
    let within = within.unwrap_or_else(|| -> Within { Box::new(organizations::region_id.is_null()) });
    let mut query = organizations::table
        .filter(organizations::region_id.eq(announcement.region_id))
        .filter(organizations::kind.eq("school"))
        .filter(organizations::closed_on.is_null().or(organizations::closed_on.assume_not_null().gt(day)))
        .filter(within)
        .filter(diesel::dsl::not(
            organizations::id.eq_any(
                announcement_schools::table
                    .filter(announcement_schools::announcement_id.eq(announcement.id))
                    .select(announcement_schools::organization_id),
            ),
        ))
        .select((organizations::id, organizations::name, organizations::municipality_id))
        .order((organizations::name, organizations::id))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = announcement.organization_id {
        query = query.filter(organizations::id.eq(id));
    }
    if let Some(id) = announcement.municipality_id {
        query = query.filter(organizations::municipality_id.assume_not_null().eq(id));
    }
    if let Some((name, id)) = after {
        let same = organizations::name.eq(name.clone()).and(organizations::id.gt(id));
        query = query.filter(organizations::name.gt(name).or(same));
    }
    let rows: Vec<(Uuid, String, Option<Uuid>)> = query.load(&mut &*conn).await?;
    let school =
        |(organization_id, name, municipality_id)| SilentSchool { organization_id, name, municipality_id };
    Ok(rows.into_iter().map(school).collect())
}
