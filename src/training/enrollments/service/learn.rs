//! The way of an enrollment: stages, the end, leaving, the link to the route.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    ShownEnrollment, both_sides, organiser_side, permit, recording_side, require_version, school_side, shown,
    today,
};
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::training::applications;
use crate::training::enrollments::model::{
    Enrollment, EnrollmentEvent, EnrollmentRefusal, StageRecord, Surroundings, is_mastered_in_full, step,
};
use crate::training::enrollments::{policy, store};
use crate::training::offerings::service::{give_seats_back, lock_offering};
use crate::training::vocabulary::{EnrollmentClosing, EnrollmentState, OfferingState};

/// Records attendance and result of a stage.
pub async fn record_enrollment_stage(
    ctx: &Ctx<'_>,
    id: Uuid,
    position: i32,
    if_match: i64,
    record: &StageRecord,
) -> Result<ShownEnrollment> {
    let (current, around) = hold(ctx, id).await?;
    let stages = store::stages(ctx.conn, id).await?;
    let stage = stages.iter().find(|stage| stage.position == position);
    let target = match stage {
        Some(stage) => recording_side(&current, &around, stage.kind),
        None => organiser_side(&current, &around),
    };
    let permit = permit(ctx.actor, &policy::RECORD_ENROLLMENT_STAGE, &current, &around, &target)?;
    let stage = stage.ok_or(Error::not_found())?;
    require_version(&current, if_match)?;
    require_other(ctx, &current)?;
    let state = step(current.state, &EnrollmentEvent::Record).map_err(refused)?;
    let whole = stage.hours.unwrap_or(current.hours);
    if record.attended_hours.is_some_and(|attended| attended > whole) {
        let words = Text::owned(format!("В этапе {whole} ч"), format!("The stage has {whole} h"));
        return Err(Error::invalid(vec![FieldProblem::new("/attended_hours", "hours_exceed", words)]));
    }
    store::record(ctx, &permit, id, position, record).await?;
    let change = Change::none().field("position", (), position).field(
        "outcome",
        stage.outcome.as_str(),
        record.outcome.as_str(),
    );
    let changed = Enrollment { state, version: current.version + 1, ..current };
    finish(ctx, &permit, changed, around, change).await
}

/// Closes an enrollment: what is not mastered in full is incomplete (P3-14).
pub async fn complete_enrollment(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    closing: EnrollmentClosing,
    reason: Option<&str>,
) -> Result<ShownEnrollment> {
    let (current, around) = hold(ctx, id).await?;
    let target = organiser_side(&current, &around);
    let permit = permit(ctx.actor, &policy::COMPLETE_ENROLLMENT, &current, &around, &target)?;
    require_version(&current, if_match)?;
    require_other(ctx, &current)?;
    let event = match closing {
        EnrollmentClosing::Finish => {
            let stages = store::stages(ctx.conn, id).await?;
            EnrollmentEvent::Finish { mastered_in_full: is_mastered_in_full(&stages, current.hours) }
        }
        EnrollmentClosing::Fail => EnrollmentEvent::Fail { reason: reason.unwrap_or_default().to_owned() },
    };
    let state = step(current.state, &event).map_err(refused)?;
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let ended = Enrollment {
        state,
        reason: reason.map(str::to_owned),
        ended_on: Some(today(ctx, &current).await?),
        version: current.version + 1,
        ..current
    };
    finish(ctx, &permit, ended, around, change).await
}

/// The person leaves; the seat is free again while the offering goes on.
pub async fn withdraw_enrollment(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: &str,
) -> Result<ShownEnrollment> {
    let seen = store::find(ctx.conn, id).await?;
    let mut offering = lock_offering(ctx, seen.offering_id).await?;
    let (current, around) = hold(ctx, id).await?;
    let target = both_sides(&current).person(current.person_id);
    let permit = permit(ctx.actor, &policy::WITHDRAW_ENROLLMENT, &current, &around, &target)?;
    require_version(&current, if_match)?;
    let event = EnrollmentEvent::Withdraw { reason: reason.to_owned() };
    let state = step(current.state, &event).map_err(refused)?;
    if matches!(offering.state, OfferingState::Open | OfferingState::Running) {
        give_seats_back(ctx, &permit, &mut offering, 1).await?;
    }
    applications::service::free_person(ctx, &permit, current.application_id, current.person_id).await?;
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let ended = Enrollment {
        state,
        reason: Some(reason.to_owned()),
        ended_on: Some(today(ctx, &current).await?),
        version: current.version + 1,
        ..current
    };
    finish(ctx, &permit, ended, around, change).await
}

/// Names the activity of the person's route that it fulfils.
pub async fn set_enrollment_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    activity_id: Option<Uuid>,
) -> Result<ShownEnrollment> {
    let (current, around) = hold(ctx, id).await?;
    let target = school_side(&current).person(current.person_id).assigned(around.heads.iter().copied());
    let permit = permit(ctx.actor, &policy::SET_ENROLLMENT_ACTIVITY, &current, &around, &target)?;
    require_version(&current, if_match)?;
    if current.state == EnrollmentState::Withdrawn {
        return Err(refused(EnrollmentRefusal::AlreadyFinal));
    }
    if let Some(activity_id) = activity_id
        && !store::is_activity_of(ctx.conn, &current, activity_id).await?
    {
        return Err(Error::field(
            "/activity_id",
            "unknown",
            "В маршруте человека нет такого мероприятия для этой программы",
            "The person's route has no such activity that this training fulfils",
        ));
    }
    let change = Change::none().field(
        "activity_id",
        current.activity_id.map(|id| id.to_string()),
        activity_id.map(|id| id.to_string()),
    );
    let linked = Enrollment { activity_id, version: current.version + 1, ..current };
    finish(ctx, &permit, linked, around, change).await
}

/// Learning begins for everybody enrolled, by the right to start the offering. The caller audits.
pub async fn start_all(ctx: &Ctx<'_>, permit: &Permit, offering_id: Uuid, today: NaiveDate) -> Result<()> {
    store::start_all(ctx, permit, offering_id, today).await
}

/// Everybody leaves an offering that is cancelled, and may apply for it no more. The caller audits.
pub async fn withdraw_all(
    ctx: &Ctx<'_>,
    permit: &Permit,
    offering_id: Uuid,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    store::withdraw_all(ctx, permit, offering_id, reason, today).await
}

async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<(Enrollment, Surroundings)> {
    let current = store::lock(ctx.conn, id).await?;
    let around = store::surroundings(ctx.conn, &current).await?;
    Ok((current, around))
}

/// Nobody judges his own learning.
fn require_other(ctx: &Ctx<'_>, enrollment: &Enrollment) -> Result<()> {
    let own = ctx.actor.is_person(enrollment.person_id);
    if own { Err(Error::new(Code::SeparationOfDuties)) } else { Ok(()) }
}

async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    enrollment: Enrollment,
    around: Surroundings,
    change: Change,
) -> Result<ShownEnrollment> {
    store::save(ctx, permit, &enrollment).await?;
    ctx.audit(permit, Subject { kind: "enrollment", id: enrollment.id }, change).await?;
    shown(ctx, enrollment, around).await
}

fn refused(refusal: EnrollmentRefusal) -> Error {
    let words = match refusal {
        EnrollmentRefusal::ReasonRequired => {
            return Error::field("/reason", refusal.code(), "Назовите причину", "A reason is required");
        }
        EnrollmentRefusal::NotStarted => Text::new("Обучение ещё не началось", "Learning has not begun"),
        EnrollmentRefusal::AlreadyStarted => Text::new("Обучение уже идёт", "Learning goes on already"),
        EnrollmentRefusal::AlreadyFinal => Text::new("Обучение уже закончено", "The enrollment has ended"),
    };
    Error {
        fields: vec![FieldProblem::new("/state", refusal.code(), words)],
        ..Error::new(Code::StateConflict)
    }
}
