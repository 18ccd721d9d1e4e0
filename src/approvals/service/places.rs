//! From a step of a regulation to a place: at which organization, in which association, and is anybody there.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Submission;
use crate::approvals::store::{self, Holder};
use crate::authz::{Level, Role};
use crate::db::Ctx;
use crate::directory::persons::model::AssociationFacts;
use crate::directory::persons::service::person_facts;
use crate::error::{FieldProblem, Result, Text};
use crate::regulations::profile::{ActorRelation, ChainStepKind, ResolvedChain, ResolvedStep};

/// What is known of the places around a subject on a day.
pub(super) struct Places<'a> {
    submission: &'a Submission,
    submitter: Option<Uuid>,
    holders: Vec<Holder>,
    associations: Vec<AssociationFacts>,
    natural: Vec<(Uuid, String, Option<Uuid>)>,
}

/// A place, and who sits there; or what is missing.
pub(super) type Place = Result<(Option<Uuid>, SeatHolder), Box<FieldProblem>>;

/// Who sits at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeatHolder {
    /// Somebody who may decide.
    Somebody,
    /// The learner alone, who does not decide about himself.
    LearnerAlone,
    /// Nobody but the submitter, and perhaps the learner: nobody decides on a submission of his own.
    SubmitterAlone,
    /// Nobody.
    Nobody,
}

impl<'a> Places<'a> {
    pub(super) async fn find(
        ctx: &Ctx<'_>,
        submission: &'a Submission,
        chain: &ResolvedChain,
        today: NaiveDate,
    ) -> Result<Self> {
        let actors =
            || chain.steps.iter().flat_map(|step| [step.actor].into_iter().chain(step.stand_ins.clone()));
        let roles: Vec<Role> = actors().filter_map(|actor| actor.role).collect();
        let in_association = actors().any(|actor| actor.relation == ActorRelation::OwnAssociation);
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
        Ok(Self { submission, submitter: ctx.actor.person_id, holders, associations, natural })
    }

    /// The step as it is asked: where nobody but the learner or the submitter could take it, of those whom the regulation
    /// names instead. What the learner may not decide waits for whoever comes to such a seat; what the submitter may
    /// not, somebody else can hand in.
    pub(super) fn not_of_own(&self, step: ResolvedStep) -> ResolvedStep {
        let by_learner = match self.of(&step) {
            Ok((_, SeatHolder::LearnerAlone)) => true,
            Ok((_, SeatHolder::SubmitterAlone)) => false,
            Ok((_, SeatHolder::Somebody | SeatHolder::Nobody)) | Err(_) => return step,
        };
        let others = step.stand_ins.iter().map(|actor| ResolvedStep { actor: *actor, ..step.clone() });
        let seated: Vec<(ResolvedStep, SeatHolder)> =
            others.filter_map(|other| self.of(&other).ok().map(|(_, holder)| (other, holder))).collect();
        let taken = seated.iter().find(|(_, holder)| *holder == SeatHolder::Somebody);
        taken.or(seated.first().filter(|_| by_learner)).map_or(step, |(other, _)| other.clone())
    }

    pub(super) fn of(&self, step: &ResolvedStep) -> Place {
        let Some(role) = step.actor.role else { return Ok((None, SeatHolder::Somebody)) };
        match step.actor.relation {
            ActorRelation::Learner => Ok((None, SeatHolder::Somebody)),
            ActorRelation::OwnAssociation => self.association(step),
            ActorRelation::OwnSchool | ActorRelation::SubjectOwner => {
                let place = self.submission.organization_id;
                Ok((Some(place), self.holder_at(step, role, place)))
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

    /// Whether that person may take the step: nobody decides about himself, nor on a submission of his own, unless
    /// submitting takes the step. An opinion is anybody's.
    fn may_take(&self, step: &ResolvedStep, person: Uuid) -> bool {
        let of_substance = matches!(step.kind, ChainStepKind::Endorse | ChainStepKind::Approve);
        let barred = of_substance && !step.satisfied_by_submission;
        Some(person) != self.submission.learner && !(barred && Some(person) == self.submitter)
    }

    /// What those who hold a seat are for the step.
    fn sitting(&self, step: &ResolvedStep, holders: &[Uuid]) -> SeatHolder {
        if holders.iter().any(|person| self.may_take(step, *person)) {
            SeatHolder::Somebody
        } else if holders.iter().any(|person| Some(*person) != self.submission.learner) {
            SeatHolder::SubmitterAlone
        } else if holders.is_empty() {
            SeatHolder::Nobody
        } else {
            SeatHolder::LearnerAlone
        }
    }

    fn holder_at(&self, step: &ResolvedStep, role: Role, place: Uuid) -> SeatHolder {
        let here = |holder: &&Holder| holder.role == role && holder.organization_id == place;
        let holders: Vec<Uuid> = self.holders.iter().filter(here).map(|holder| holder.person_id).collect();
        self.sitting(step, &holders)
    }

    /// The learner's association in that school; one that has a head goes before one that has none.
    fn association(&self, step: &ResolvedStep) -> Place {
        let here =
            |association: &&AssociationFacts| association.organization_id == self.submission.organization_id;
        let headed = |association: &&AssociationFacts| {
            association.head_person_id.is_some_and(|head| self.may_take(step, head))
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
        Ok((Some(found.id), self.sitting(step, found.head_person_id.as_slice())))
    }

    /// Whether nobody but the submitter sits there: somebody else, or the learner who hands in himself.
    pub(super) fn is_only_of_submitter(&self, holder: SeatHolder) -> bool {
        match holder {
            SeatHolder::SubmitterAlone => true,
            SeatHolder::LearnerAlone => self.submitter.is_some() && self.submitter == self.submission.learner,
            SeatHolder::Somebody | SeatHolder::Nobody => false,
        }
    }

    /// Where the role is held in the municipality or the region; where it would be, when nobody holds it.
    fn above(&self, step: &ResolvedStep, role: Role) -> Place {
        let held: Vec<&Holder> = self.holders.iter().filter(|holder| holder.role == role).collect();
        if let Some(holder) = held.iter().find(|holder| self.may_take(step, holder.person_id)) {
            return Ok((Some(holder.organization_id), SeatHolder::Somebody));
        }
        let municipal = role.level() == Some(Level::Municipality);
        let fits = |(_, kind, municipality): &&(Uuid, String, Option<Uuid>)| {
            kind == natural_kind(role) && (!municipal || *municipality == self.submission.municipality_id)
        };
        let place = held.first().map(|holder| holder.organization_id);
        let place = place.or_else(|| self.natural.iter().find(fits).map(|(id, ..)| *id));
        let people: Vec<Uuid> = held.iter().map(|holder| holder.person_id).collect();
        let holder = self.sitting(step, &people);
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
