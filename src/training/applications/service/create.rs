//! Applying for an offering.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ShownApplication, shown, whole};
use crate::authz::{Permit, Reach, Role, Target, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{organization, organization_at, target};
use crate::directory::persons::service::person_facts;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::regulations::profile::ApplicantKind;
use crate::regulations::service::binding_regulation;
use crate::training::applications::model::{Applicant, Application, NewApplication, problems};
use crate::training::applications::{policy, store};
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::{today, visible_offering};
use crate::training::vocabulary::{ApplicationKind, ApplicationState};

/// Submits an application.
pub async fn create_application(ctx: &Ctx<'_>, new: NewApplication) -> Result<ShownApplication> {
    let offering = offering_named(ctx, new.offering_id).await?;
    let today = today(ctx, &offering).await?;
    let (school, people, permit) = match new.kind {
        ApplicationKind::Person => oneself(ctx, &new, today).await?,
        ApplicationKind::Organization | ApplicationKind::Referral => of_school(ctx, &new).await?,
    };
    refuse_by_regulation(ctx, &new, &school, today).await?;
    if !offering.takes_applications(today) {
        return Err(Error::new(Code::StateConflict)
            .detail("Приём заявок не открыт или закончен", "Applications are not taken yet or any more"));
    }
    let facts = store::facts::applicants(ctx.conn, school.id, &offering, &people, today).await?;
    let found = problems(&new, &people, &facts, offering.data.seats);
    if !found.is_empty() {
        return Err(Error::invalid(found));
    }
    let standing = store::facts::standing(ctx.conn, offering.id, &people).await?;
    refuse_standing(&people, |person_id| standing.contains(&person_id))?;
    let application = Application {
        id: new_id(),
        region_id: school.region_id,
        municipality_id: school.municipality_id,
        organization_id: school.id,
        person_id: ctx.actor.person_id.filter(|_| new.kind == ApplicationKind::Person),
        offering_id: offering.id,
        provider_id: offering.organization_id,
        kind: new.kind,
        ground: new.ground,
        comment: new.comment,
        people_count: i32::try_from(people.len()).map_err(Error::internal)?,
        state: ApplicationState::Submitted,
        reason: None,
        submitted_by: ctx.actor.account_id,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: ctx.now,
    };
    let inserted = store::insert(ctx, &permit, &application, &people).await?;
    refuse_standing(&people, |person_id| !inserted.contains(&person_id))?;
    let change = Change::none().field("kind", (), application.kind.as_str()).field(
        "people_count",
        (),
        application.people_count,
    );
    ctx.audit(&permit, Subject { kind: "application", id: application.id }, change).await?;
    let application = store::find(ctx.conn, application.id).await?;
    let whole = whole(ctx, application).await?;
    shown(ctx, whole).await
}

/// An offering that does not exist for the actor is a wrong field.
async fn offering_named(ctx: &Ctx<'_>, id: Uuid) -> Result<Offering> {
    visible_offering(ctx, id).await.map_err(|refusal| refusal.in_body("/offering_id"))
}

/// A person applies alone, from one of his places of work; the school has no part in it (P4-26).
async fn oneself(
    ctx: &Ctx<'_>,
    new: &NewApplication,
    today: NaiveDate,
) -> Result<(Organization, Vec<Applicant>, Permit)> {
    let me = ctx.actor.person_id.ok_or(Error::new(Code::Forbidden))?;
    let people = match new.people.as_slice() {
        [] => vec![Applicant { person_id: me, activity_id: None }],
        [person] if person.person_id == me => vec![*person],
        _ => {
            return Err(Error::field(
                "/people",
                "not_oneself",
                "Личное заявление подают за себя",
                "A personal application is for oneself",
            ));
        }
    };
    let facts = person_facts(ctx, me, today).await?;
    let target = Target::region(facts.region_id).person(me);
    let permit = authorize_seen(ctx.actor, &policy::CREATE_APPLICATION, &target)?;
    let named = |id: Uuid| new.organization_id.is_none_or(|named| named == id);
    let work = facts.employed_on(today).find(|work| named(work.organization_id)).ok_or_else(|| {
        Error::field(
            "/organization_id",
            "not_employed",
            "Вы не работаете в этой организации",
            "You do not work at the organization",
        )
    })?;
    Ok((organization(ctx, work.organization_id).await?, people, permit))
}

/// A school applies for its people (P4-24) or sends them with a ground (P2-26).
async fn of_school(ctx: &Ctx<'_>, new: &NewApplication) -> Result<(Organization, Vec<Applicant>, Permit)> {
    let rule =
        if new.kind == ApplicationKind::Referral { &policy::REFER } else { &policy::CREATE_APPLICATION };
    let holds = |role: Role| rule.reaches(role).any(|reach| reach == Reach::Unit);
    let home =
        ctx.actor.grants.iter().find(|grant| holds(grant.role)).and_then(|grant| grant.organization_id);
    let id = new.organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let school = organization_at(ctx, id, "/organization_id").await?;
    let permit = authorize_seen(ctx.actor, rule, &target(&school))?;
    Ok((school, new.people.clone(), permit))
}

/// The regulation names who sends applications to providers; where it is silent, whoever may (P4-24, P4-26, P2-33).
async fn refuse_by_regulation(
    ctx: &Ctx<'_>,
    new: &NewApplication,
    school: &Organization,
    today: NaiveDate,
) -> Result<()> {
    let Some(regulation) = binding_regulation(ctx, school.id, today).await? else { return Ok(()) };
    let rules = &regulation.profile.orders.applications;
    if rules.is_empty() {
        return Ok(());
    }
    let applicant = match new.kind {
        ApplicationKind::Person => ApplicantKind::Person,
        ApplicationKind::Organization | ApplicationKind::Referral => ApplicantKind::Organization,
    };
    let rule = rules.iter().find(|rule| rule.applicant == applicant);
    if rule.is_some_and(|rule| rule.submitted_by.iter().any(|role| ctx.actor.holds(*role, school.id))) {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden).detail(
        "По положению такую заявку подают другие",
        "By the regulation others send such an application",
    ))
}

/// One standing application of a person for an offering; names who has one already.
fn refuse_standing(people: &[Applicant], has_one: impl Fn(Uuid) -> bool) -> Result<()> {
    let twice = people.iter().enumerate().filter(|(_, person)| has_one(person.person_id));
    let fields: Vec<FieldProblem> = twice
        .map(|(index, _)| {
            let words = Text::new(
                "Заявка на это обучение уже подана",
                "There is an application for this offering already",
            );
            FieldProblem::new(format!("/people/{index}/person_id"), "already_applied", words)
                .because("P4-26", None)
        })
        .collect();
    if fields.is_empty() { Ok(()) } else { Err(Error { fields, ..Error::new(Code::AlreadyExists) }) }
}
