//! A decision: lock, authorize, judge, write, tell the subject, audit.

use chrono::NaiveDate;
use uuid::Uuid;

use super::problems::problems;
use super::refusals::refused;
use super::{Seen, advance, target};
use crate::approvals::model::{
    Act, Actor, ActorFacts, Case, Decision, DecisionKind, Effect, Event, Meeting, Position, Refusal, Seat,
    Seats, Step, Transition, complete_decision, step,
};
use crate::approvals::{policy, store};
use crate::authz::{Permit, Role, Rule, authorize};
use crate::db::{Change, Ctx, Subject};
use crate::directory::regions::service as regions;
use crate::effects::{self, ApprovalOutcome};
use crate::error::{Code, Error, Result};
use crate::values::text::is_blank;

/// What the caller decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A positive decision of that kind.
    Positive(DecisionKind),
    /// Back for rework.
    Return,
    /// Refused for good.
    Reject,
}

/// A decision as it was sent.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The step.
    pub step: Position,
    /// What is decided.
    pub verdict: Verdict,
    /// Remark, opinion or reason.
    pub note: Option<String>,
    /// By when the rework is due.
    pub due_on: Option<NaiveDate>,
    /// Number of the act.
    pub act_number: Option<String>,
    /// Date of the act.
    pub act_date: Option<NaiveDate>,
    /// The meeting of the body that decided.
    pub meeting: Option<Meeting>,
    /// The absent person in whose name it is decided.
    pub acting_for: Option<Uuid>,
}

/// Decides on a step of a request.
pub async fn decide(ctx: &Ctx<'_>, id: Uuid, if_match: i64, decision: NewDecision) -> Result<Seen> {
    decide_under(ctx, &policy::DECIDE_APPROVAL, id, if_match, decision).await
}

/// One of many decisions that were sent together.
pub async fn decide_among_many(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    decision: NewDecision,
) -> Result<Seen> {
    decide_under(ctx, &policy::DECIDE_APPROVALS, id, if_match, decision).await
}

async fn decide_under(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    if_match: i64,
    decision: NewDecision,
) -> Result<Seen> {
    let Seen { case, seats, today } = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, rule, &target(ctx, &case, &seats))?;
    fresh(&case, if_match)?;
    let name = in_the_name(&seats, decision.acting_for, case.chain.at(decision.step))?;
    let transition = judge(&case, name.facts, decision, today)?;
    let role = transition.record.step.and_then(|at| seat_role(&case, at)).unwrap_or(permit.role()?);
    let case = finish(ctx, &permit, case, &transition, role, name.substitution_id).await?;
    Ok(Seen { case, seats, today })
}

/// In whose name somebody acts.
pub(super) struct Name {
    pub(super) facts: ActorFacts,
    pub(super) substitution_id: Option<Uuid>,
}

/// The own name, or that of somebody absent whom the caller substitutes today; never a guess.
pub(super) fn in_the_name(seats: &Seats, acting_for: Option<Uuid>, step: Option<&Step>) -> Result<Name> {
    let Some(absent) = acting_for else { return Ok(Name { facts: seats.facts(), substitution_id: None }) };
    let capacity = seats.standing_for(absent, step).ok_or_else(|| refused(Refusal::NotSubstitute))?;
    Ok(Name { facts: seats.facts_in(capacity), substitution_id: Some(capacity.substitution) })
}

/// Locks the subject before the request: whoever hands in or takes back comes by the same way.
pub(super) async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Seen> {
    let (subject_kind, subject_id) = store::subject_of(ctx, id).await?.ok_or(Error::not_found())?;
    effects::hold(ctx, subject_kind, subject_id).await?;
    let case = store::lock(ctx, id).await?.ok_or(Error::not_found())?;
    seen(ctx, case).await
}

/// The locked request with the caller's seats as they are now.
pub(super) async fn seen(ctx: &Ctx<'_>, case: Case) -> Result<Seen> {
    let today = regions::today(ctx, case.head.region_id).await?;
    let (seats, left) =
        tokio::try_join!(store::seats_of(ctx, today), store::learner_has_left(ctx, case.head.id, today))?;
    let mut case = case;
    case.request.learner_left = left;
    Ok(Seen { case, seats, today })
}

pub(super) fn fresh(case: &Case, if_match: i64) -> Result<()> {
    if case.head.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

fn seat_role(case: &Case, at: Position) -> Option<Role> {
    match case.chain.at(at)?.seat {
        Seat::Role(role) => Some(role),
        Seat::Learner => None,
    }
}

pub(super) async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: Case,
    transition: &Transition,
    role: Role,
    substitution_id: Option<Uuid>,
) -> Result<Case> {
    let case = advance(ctx, case, transition, role, substitution_id)?;
    store::append(ctx, permit, &case).await?;
    tell(ctx, permit, &case, transition).await?;
    Ok(case)
}

/// Tells the subject how it ended, and the log who did it.
pub(super) async fn tell(ctx: &Ctx<'_>, permit: &Permit, case: &Case, transition: &Transition) -> Result<()> {
    for outcome in transition.effects.iter().filter_map(outcome) {
        effects::apply(ctx, case.head.subject_kind, case.head.subject_id, &outcome).await?;
    }
    let change = Change::none()
        .field("decision", (), transition.record.event.as_str())
        .field("step", (), transition.record.step.map(|at| at.0))
        .field("round", (), case.head.round)
        .field("state", (), transition.to.as_str());
    let change = match transition.record.acting_for {
        Some(absent) => change.field("acting_for", (), absent.to_string()),
        None => change,
    };
    let change = match &transition.record.event {
        Event::Insert(insertion) => change
            .field("before", (), insertion.before.0)
            .field("kind", (), insertion.step.step.kind.as_str())
            .field("role", (), insertion.step.seat_columns().role.map(Role::as_str)),
        _ => change,
    };
    ctx.audit(permit, Subject { kind: "approval_request", id: case.head.id }, change).await
}

fn outcome(effect: &Effect) -> Option<ApprovalOutcome> {
    match effect {
        Effect::SubjectApproved { act } => Some(ApprovalOutcome::Approved { act: act.clone() }),
        Effect::SubjectReturned { reason, due_on } => {
            Some(ApprovalOutcome::Returned { reason: reason.clone(), due_on: *due_on })
        }
        Effect::SubjectRejected { reason } => Some(ApprovalOutcome::Rejected { reason: reason.clone() }),
        Effect::SubjectWithdrawn => Some(ApprovalOutcome::Withdrawn),
        Effect::Lapsed { .. } => Some(ApprovalOutcome::Lapsed),
        Effect::StepOpened { .. } | Effect::PassedOver { .. } | Effect::Reminded { .. } => None,
    }
}

/// Who and when come first (403, 409), what was said second (422, every problem at once).
fn judge(case: &Case, facts: ActorFacts, decision: NewDecision, today: NaiveDate) -> Result<Transition> {
    let actor = Actor::Person(facts);
    let asked = case.chain.at(decision.step).ok_or(Refusal::UnknownStep).map_err(refused)?;
    if !matches!(decision.verdict, Verdict::Positive(_)) {
        at_open_step(case, asked)?;
    }
    let rehearsal = complete(case, &decision, today);
    step(&case.request, &case.chain, rehearsal, &actor, today).map_err(refused)?;
    let problems = problems(asked, &decision, case.request.handed_in_on(), today);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    step(&case.request, &case.chain, event(decision)?, &actor, today).map_err(refused)
}

/// A return or a rejection names the step that it is said from, so that a late one does not hit the next step.
fn at_open_step(case: &Case, asked: &Step) -> Result<()> {
    match case.head.open_step() {
        Some(open) if open != asked.position => {
            let passed = case.chain.stands_before(asked.position, open);
            Err(refused(if passed { Refusal::StepAlreadyDecided } else { Refusal::StepNotOpen }))
        }
        _ => Ok(()),
    }
}

/// The same decision with everything in it that could be asked for.
fn complete(case: &Case, decision: &NewDecision, today: NaiveDate) -> Event {
    let filler = || "-".to_owned();
    match decision.verdict {
        Verdict::Positive(kind) => Event::Decide(complete_decision(&case.chain, decision.step, kind, today)),
        Verdict::Return => Event::Return { reason: filler(), due_on: today },
        Verdict::Reject => Event::Reject { reason: filler() },
    }
}

fn event(decision: NewDecision) -> Result<Event> {
    let said = decision.note.filter(|note| !is_blank(note));
    let act = decision.act_number.zip(decision.act_date).map(|(number, date)| Act { number, date });
    match decision.verdict {
        Verdict::Positive(kind) => Ok(Event::Decide(Decision {
            step: decision.step,
            kind,
            act,
            text: said,
            meeting: decision.meeting,
        })),
        Verdict::Return => {
            let due_on = decision.due_on.ok_or_else(|| Error::internal("a return without its date"))?;
            Ok(Event::Return { reason: said.unwrap_or_default(), due_on })
        }
        Verdict::Reject => Ok(Event::Reject { reason: said.unwrap_or_default() }),
    }
}
