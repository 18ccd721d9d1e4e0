//! What is known of the people an application is for.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{application_people, employments, route_activities, routes};
use crate::error::Result;
use crate::training::applications::model::{Applicant, ApplicantFacts};
use crate::training::offerings::model::Offering;

/// Who of them works at the school on the day, and which activities of their routes the offering may fulfil.
pub(in crate::training::applications) async fn applicants(
    conn: &Conn,
    school_id: Uuid,
    offering: &Offering,
    people: &[Applicant],
    today: NaiveDate,
) -> Result<ApplicantFacts> {
    let person_ids: Vec<Uuid> = people.iter().map(|person| person.person_id).collect();
    let activity_ids: Vec<Uuid> = people.iter().filter_map(|person| person.activity_id).collect();
    let (mut first, mut second) = (conn, conn);
    let (employed, activities) = tokio::try_join!(
        employments::table
            .filter(employments::organization_id.eq(school_id))
            .filter(employments::person_id.eq_any(person_ids.clone()))
            .filter(employments::started_on.le(today))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(today)))
            .select(employments::person_id)
            .load::<Uuid>(&mut first),
        route_activities::table
            .inner_join(routes::table)
            .filter(route_activities::id.eq_any(activity_ids))
            .filter(routes::person_id.eq_any(person_ids.clone()))
            .filter(route_activities::state.eq("planned"))
            .filter(routes::state.ne_all(["rejected", "withdrawn", "completed", "closed_incomplete"]))
            .select((
                route_activities::id,
                routes::person_id,
                route_activities::program_id,
                route_activities::module_id,
            ))
            .load::<(Uuid, Uuid, Option<Uuid>, Option<Uuid>)>(&mut second),
    )?;
    // An activity that names a program is fulfilled by that program, or by the module it names.
    let fits = |program_id: Option<Uuid>, module_id: Option<Uuid>| {
        let data = &offering.data;
        program_id.is_none_or(|id| data.program_id == Some(id))
            && module_id.is_none_or(|id| data.module_id.is_none_or(|taught| taught == id))
    };
    let activities = activities
        .into_iter()
        .filter(|(.., program_id, module_id)| fits(*program_id, *module_id))
        .map(|(id, person_id, ..)| (id, person_id))
        .collect();
    Ok(ApplicantFacts { employed, activities })
}

/// Who of them has a standing application for the offering.
pub(in crate::training::applications) async fn standing(
    conn: &Conn,
    offering_id: Uuid,
    people: &[Applicant],
) -> Result<Vec<Uuid>> {
    let person_ids: Vec<Uuid> = people.iter().map(|person| person.person_id).collect();
    Ok(application_people::table
        .filter(application_people::offering_id.eq(offering_id))
        .filter(application_people::standing)
        .filter(application_people::person_id.eq_any(person_ids))
        .select(application_people::person_id)
        .load(&mut &*conn)
        .await?)
}
