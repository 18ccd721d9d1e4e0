//! A step that somebody who is asked wants another to take first (design §5: a senior inserts a step).

use chrono::NaiveDate;
use uuid::Uuid;

use super::Seen;
use super::decide::{finish, fresh, in_the_name, lock};
use super::refusals::{pointing, refused};
use super::target;
use crate::approvals::model::{
    Actor, Case, Deadline, Event, FrozenStep, HeldSeat, Insertion, OnDeadline, Position, Refusal, Seat,
    Shortage, Step, StepKind, complete_insertion, leaves_enough, personal_steps, step,
};
use crate::approvals::{policy, store};
use crate::authz::{Role, authorize};
use crate::db::Ctx;
use crate::directory::organizations::service::organization_at;
use crate::error::{Error, FieldProblem, Result, Text};

/// A step as it was sent.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The own step, before which it is put.
    pub before: Position,
    /// What is asked for.
    pub kind: StepKind,
    /// The role that is asked; none where the head of an association is.
    pub role: Option<Role>,
    /// The organization at which the role is held.
    pub organization_id: Option<Uuid>,
    /// The association whose head is asked.
    pub association_id: Option<Uuid>,
    /// The time given.
    pub deadline: Option<Deadline>,
    /// Why somebody else is to be asked.
    pub reason: String,
    /// The absent person in whose name it is put in.
    pub acting_for: Option<Uuid>,
}

/// Puts a step before one at which the caller decides.
pub async fn insert_step(ctx: &Ctx<'_>, id: Uuid, if_match: i64, new: NewStep) -> Result<Seen> {
    let Seen { case, seats, today } = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::INSERT_APPROVAL_STEP, &target(ctx, &case, &seats))?;
    fresh(&case, if_match)?;
    let name = in_the_name(&seats, new.acting_for, case.chain.at(new.before))?;
    let actor = Actor::Person(name.facts);
    // Who and when come first, what was said second.
    let rehearsal = Event::Insert(complete_insertion(new.before, case.next_number()));
    step(&case.request, &case.chain, rehearsal, &actor, today).map_err(at_before)?;
    let (seat, pointer) = asked(ctx, &case, &new).await?;
    let holders = holders(ctx, &case, seat, today).await?;
    enough(ctx, &case, &new, seat, &holders).map_err(|shortage| short(shortage, pointer))?;
    let frozen = frozen(&case, &new, seat);
    let in_association = new.association_id.is_some();
    let event = Event::Insert(Insertion { before: new.before, step: Box::new(frozen), reason: new.reason });
    let transition = step(&case.request, &case.chain, event, &actor, today).map_err(|refusal| {
        let error = refused(refusal);
        if in_association { pointing(error, "/association_id") } else { error }
    })?;
    let role = match case.chain.at(new.before).map(|step| step.seat) {
        Some(Seat::Role(role)) => role,
        Some(Seat::Learner) | None => permit.role()?,
    };
    let case = finish(ctx, &permit, case, &transition, role, name.substitution_id).await?;
    Ok(Seen { case, seats, today })
}

/// A refusal about the own step points to where the own step is named.
fn at_before(refusal: Refusal) -> Error {
    let error = refused(refusal);
    let about_a_step = error.fields.first().is_some_and(|field| field.pointer == "/step");
    if about_a_step { pointing(error, "/before") } else { error }
}

fn frozen(case: &Case, new: &NewStep, seat: HeldSeat) -> FrozenStep {
    let position = case.next_number();
    FrozenStep {
        key: format!("inserted_{position}"),
        step: Step {
            position,
            kind: new.kind,
            seat: Seat::Role(seat.role),
            organization: Some(seat.organization),
            blocking: new.kind != StepKind::Discuss,
            act_required: false,
            text_required: false,
            may_return: new.kind == StepKind::Endorse,
            taken_by_submission: false,
            deadline: new.deadline,
            on_deadline: new.deadline.map_or(OnDeadline::Nothing, |_| OnDeadline::Remind),
            group: false,
            protocol_required: false,
        },
        in_association: new.association_id.is_some(),
        skipped: false,
        paragraph: None,
        council: None,
        inserted: None,
    }
}

/// Who is asked: a role held at an organization of the region, or the head of an association; and where the body says so.
async fn asked(ctx: &Ctx<'_>, case: &Case, new: &NewStep) -> Result<(HeldSeat, &'static str)> {
    let (role, organization, region_id, pointers) = match (new.role, new.organization_id, new.association_id)
    {
        (Some(role), Some(organization_id), None) => {
            if !policy::sits_at_an_organization(role) {
                return Err(Error::field(
                    "/role",
                    "role_without_seat",
                    "Эта роль не решает по должности",
                    "Nobody decides in this role",
                ));
            }
            let place = organization_at(ctx, organization_id, "/organization_id").await?;
            (role, organization_id, Some(place.region_id), ("/organization_id", "/role"))
        }
        (None, None, Some(id)) => {
            let region_id = store::region_of_association(ctx, id).await?;
            (Role::AssociationHead, id, region_id, ("/association_id", "/association_id"))
        }
        _ => {
            return Err(Error::field(
                "/role",
                "seat_missing",
                "Укажите либо роль и организацию, либо методическое объединение",
                "Name either a role and its organization, or an association",
            ));
        }
    };
    let (place, seat) = pointers;
    if region_id != Some(case.head.region_id) {
        return Err(Error::not_found().in_body(place));
    }
    Ok((HeldSeat { role, organization }, seat))
}

/// Who sits where today: at the new seat, and at those of the steps to which nobody comes twice.
async fn holders(
    ctx: &Ctx<'_>,
    case: &Case,
    seat: HeldSeat,
    today: NaiveDate,
) -> Result<Vec<(HeldSeat, Uuid)>> {
    let others = personal_steps(&case.request, &case.chain).filter_map(Step::held_seat);
    let seats: Vec<HeldSeat> = std::iter::once(seat).chain(others).collect();
    store::holders_of(ctx, &seats, today).await
}

/// Whether somebody may take the step, and every other one keeps somebody: whoever agrees is neither the learner nor the
/// submitter nor the one who asks, and takes no other step of the round; an opinion is anybody's.
fn enough(
    ctx: &Ctx<'_>,
    case: &Case,
    new: &NewStep,
    seat: HeldSeat,
    holders: &[(HeldSeat, Uuid)],
) -> Result<(), Shortage> {
    let at = |seat: HeldSeat| holders.iter().filter(move |(at, _)| *at == seat).map(|(_, person)| *person);
    if new.kind != StepKind::Endorse {
        return at(seat).next().map(|_| ()).ok_or(Shortage::Nobody);
    }
    let asks = |person: &Uuid| ctx.actor.is_person(*person) || new.acting_for == Some(*person);
    let asked: Vec<Uuid> = at(seat).filter(|person| !asks(person)).collect();
    let sitting = |step: &Step| step.held_seat().into_iter().flat_map(at).collect();
    leaves_enough(&case.request, &case.chain, &asked, sitting)
}

fn short(shortage: Shortage, pointer: &str) -> Error {
    let problem = match shortage {
        Shortage::Nobody => {
            let words = Text::new(
                "На этом месте никого нет, кто вправе решать",
                "Nobody who may decide holds this seat",
            );
            FieldProblem::new(pointer, "no_seat", words)
        }
        Shortage::NeededAt(step) => {
            let words = Text::owned(
                format!(
                    "Тот, кто занимает это место, нужен на шаге {step}, где больше решить некому: один человек не принимает двух решений в одном круге"
                ),
                format!(
                    "Whoever holds this seat is needed at step {step}, where nobody else could decide: the same person does not take two steps of one round"
                ),
            );
            FieldProblem::new(pointer, "needed_at_another_step", words)
        }
    };
    Error::invalid(vec![problem])
}
