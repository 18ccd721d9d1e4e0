//! What becomes of an application.

use uuid::Uuid;

use super::{
    ShownApplication, Whole, is_own, organiser_target, owner_target, permit, require_version, shown, whole,
};
use crate::authz::{Permit, Target};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::training::applications::model::{
    Applicant, Application, ApplicationEvent, ApplicationRefusal, people_problems, step,
};
use crate::training::applications::{policy, store};
use crate::training::enrollments;
use crate::training::enrollments::service::Newcomer;
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::{lock_offering, take_seats, today};
use crate::training::vocabulary::{ApplicationKind, ApplicationState, OfferingState};

/// Enrolls everybody in it, or nobody (P1-32).
pub async fn accept_application(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownApplication> {
    let (mut offering, mut whole) = hold(ctx, id).await?;
    let permit = deciding(ctx, &whole, if_match)?;
    let state = happen(&whole, &ApplicationEvent::Accept)?;
    if !matches!(offering.state, OfferingState::Open | OfferingState::Running) {
        return Err(Error::new(Code::StateConflict)
            .detail("На это обучение не зачисляют", "Nobody is enrolled in this offering now"));
    }
    refuse_gone(ctx, &offering, &whole).await?;
    take_seats(ctx, &permit, &mut offering, whole.application.people_count).await?;
    let newcomers: Vec<Newcomer> = whole
        .people
        .iter()
        .map(|person| Newcomer { person_id: person.person_id, activity_id: person.activity_id })
        .collect();
    enrollments::service::enroll(ctx, &permit, &offering, &whole.application, &newcomers).await?;
    let before = whole.application.state;
    let application = Application {
        state,
        decided_by: Some(ctx.actor.account_id),
        decided_at: Some(ctx.now),
        version: whole.application.version + 1,
        ..whole.application.clone()
    };
    store::save(ctx, &permit, &application).await?;
    audit(ctx, &permit, &application, before).await?;
    whole = super::whole(ctx, application).await?;
    shown(ctx, whole).await
}

/// Whoever has left the school since is not enrolled from there, and an activity that no longer stands is not fulfilled.
async fn refuse_gone(ctx: &Ctx<'_>, offering: &Offering, whole: &Whole) -> Result<()> {
    let people: Vec<Applicant> = whole
        .people
        .iter()
        .map(|person| Applicant { person_id: person.person_id, activity_id: person.activity_id })
        .collect();
    let school_id = whole.application.organization_id;
    let today = today(ctx, offering).await?;
    let facts = store::facts::applicants(ctx.conn, school_id, offering, &people, today).await?;
    let fields = people_problems(&people, &facts);
    if fields.is_empty() { Ok(()) } else { Err(Error { fields, ..Error::new(Code::StateConflict) }) }
}

/// Enrolls nobody in it, and says why.
pub async fn decline_application(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: Option<&str>,
) -> Result<ShownApplication> {
    let (_offering, whole) = hold(ctx, id).await?;
    let permit = deciding(ctx, &whole, if_match)?;
    let reason = reason.unwrap_or_default().to_owned();
    let state = happen(&whole, &ApplicationEvent::Decline { reason: reason.clone() })?;
    let application = Application {
        decided_by: Some(ctx.actor.account_id),
        decided_at: Some(ctx.now),
        reason: Some(reason),
        ..whole.application.clone()
    };
    end(ctx, &permit, application, state).await
}

/// Takes it back.
pub async fn withdraw_application(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: Option<&str>,
) -> Result<ShownApplication> {
    let (_offering, whole) = hold(ctx, id).await?;
    let permit = permit(ctx.actor, &policy::WITHDRAW_APPLICATION, &whole, &owner_target(&whole))?;
    require_version(&whole.application, if_match)?;
    let state = happen(&whole, &ApplicationEvent::Withdraw)?;
    let application = Application { reason: reason.map(str::to_owned), ..whole.application.clone() };
    end(ctx, &permit, application, state).await
}

/// A person who was sent has read so (P2-26).
pub async fn acknowledge_referral(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownApplication> {
    let (_offering, whole) = hold(ctx, id).await?;
    let mine = whole.people.iter().find(|person| ctx.actor.is_person(person.person_id));
    let mut target = Target::region(whole.application.region_id);
    if let Some(mine) = mine {
        target = target.person(mine.person_id);
    }
    let permit = permit(ctx.actor, &policy::ACKNOWLEDGE_REFERRAL, &whole, &target)?;
    if whole.application.kind != ApplicationKind::Referral {
        return Err(Error::new(Code::StateConflict).detail("Это не направление", "This is no referral"));
    }
    let Some(mine) = mine.filter(|person| person.acknowledged_at.is_none()) else {
        ctx.audit(&permit, Subject { kind: "application", id }, Change::none()).await?;
        return shown(ctx, whole).await;
    };
    store::acknowledge(ctx, &permit, id, mine.person_id).await?;
    let application = Application { version: whole.application.version + 1, ..whole.application.clone() };
    store::save(ctx, &permit, &application).await?;
    let change = Change::none().field("acknowledged", false, true);
    ctx.audit(&permit, Subject { kind: "application", id }, change).await?;
    let whole = super::whole(ctx, application).await?;
    shown(ctx, whole).await
}

/// Holds the offering, then the application.
async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<(Offering, Whole)> {
    let seen = store::find(ctx.conn, id).await?;
    let offering = lock_offering(ctx, seen.offering_id).await?;
    let application = store::lock(ctx.conn, id).await?;
    Ok((offering, whole(ctx, application).await?))
}

/// The right of the organiser, the version he saw, and no business of his own.
fn deciding(ctx: &Ctx<'_>, whole: &Whole, if_match: i64) -> Result<Permit> {
    let target = organiser_target(&whole.application);
    let permit = permit(ctx.actor, &policy::DECIDE_APPLICATION, whole, &target)?;
    require_version(&whole.application, if_match)?;
    if is_own(ctx.actor, whole) { Err(Error::new(Code::SeparationOfDuties)) } else { Ok(permit) }
}

fn happen(whole: &Whole, event: &ApplicationEvent) -> Result<ApplicationState> {
    step(whole.application.state, event).map_err(|refusal| match refusal {
        ApplicationRefusal::ReasonRequired => {
            Error::field("/reason", refusal.code(), "Назовите причину", "A reason is required")
        }
        ApplicationRefusal::AlreadyDecided => {
            let words = Text::new("По заявке уже решено", "The application has been decided");
            let fields = vec![FieldProblem::new("/decision", refusal.code(), words)];
            Error { fields, ..Error::new(Code::StateConflict) }
        }
    })
}

/// It ends without anybody enrolled: all in it may apply again.
async fn end(
    ctx: &Ctx<'_>,
    permit: &Permit,
    application: Application,
    state: ApplicationState,
) -> Result<ShownApplication> {
    let before = application.state;
    let application = Application { state, version: application.version + 1, ..application };
    store::save(ctx, permit, &application).await?;
    store::free_everybody(ctx, permit, application.id).await?;
    audit(ctx, permit, &application, before).await?;
    let whole = whole(ctx, application).await?;
    shown(ctx, whole).await
}

async fn audit(
    ctx: &Ctx<'_>,
    permit: &Permit,
    application: &Application,
    before: ApplicationState,
) -> Result<()> {
    let change = Change::none().field("state", before.as_str(), application.state.as_str());
    ctx.audit(permit, Subject { kind: "application", id: application.id }, change).await
}
