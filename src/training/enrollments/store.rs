//! Queries on enrollments.

mod fitting;
mod list;
mod places;
mod rows;
mod write;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Enrollment, EnrollmentStage, Surroundings};
use super::service::{ActivityEnrollment, Learnt};
use crate::db::schema::{
    association_members, associations, credentials, enrollment_stages, enrollments, offerings, persons,
    route_activities, routes,
};
use crate::db::{Conn, whole_person};
use crate::error::{Error, Result};
use crate::training::vocabulary::EnrollmentState;
use crate::values::PersonName;
use crate::values::text::collapse;
use rows::{EnrollmentRow, EnrollmentStageRow};

pub(super) use fitting::only_fitting_activities;
pub(super) use list::{certifiable, list};
pub(super) use places::places_taken;
pub(super) use write::{cover, insert, record, save, start_all, withdraw_all};

/// States in which nobody has closed an enrollment.
const UNCLOSED: [&str; 2] = [EnrollmentState::Enrolled.as_str(), EnrollmentState::InProgress.as_str()];

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Enrollment> {
    let query = enrollments::table.find(id).select(EnrollmentRow::as_select());
    query.first::<EnrollmentRow>(&mut &*conn).await?.enrollment()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Enrollment> {
    let query = enrollments::table.find(id).select(EnrollmentRow::as_select()).for_no_key_update();
    query.first::<EnrollmentRow>(&mut &*conn).await?.enrollment()
}

/// The person's enrollment in an offering; one that was withdrawn is none.
pub(super) async fn of_person_in(
    conn: &Conn,
    person_id: Uuid,
    offering_id: Uuid,
) -> Result<Option<Enrollment>> {
    let found = enrollments::table
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(whole_person("enrollments.person_id", person_id))
        .filter(enrollments::state.ne(EnrollmentState::Withdrawn.as_str()))
        .order(enrollments::created_at.desc())
        .select(EnrollmentRow::as_select())
        .first::<EnrollmentRow>(&mut &*conn)
        .await
        .optional()?;
    found.map(EnrollmentRow::enrollment).transpose()
}

/// The person's name and heads, and the leader; three statements that travel together.
pub(super) async fn surroundings(conn: &Conn, enrollment: &Enrollment) -> Result<Surroundings> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let ((last, given, middle), heads, leader_id) = tokio::try_join!(
        persons::table
            .find(enrollment.person_id)
            .select((persons::last_name, persons::first_name, persons::middle_name))
            .first::<(String, String, Option<String>)>(&mut first),
        association_members::table
            .inner_join(associations::table)
            .filter(association_members::until.is_null())
            .filter(association_members::person_id.eq(enrollment.person_id))
            .filter(associations::head_person_id.is_not_null())
            .select(associations::head_person_id.assume_not_null())
            .load::<Uuid>(&mut second),
        offerings::table
            .find(enrollment.offering_id)
            .select(offerings::leader_id)
            .first::<Option<Uuid>>(&mut third),
    )?;
    let name = PersonName::new(&last, &given, middle.as_deref()).map_err(Error::internal)?;
    Ok(Surroundings { name, heads, leader_id })
}

pub(super) async fn stages(conn: &Conn, enrollment_id: Uuid) -> Result<Vec<EnrollmentStage>> {
    let rows: Vec<EnrollmentStageRow> = enrollment_stages::table
        .filter(enrollment_stages::enrollment_id.eq(enrollment_id))
        .order(enrollment_stages::position)
        .select(EnrollmentStageRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(EnrollmentStageRow::stage).collect()
}

pub(super) async fn unclosed(conn: &Conn, offering_id: Uuid) -> Result<i64> {
    Ok(enrollments::table
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(enrollments::state.eq_any(UNCLOSED))
        .count()
        .get_result(&mut &*conn)
        .await?)
}

/// The newest enrollment of each activity.
pub(super) async fn of_activities(
    conn: &Conn,
    activity_ids: &[Uuid],
) -> Result<HashMap<Uuid, ActivityEnrollment>> {
    if activity_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Uuid, String)> = enrollments::table
        .filter(enrollments::activity_id.is_not_null())
        .filter(enrollments::activity_id.assume_not_null().eq_any(activity_ids.to_vec()))
        .order((enrollments::created_at, enrollments::id))
        .select((enrollments::activity_id.assume_not_null(), enrollments::id, enrollments::state))
        .load(&mut &*conn)
        .await?;
    let known = |(activity_id, id, state): (Uuid, Uuid, String)| {
        let state = EnrollmentState::parse(&state)
            .ok_or_else(|| Error::internal("unknown state of enrollment in the database"))?;
        Ok((activity_id, ActivityEnrollment { id, state }))
    };
    rows.into_iter().map(known).collect()
}

/// Whether it is a planned or completed activity of the person's route that the training may fulfil.
pub(super) async fn is_activity_of(conn: &Conn, enrollment: &Enrollment, activity_id: Uuid) -> Result<bool> {
    let found: Option<(Option<Uuid>, Option<Uuid>)> = route_activities::table
        .inner_join(routes::table)
        .filter(route_activities::id.eq(activity_id))
        .filter(whole_person("routes.person_id", enrollment.person_id))
        .filter(route_activities::state.ne("cancelled"))
        .select((route_activities::program_id, route_activities::module_id))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found.is_some_and(|(program_id, module_id)| {
        program_id.is_none_or(|id| enrollment.program_id == Some(id))
            && module_id.is_none_or(|id| enrollment.module_id.is_none_or(|learnt| learnt == id))
    }))
}

/// State, program, module, title, and when the person was enrolled.
type LearntRow = (String, Option<Uuid>, Option<Uuid>, String, DateTime<Utc>);

/// States of the person's enrollments in what was learnt: in the program, or the single module of it, else in what had
/// that title.
pub(super) async fn states_of(conn: &Conn, learnt: &Learnt) -> Result<Vec<EnrollmentState>> {
    let rows: Vec<LearntRow> = enrollments::table
        .filter(whole_person("enrollments.person_id", learnt.person_id))
        .filter(enrollments::provider_id.eq(learnt.issuer_id))
        .select((
            enrollments::state,
            enrollments::program_id,
            enrollments::module_id,
            enrollments::title,
            enrollments::created_at,
        ))
        .load(&mut &*conn)
        .await?;
    let title = |text: &str| collapse(text).to_lowercase();
    let same = rows.into_iter().filter(|(_, program_id, module_id, named, created_at)| {
        let in_time = learnt.by.is_none_or(|day| created_at.date_naive() <= day);
        let same = match learnt.program_id {
            Some(_) => *program_id == learnt.program_id && *module_id == learnt.module_id,
            None => title(named) == title(&learnt.title),
        };
        in_time && same
    });
    Ok(same.filter_map(|(state, ..)| EnrollmentState::parse(&state)).collect())
}

/// Whether the credential issued for it stands.
pub(super) async fn is_certified(conn: &Conn, enrollment: &Enrollment) -> Result<bool> {
    let Some(credential_id) = enrollment.credential_id else { return Ok(false) };
    let standing = credentials::table
        .find(credential_id)
        .filter(credentials::state.ne_all(["refused", "annulled"]))
        .select(credentials::id);
    Ok(standing.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}
