//! Queries on applications.

pub(super) mod facts;
mod list;
mod rows;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Applicant, Application, ApplicationPerson, OfferingInBrief};
use crate::authz::Permit;
use crate::db::schema::{
    application_people, applications, association_members, associations, enrollments, offerings, persons,
};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::training::offerings::model::Queued;
use crate::training::vocabulary::ApplicationState;
use crate::values::PersonName;
use rows::ApplicationRow;

pub(super) use list::list;

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Application> {
    let query = applications::table.find(id).select(ApplicationRow::as_select());
    query.first::<ApplicationRow>(&mut &*conn).await?.application()
}

/// Whoever locks an application holds its offering already.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Application> {
    let query = applications::table.find(id).select(ApplicationRow::as_select()).for_no_key_update();
    query.first::<ApplicationRow>(&mut &*conn).await?.application()
}

/// Title, days and leader of offerings, by id.
pub(super) async fn briefs(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, OfferingInBrief>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, NaiveDate, NaiveDate, Option<Uuid>)> = offerings::table
        .filter(offerings::id.eq_any(ids.to_vec()))
        .select((
            offerings::id,
            offerings::title,
            offerings::starts_on,
            offerings::ends_on,
            offerings::leader_id,
        ))
        .load(&mut &*conn)
        .await?;
    let brief = |(id, title, starts_on, ends_on, leader_id)| {
        (id, OfferingInBrief { title, starts_on, ends_on, leader_id })
    };
    Ok(rows.into_iter().map(brief).collect())
}

type PersonRow = (Uuid, (String, String, Option<String>), Option<Uuid>, Option<DateTime<Utc>>);

/// The people in an application by name; three statements that travel together.
pub(super) async fn people(conn: &Conn, application_id: Uuid) -> Result<Vec<ApplicationPerson>> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let named = || application_people::table.filter(application_people::application_id.eq(application_id));
    let (rows, heads, enrolled) = tokio::try_join!(
        named()
            .inner_join(persons::table)
            .order((persons::last_name, persons::first_name, persons::id))
            .select((
                application_people::person_id,
                (persons::last_name, persons::first_name, persons::middle_name),
                application_people::activity_id,
                application_people::acknowledged_at,
            ))
            .load::<PersonRow>(&mut first),
        association_members::table
            .inner_join(associations::table)
            .filter(association_members::until.is_null())
            .filter(associations::head_person_id.is_not_null())
            .filter(association_members::person_id.eq_any(named().select(application_people::person_id)))
            .select((association_members::person_id, associations::head_person_id.assume_not_null()))
            .load::<(Uuid, Uuid)>(&mut second),
        enrollments::table
            .filter(enrollments::application_id.eq(application_id))
            .select((enrollments::person_id, enrollments::id))
            .load::<(Uuid, Uuid)>(&mut third),
    )?;
    let person = |(person_id, (last, first, middle), activity_id, acknowledged_at): PersonRow| {
        let of_person = |pairs: &[(Uuid, Uuid)]| -> Vec<Uuid> {
            pairs.iter().filter(|(person, _)| *person == person_id).map(|(_, other)| *other).collect()
        };
        Ok(ApplicationPerson {
            person_id,
            name: PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?,
            activity_id,
            acknowledged_at,
            enrollment_id: of_person(&enrolled).into_iter().next(),
            heads: of_person(&heads),
        })
    };
    rows.into_iter().map(person).collect()
}

/// What waits for these offerings in the order of arrival, with the free seats.
pub(super) async fn queues(conn: &Conn, offering_ids: &[Uuid]) -> Result<Vec<(i32, Vec<Queued>)>> {
    if offering_ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, i32, Uuid, i32)> = applications::table
        .inner_join(offerings::table)
        .filter(applications::offering_id.eq_any(offering_ids.to_vec()))
        .filter(applications::state.eq(ApplicationState::Submitted.as_str()))
        .order((applications::offering_id, applications::created_at, applications::id))
        .select((
            applications::offering_id,
            offerings::seats - offerings::seats_taken,
            applications::id,
            applications::people_count,
        ))
        .load(&mut &*conn)
        .await?;
    let mut queues: Vec<(Uuid, i32, Vec<Queued>)> = Vec::new();
    for (offering_id, free, id, people) in rows {
        match queues.last_mut() {
            Some((known, _, queue)) if *known == offering_id => queue.push(Queued { id, people }),
            _ => queues.push((offering_id, free, vec![Queued { id, people }])),
        }
    }
    Ok(queues.into_iter().map(|(_, free, queue)| (free, queue)).collect())
}

/// Writes an application; for whom of the people it stands now: not for those who have another one.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    application: &Application,
    people: &[Applicant],
) -> Result<Vec<Uuid>> {
    diesel::insert_into(applications::table)
        .values(ApplicationRow::new(application, ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    let lines: Vec<_> = people
        .iter()
        .map(|person| {
            (
                application_people::application_id.eq(application.id),
                application_people::region_id.eq(application.region_id),
                application_people::municipality_id.eq(application.municipality_id),
                application_people::organization_id.eq(application.organization_id),
                application_people::person_id.eq(person.person_id),
                application_people::offering_id.eq(application.offering_id),
                application_people::activity_id.eq(person.activity_id),
            )
        })
        .collect();
    // Another application for one of them may have come in between: waits for it, and leaves him out if it stands.
    Ok(diesel::insert_into(application_people::table)
        .values(lines)
        .on_conflict_do_nothing()
        .returning(application_people::person_id)
        .get_results(&mut &*ctx.conn)
        .await?)
}

pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, application: &Application) -> Result<()> {
    diesel::update(applications::table.find(application.id))
        .set(ApplicationRow::new(application, ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn acknowledge(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    application_id: Uuid,
    person_id: Uuid,
) -> Result<()> {
    diesel::update(application_people::table.find((application_id, person_id)))
        .set(application_people::acknowledged_at.eq(Some(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The application no longer stands for anybody in it.
pub(super) async fn free_everybody(ctx: &Ctx<'_>, _permit: &Permit, application_id: Uuid) -> Result<()> {
    let people = application_people::table.filter(application_people::application_id.eq(application_id));
    diesel::update(people).set(application_people::standing.eq(false)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// The application no longer stands for that person.
pub(super) async fn free_person(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    application_id: Uuid,
    person_id: Uuid,
) -> Result<()> {
    diesel::update(application_people::table.find((application_id, person_id)))
        .set(application_people::standing.eq(false))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Declines whatever waits for the offering; the offering is held.
pub(super) async fn decline_all(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    offering_id: Uuid,
    reason: Option<&str>,
) -> Result<()> {
    let waiting = || {
        applications::table
            .filter(applications::offering_id.eq(offering_id))
            .filter(applications::state.eq(ApplicationState::Submitted.as_str()))
    };
    let people = application_people::table
        .filter(application_people::application_id.eq_any(waiting().select(applications::id)));
    diesel::update(people).set(application_people::standing.eq(false)).execute(&mut &*ctx.conn).await?;
    diesel::update(waiting())
        .set((
            applications::state.eq(ApplicationState::Declined.as_str()),
            applications::reason.eq(reason),
            applications::decided_by.eq(Some(ctx.actor.account_id)),
            applications::decided_at.eq(Some(ctx.now)),
            applications::version.eq(applications::version + 1),
            applications::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
