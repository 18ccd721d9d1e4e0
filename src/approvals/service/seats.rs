//! From a step of a regulation to a seat: at which organization, in which association, and is anybody there.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Submission;
use crate::approvals::model::{Deadline, FrozenStep, OnDeadline, Position, Seat, Step, StepKind};
use crate::approvals::store::{self, Holder};
use crate::authz::{Level, Role};
use crate::db::Ctx;
use crate::directory::persons::model::AssociationFacts;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::regulations::profile::{
    ActorRelation, ChainStepKind, DeadlineAction, DeadlineDays, ResolvedChain, ResolvedStep, VacantSeatAction,
};

/// The chain with its places, and the steps that nobody but the caller could take.
pub(super) struct Frozen {
    pub(super) steps: Vec<FrozenStep>,
    pub(super) callers_alone: Vec<Position>,
}

/// Finds the place of every step. What cannot be found is reported at once, all of it.
pub(super) async fn freeze(
    ctx: &Ctx<'_>,
    submission: &Submission,
    chain: ResolvedChain,
    today: NaiveDate,
) -> Result<Frozen> {
    let places = Places::find(ctx, submission, &chain, today).await?;
    let (mut problems, mut steps, mut callers_alone) = (Vec::new(), Vec::new(), Vec::new());
    for step in chain.steps.into_iter().map(|step| places.not_of_learner(step)) {
        let (organization, holder) = match places.of(&step) {
            Ok(place) => place,
            Err(_) if step.if_vacant == VacantSeatAction::Skip => (None, SeatHolder::Nobody),
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        if places.is_only_of(ctx.actor.person_id, &step, organization) {
            callers_alone.push(Position(step.number));
        }
        steps.push(frozen(step, organization, holder));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    Ok(Frozen { steps, callers_alone })
}

/// What is known of the places around a subject on a day.
struct Places<'a> {
    submission: &'a Submission,
    holders: Vec<Holder>,
    associations: Vec<AssociationFacts>,
    natural: Vec<(Uuid, String, Option<Uuid>)>,
}

/// A place, and who sits there; or what is missing.
type Place = Result<(Option<Uuid>, SeatHolder), Box<FieldProblem>>;

/// Who sits at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SeatHolder {
    /// Somebody who may decide.
    Somebody,
    /// The learner alone, who does not decide about himself.
    LearnerAlone,
    /// Nobody.
    Nobody,
}

impl<'a> Places<'a> {
    async fn find(
        ctx: &Ctx<'_>,
        submission: &'a Submission,
        chain: &ResolvedChain,
        today: NaiveDate,
    ) -> Result<Self> {
        let actors = || {
            chain
                .steps
                .iter()
                .flat_map(|step| [step.actor].into_iter().chain(step.instead_of_learner.clone()))
        };
        let roles: Vec<Role> = actors().filter_map(|actor| actor.role).collect();
        let in_association =
            chain.steps.iter().any(|step| step.actor.relation == ActorRelation::OwnAssociation);
        let associations = match submission.learner.filter(|_| in_association) {
            Some(learner) => associations_of(ctx, learner, today).await?,
            None => Vec::new(),
        };
        let (region, municipality) = (submission.region_id, submission.municipality_id);
        let holders =
            store::holders(ctx, &roles, region, municipality, submission.organization_id, today).await?;
        let missing: Vec<&str> = actors()
            .filter(|actor| is_above(actor.relation))
            .filter_map(|actor| actor.role)
            .filter(|role| !holders.iter().any(|holder| holder.role == *role))
            .map(natural_kind)
            .collect();
        let natural = if missing.is_empty() {
            Vec::new()
        } else {
            store::natural_places(ctx, region, &missing).await?
        };
        Ok(Self { submission, holders, associations, natural })
    }

    /// The step as it is asked: where only the learner could take it, of those whom the regulation names instead.
    fn not_of_learner(&self, step: ResolvedStep) -> ResolvedStep {
        if !matches!(self.of(&step), Ok((_, SeatHolder::LearnerAlone))) {
            return step;
        }
        let others =
            step.instead_of_learner.iter().map(|actor| ResolvedStep { actor: *actor, ..step.clone() });
        let seated: Vec<(ResolvedStep, SeatHolder)> =
            others.filter_map(|other| self.of(&other).ok().map(|(_, holder)| (other, holder))).collect();
        let taken = seated.iter().find(|(_, holder)| *holder == SeatHolder::Somebody);
        taken.or(seated.first()).map_or(step, |(other, _)| other.clone())
    }

    fn of(&self, step: &ResolvedStep) -> Place {
        let Some(role) = step.actor.role else { return Ok((None, SeatHolder::Somebody)) };
        match step.actor.relation {
            ActorRelation::Learner => Ok((None, SeatHolder::Somebody)),
            ActorRelation::OwnAssociation => self.association(step),
            ActorRelation::OwnSchool | ActorRelation::SubjectOwner => {
                let place = self.submission.organization_id;
                Ok((Some(place), self.holder_at(role, place)))
            }
            ActorRelation::OwnMunicipality if self.submission.municipality_id.is_none() => Err(missing(
                step,
                "no_municipality",
                "Организация не относится ни к какому муниципалитету",
                "The organization lies in no municipality",
            )),
            ActorRelation::OwnMunicipality | ActorRelation::OwnRegion => self.above(step, role),
        }
    }

    /// Holders of the role who are not the learner.
    fn others(&self, role: Role) -> impl Iterator<Item = &Holder> {
        let learner = self.submission.learner;
        self.holders.iter().filter(move |holder| holder.role == role && Some(holder.person_id) != learner)
    }

    fn holder_at(&self, role: Role, place: Uuid) -> SeatHolder {
        let here = |holder: &&Holder| holder.role == role && holder.organization_id == place;
        if self.others(role).any(|holder| here(&holder)) {
            SeatHolder::Somebody
        } else if self.holders.iter().any(|holder| here(&holder)) {
            SeatHolder::LearnerAlone
        } else {
            SeatHolder::Nobody
        }
    }

    /// The learner's association in that school; one that has a head goes before one that has none.
    fn association(&self, step: &ResolvedStep) -> Place {
        let here =
            |association: &&AssociationFacts| association.organization_id == self.submission.organization_id;
        let headed = |association: &&AssociationFacts| {
            association.head_person_id.is_some() && association.head_person_id != self.submission.learner
        };
        let mut own: Vec<&AssociationFacts> = self.associations.iter().filter(here).collect();
        own.sort_by_key(|association| (!headed(association), association.id));
        let found = own.first().ok_or_else(|| {
            missing(
                step,
                "no_association",
                "Работник не входит ни в одно методическое объединение организации",
                "The learner belongs to no association of the organization",
            )
        })?;
        let holder = match found.head_person_id {
            None => SeatHolder::Nobody,
            head if head == self.submission.learner => SeatHolder::LearnerAlone,
            Some(_) => SeatHolder::Somebody,
        };
        Ok((Some(found.id), holder))
    }

    /// Whether the seat is that person's and nobody else's: the learner decides about himself as little as he does.
    fn is_only_of(&self, person: Option<Uuid>, step: &ResolvedStep, place: Option<Uuid>) -> bool {
        let (Some(me), Some(place), Some(role)) = (person, place, step.actor.role) else { return false };
        if step.actor.relation == ActorRelation::OwnAssociation {
            let own = |association: &AssociationFacts| association.head_person_id == Some(me);
            return self.associations.iter().any(|association| association.id == place && own(association));
        }
        let here = || self.holders.iter().filter(|it| it.role == role && it.organization_id == place);
        let other =
            |holder: &Holder| holder.person_id != me && Some(holder.person_id) != self.submission.learner;
        here().any(|holder| holder.person_id == me) && !here().any(other)
    }

    /// Where the role is held in the municipality or the region; where it would be, when nobody holds it.
    fn above(&self, step: &ResolvedStep, role: Role) -> Place {
        if let Some(holder) = self.others(role).next() {
            return Ok((Some(holder.organization_id), SeatHolder::Somebody));
        }
        let municipal = role.level() == Some(Level::Municipality);
        let fits = |(_, kind, municipality): &&(Uuid, String, Option<Uuid>)| {
            kind == natural_kind(role) && (!municipal || *municipality == self.submission.municipality_id)
        };
        let held =
            self.holders.iter().find(|holder| holder.role == role).map(|holder| holder.organization_id);
        let place = held.or_else(|| self.natural.iter().find(fits).map(|(id, ..)| *id));
        let holder = if held.is_some() { SeatHolder::LearnerAlone } else { SeatHolder::Nobody };
        place.map(|place| (Some(place), holder)).ok_or_else(|| {
            missing(
                step,
                "no_seat",
                "Нет организации, где была бы назначена эта роль",
                "There is no organization at which this role could be held",
            )
        })
    }
}

/// The associations of the learner; one whose head no longer works there has none.
async fn associations_of(ctx: &Ctx<'_>, learner: Uuid, today: NaiveDate) -> Result<Vec<AssociationFacts>> {
    let mut associations = person_facts(ctx, learner, today).await?.associations;
    let ids: Vec<Uuid> = associations.iter().map(|association| association.id).collect();
    let at_work = store::heads_at_work(ctx, &ids, today).await?;
    for association in &mut associations {
        association.head_person_id = association.head_person_id.filter(|_| at_work.contains(&association.id));
    }
    Ok(associations)
}

const fn is_above(relation: ActorRelation) -> bool {
    matches!(relation, ActorRelation::OwnMunicipality | ActorRelation::OwnRegion)
}

/// The kind of organization at which a role of a municipality or a region is held as a rule.
const fn natural_kind(role: Role) -> &'static str {
    match role {
        Role::MunicipalOfficer => "municipal_authority",
        Role::MunicipalMethodist => "municipal_center",
        Role::RegionalOperator => "regional_operator",
        Role::RegionalCoordinator => "regional_coordinator",
        Role::QualityOfficer => "quality_center",
        _ => "ministry",
    }
}

fn missing(step: &ResolvedStep, code: &'static str, ru: &'static str, en: &'static str) -> Box<FieldProblem> {
    let mut problem = FieldProblem::new(format!("/chain/{}", step.key), code, Text::new(ru, en));
    problem.paragraph.clone_from(&step.paragraph);
    Box::new(problem)
}

fn frozen(step: ResolvedStep, organization: Option<Uuid>, holder: SeatHolder) -> FrozenStep {
    let seat = step.actor.role.map_or(Seat::Learner, Seat::Role);
    let deadline = step.deadline.as_ref();
    FrozenStep {
        key: step.key,
        in_association: step.actor.relation == ActorRelation::OwnAssociation,
        skipped: match step.if_vacant {
            VacantSeatAction::Wait => false,
            VacantSeatAction::Skip => holder != SeatHolder::Somebody,
            VacantSeatAction::SkipOwn => holder == SeatHolder::LearnerAlone,
        },
        paragraph: step.paragraph,
        step: Step {
            position: Position(step.number),
            kind: kind(step.kind),
            seat,
            organization,
            blocking: step.blocking,
            act_required: step.act_required,
            text_required: step.decision_text_required,
            may_return: step.return_demand.is_some(),
            taken_by_submission: step.satisfied_by_submission,
            deadline: deadline
                .map(|given| Deadline { days: given.days, working: given.day_kind == DeadlineDays::Working }),
            on_deadline: deadline.map_or(OnDeadline::Nothing, |given| at_deadline(given.at_deadline)),
        },
    }
}

const fn kind(kind: ChainStepKind) -> StepKind {
    match kind {
        ChainStepKind::Endorse => StepKind::Endorse,
        ChainStepKind::Approve => StepKind::Approve,
        ChainStepKind::Discuss => StepKind::Discuss,
        ChainStepKind::Consent => StepKind::Consent,
        ChainStepKind::Acknowledge => StepKind::Acknowledge,
    }
}

const fn at_deadline(action: DeadlineAction) -> OnDeadline {
    match action {
        DeadlineAction::Remind => OnDeadline::Remind,
        DeadlineAction::Escalate => OnDeadline::Escalate,
        DeadlineAction::Lapse => OnDeadline::Lapse,
        DeadlineAction::Nothing => OnDeadline::Nothing,
    }
}
