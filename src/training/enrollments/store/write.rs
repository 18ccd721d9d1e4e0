//! Writes of enrollments.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::UNCLOSED;
use super::rows::{EnrollmentRow, EnrollmentStageRow};
use crate::authz::Permit;
use crate::db::schema::{application_people, enrollment_stages, enrollments};
use crate::db::{Ctx, DbHours};
use crate::error::Result;
use crate::training::contracts::model::Contract;
use crate::training::enrollments::model::{Enrollment, StageRecord};
use crate::training::offerings::model::TrainingStage;
use crate::training::vocabulary::EnrollmentState;

/// Enrollments that begin with the same stages, in two statements.
pub(in crate::training::enrollments) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    new: &[Enrollment],
    stages: &[TrainingStage],
) -> Result<()> {
    let rows: Vec<_> = new.iter().map(|enrollment| EnrollmentRow::new(enrollment, ctx.now)).collect();
    diesel::insert_into(enrollments::table).values(rows).execute(&mut &*ctx.conn).await?;
    let of_one = |enrollment: &Enrollment| -> Vec<EnrollmentStageRow> {
        let id = enrollment.id;
        (1..).zip(stages).map(|(position, stage)| EnrollmentStageRow::pending(id, position, stage)).collect()
    };
    let rows: Vec<_> = new.iter().flat_map(of_one).collect();
    diesel::insert_into(enrollment_stages::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

pub(in crate::training::enrollments) async fn save(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    enrollment: &Enrollment,
) -> Result<()> {
    diesel::update(enrollments::table.find(enrollment.id))
        .set(EnrollmentRow::new(enrollment, ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(in crate::training::enrollments) async fn record(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    position: i32,
    record: &StageRecord,
) -> Result<()> {
    diesel::update(enrollment_stages::table.find((id, position)))
        .set((
            enrollment_stages::outcome.eq(record.outcome.as_str()),
            enrollment_stages::attended_hours.eq(record.attended_hours.map(DbHours)),
            enrollment_stages::grade.eq(&record.grade),
            enrollment_stages::remark.eq(&record.remark),
            enrollment_stages::recorded_by.eq(Some(ctx.actor.account_id)),
            enrollment_stages::recorded_at.eq(Some(ctx.now)),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(in crate::training::enrollments) async fn start_all(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    offering_id: Uuid,
    today: NaiveDate,
) -> Result<()> {
    let waiting = enrollments::table
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(enrollments::state.eq(EnrollmentState::Enrolled.as_str()));
    diesel::update(waiting)
        .set((
            enrollments::state.eq(EnrollmentState::InProgress.as_str()),
            enrollments::started_on.eq(Some(today)),
            enrollments::version.eq(enrollments::version + 1),
            enrollments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(in crate::training::enrollments) async fn withdraw_all(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    offering_id: Uuid,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    let unclosed = enrollments::table
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(enrollments::state.eq_any(UNCLOSED));
    diesel::update(unclosed)
        .set((
            enrollments::state.eq(EnrollmentState::Withdrawn.as_str()),
            enrollments::reason.eq(Some(reason)),
            enrollments::ended_on.eq(Some(today)),
            enrollments::version.eq(enrollments::version + 1),
            enrollments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let people = application_people::table.filter(application_people::offering_id.eq(offering_id));
    diesel::update(people).set(application_people::standing.eq(false)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Puts those that fit under the contract; returns the others.
pub(in crate::training::enrollments) async fn cover(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    contract: &Contract,
    ids: &[Uuid],
) -> Result<Vec<Uuid>> {
    let held: Vec<(Uuid, Uuid, Uuid)> = enrollments::table
        .filter(enrollments::id.eq_any(ids.to_vec()))
        .filter(enrollments::region_id.eq(contract.region_id))
        .filter(enrollments::organization_id.eq(contract.organization_id))
        .filter(enrollments::provider_id.eq(contract.provider_id))
        .filter(enrollments::state.ne(EnrollmentState::Withdrawn.as_str()))
        .filter(
            enrollments::contract_id.is_null().or(enrollments::contract_id.assume_not_null().eq(contract.id)),
        )
        .order(enrollments::id)
        .select((enrollments::id, enrollments::offering_id, enrollments::person_id))
        .for_no_key_update()
        .load(&mut &*ctx.conn)
        .await?;
    let fits = |offering_id: Uuid, person_id: Uuid| {
        contract.offering_id.is_none_or(|only| only == offering_id)
            && contract.person_id.is_none_or(|only| only == person_id)
    };
    let fitting = held.into_iter().filter(|(_, offering_id, person_id)| fits(*offering_id, *person_id));
    let fitting: Vec<Uuid> = fitting.map(|(id, ..)| id).collect();
    let others: Vec<Uuid> = ids.iter().copied().filter(|id| !fitting.contains(id)).collect();
    if others.is_empty() {
        diesel::update(enrollments::table.filter(enrollments::id.eq_any(fitting)))
            .set((
                enrollments::contract_id.eq(Some(contract.id)),
                enrollments::version.eq(enrollments::version + 1),
                enrollments::updated_at.eq(ctx.now),
            ))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(others)
}
