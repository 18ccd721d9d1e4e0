//! Handing a subject in and taking it back: what the resource that owns the subject calls.

use chrono::NaiveDate;
use uuid::Uuid;

use super::freeze::freeze;
use super::refusals::refused;
use super::{RequestSummary, Seen, Submission, Submitted, advance};
use crate::approvals::model::{
    Act, Actor, Case, Effect, Event, FrozenStep, Position, Refusal, RequestHead, Seats, State, Transition,
    step,
};
use crate::approvals::{policy, store};
use crate::authz::{Permit, authorize};
use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::regulations::profile::{ApprovalSubjectKind, resolve};

/// Hands a subject in: resolves its chain from the regulation and freezes it, or, when its request was returned
/// for rework, begins the next round of that request. The permit is that of the subject's own operation, which
/// writes the audit row; the caller also changes the subject.
pub async fn submit(ctx: &Ctx<'_>, permit: &Permit, submission: Submission) -> Result<Submitted> {
    let today = regions::today(ctx, submission.region_id).await?;
    let (seats, works_here) = tokio::try_join!(
        store::seats_of(ctx, today),
        works_here(ctx, submission.learner, submission.organization_id, today)
    )?;
    let event = Event::Submit { subject_version: Some(submission.subject_version) };
    if let Some(mut open) = store::lock_open(ctx, submission.subject_kind, submission.subject_id).await? {
        open.request.learner_agreed = submission.learner_agreed;
        open.request.learner_left = !works_here;
        open.head.title = submission.title;
        let (case, transition) = hand_in(ctx, permit, open, event, &seats, today)?;
        store::append(ctx, permit, &case).await?;
        return outcome(&case, &transition);
    }
    // Said before anybody looks for those who would be asked: where the learner is gone, many of them are as well.
    if !works_here {
        return Err(refused(Refusal::LearnerLeft));
    }
    let profile = &submission.regulation.profile;
    let Some(chain) = resolve(profile, submission.subject_kind, &submission.facts) else {
        return Ok(Submitted::NoChainNeeded);
    };
    let frozen = freeze(ctx, &submission, chain, today).await?;
    let agreed = submission.learner_agreed;
    // P0-6: the route alone has two sides to agree.
    let both_sides =
        matches!(submission.subject_kind, ApprovalSubjectKind::Route | ApprovalSubjectKind::RouteRevision)
            && profile.route.people.both_sides_consent.is_some();
    let draft = Case::new(head(ctx, submission), frozen.steps, Vec::new(), agreed, both_sides);
    let (case, transition) = hand_in(ctx, permit, draft.map_err(Error::internal)?, event, &seats, today)?;
    only_others_decide(&case, &transition, &frozen.callers_alone)?;
    store::insert(ctx, permit, &case).await?;
    outcome(&case, &transition)
}

/// Nobody decides on a submission of his own, so one that nobody else could decide on would wait for ever. Somebody
/// else hands it in then, or the seat gets a second holder.
fn only_others_decide(case: &Case, transition: &Transition, callers_alone: &[Position]) -> Result<()> {
    let stuck = |frozen: &&FrozenStep| {
        let step = &frozen.step;
        !frozen.skipped
            && step.blocking
            && step.kind.is_of_substance()
            && callers_alone.contains(&step.position)
            && !transition.record.taken.contains(&step.position)
    };
    let problem = |frozen: &FrozenStep| {
        let words = Text::new(
            "Этот шаг можете сделать только вы, а о своей подаче никто не решает: пусть подаст другой",
            "Only you could take this step, and nobody decides on a submission of his or her own: let somebody else submit",
        );
        let mut problem =
            FieldProblem::new(format!("/chain/{}", frozen.key), "only_submitter_could_decide", words);
        problem.paragraph.clone_from(&frozen.paragraph);
        problem
    };
    let problems: Vec<_> = case.steps.iter().filter(stuck).map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

/// Takes the open request of a subject back; only its submitter may. The caller, who holds the permit of his own
/// operation, changes the subject.
pub async fn withdraw(ctx: &Ctx<'_>, subject_kind: ApprovalSubjectKind, subject_id: Uuid) -> Result<()> {
    let case =
        store::lock_open(ctx, subject_kind, subject_id).await?.ok_or(Error::new(Code::StateConflict))?;
    let seen = super::decide::seen(ctx, case).await?;
    let target = super::target(ctx, &seen.case, &seen.seats);
    let permit = authorize(ctx.actor, &policy::WITHDRAW_APPROVAL, &target)?;
    let submitter = Actor::Person(seen.seats.facts());
    super::withdraw::take_back(ctx, &permit, seen, &submitter, None).await?;
    Ok(())
}

/// Ends the open request of a subject that has ended with the thing it belongs to, if there is one; by the right that
/// ended that. The caller changes the subject. Returns the request.
pub async fn end_with_subject(
    ctx: &Ctx<'_>,
    permit: &Permit,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
    reason: &str,
) -> Result<Option<Uuid>> {
    let Some(case) = store::lock_open(ctx, subject_kind, subject_id).await? else { return Ok(None) };
    let Seen { case, seats, today } = super::decide::seen(ctx, case).await?;
    let event = Event::SubjectEnded { reason: reason.to_owned() };
    let transition =
        step(&case.request, &case.chain, event, &Actor::Person(seats.facts()), today).map_err(refused)?;
    let case = advance(ctx, case, &transition, permit.role()?, None)?;
    store::append(ctx, permit, &case).await?;
    Ok(Some(case.head.id))
}

/// The newest request of a subject, for whoever may see the subject.
pub async fn request_of(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Option<RequestSummary>> {
    let Some(head) = store::newest_of(ctx, subject_kind, subject_id).await? else { return Ok(None) };
    let today = regions::today(ctx, head.region_id).await?;
    let (due_on, overdue) = (head.due_on(), head.overdue(today));
    Ok(Some(RequestSummary {
        id: head.id,
        submitted_by_person_id: head.submitted_by_person_id,
        version: head.version,
        state: head.state,
        round: head.round,
        due_on,
        overdue,
        submitted_at: head.submitted_at,
    }))
}

/// Whether the learner, where there is one, works at the organization on that day.
async fn works_here(
    ctx: &Ctx<'_>,
    learner: Option<Uuid>,
    organization_id: Uuid,
    today: NaiveDate,
) -> Result<bool> {
    match learner {
        Some(learner) => store::works_at(ctx, learner, organization_id, today).await,
        None => Ok(true),
    }
}

fn head(ctx: &Ctx<'_>, submission: Submission) -> RequestHead {
    RequestHead {
        id: new_id(),
        region_id: submission.region_id,
        municipality_id: submission.municipality_id,
        organization_id: submission.organization_id,
        learner: submission.learner,
        subject_kind: submission.subject_kind,
        subject_id: submission.subject_id,
        title: submission.title,
        regulation_id: submission.regulation.id,
        state: State::Draft,
        round: 1,
        step_due_on: None,
        submitter: ctx.actor.person_id.unwrap_or(ctx.actor.account_id),
        submitted_by_person_id: ctx.actor.person_id,
        submitted_at: ctx.now,
        closed_at: None,
        version: 0,
    }
}

fn hand_in(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: Case,
    event: Event,
    seats: &Seats,
    today: NaiveDate,
) -> Result<(Case, Transition)> {
    let actor = Actor::Person(seats.facts());
    let transition = step(&case.request, &case.chain, event, &actor, today).map_err(refused)?;
    let case = advance(ctx, case, &transition, permit.role()?, None)?;
    Ok((case, transition))
}

fn outcome(case: &Case, transition: &Transition) -> Result<Submitted> {
    let request_id = case.head.id;
    match &transition.to {
        State::InReview { step, round } => Ok(Submitted::InReview { request_id, round: *round, step: *step }),
        State::Approved => {
            Ok(Submitted::Approved { request_id, round: case.head.round, act: act(transition) })
        }
        State::Draft | State::Returned { .. } | State::Rejected | State::Withdrawn | State::Lapsed => {
            Err(Error::internal("a submission leads to review or to approval"))
        }
    }
}

fn act(transition: &Transition) -> Option<Act> {
    transition.effects.iter().find_map(|effect| match effect {
        Effect::SubjectApproved { act } => act.clone(),
        _ => None,
    })
}
