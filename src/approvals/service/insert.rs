//! A step that somebody who is asked wants another to take first (design §5: a senior inserts a step).

use chrono::NaiveDate;
use uuid::Uuid;

use super::Seen;
use super::decide::{finish, fresh, in_the_name, lock};
use super::refusals::refused;
use super::target;
use crate::approvals::model::{
    Actor, Case, Deadline, Event, FrozenStep, Insertion, OnDeadline, Position, Refusal, Seat, Step, StepKind,
    complete_insertion, step,
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
    let (seat, organization) = asked(ctx, &case, &new, today).await?;
    let frozen = frozen(&case, &new, seat, organization);
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

fn pointing(mut error: Error, pointer: &str) -> Error {
    for field in &mut error.fields {
        pointer.clone_into(&mut field.pointer);
    }
    error
}

fn frozen(case: &Case, new: &NewStep, seat: Seat, organization: Uuid) -> FrozenStep {
    let position = case.next_number();
    FrozenStep {
        key: format!("inserted_{position}"),
        step: Step {
            position,
            kind: new.kind,
            seat,
            organization: Some(organization),
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

/// Who is asked: a role held at an organization of the region, or the head of an association; by somebody who may take
/// such a step.
async fn asked(ctx: &Ctx<'_>, case: &Case, new: &NewStep, today: NaiveDate) -> Result<(Seat, Uuid)> {
    match (new.role, new.organization_id, new.association_id) {
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
            if place.region_id != case.head.region_id {
                return Err(Error::not_found().in_body("/organization_id"));
            }
            let holders = store::holders_at(ctx, role, organization_id, today).await?;
            somebody(ctx, case, new, &holders, "/role")?;
            Ok((Seat::Role(role), organization_id))
        }
        (None, None, Some(association_id)) => {
            let (region_id, head) = store::association_head(ctx, association_id, today)
                .await?
                .ok_or_else(|| Error::not_found().in_body("/association_id"))?;
            if region_id != case.head.region_id {
                return Err(Error::not_found().in_body("/association_id"));
            }
            somebody(ctx, case, new, head.as_slice(), "/association_id")?;
            Ok((Seat::Role(Role::AssociationHead), association_id))
        }
        _ => Err(Error::field(
            "/role",
            "seat_missing",
            "Укажите либо роль и организацию, либо методическое объединение",
            "Name either a role and its organization, or an association",
        )),
    }
}

/// Whoever agrees is neither the learner nor the submitter nor the one who asks, and has taken no step of this round yet;
/// an opinion is anybody's.
fn somebody(ctx: &Ctx<'_>, case: &Case, new: &NewStep, holders: &[Uuid], pointer: &str) -> Result<()> {
    let has_decided = |person: Uuid| {
        let of_round = case.lines.iter().filter(|line| line.record.round == case.head.round);
        of_round
            .filter(|line| matches!(line.record.event, Event::Decide(_)))
            .any(|line| line.record.is_of(person))
    };
    let may_take = |person: &Uuid| {
        let kept_apart =
            case.request.is_own_of(*person) || ctx.actor.is_person(*person) || has_decided(*person);
        new.kind != StepKind::Endorse || !kept_apart
    };
    if holders.iter().any(may_take) {
        return Ok(());
    }
    let words =
        Text::new("На этом месте никого нет, кто вправе решать", "Nobody who may decide holds this seat");
    Err(Error::invalid(vec![FieldProblem::new(pointer, "no_seat", words)]))
}
