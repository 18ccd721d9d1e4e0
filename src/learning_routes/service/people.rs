//! Who accompanies a route, and whether it is open for discussion.

use uuid::Uuid;

use super::super::model::Refusal;
use super::super::policy;
use super::RouteWhole;
use super::case::{Case, drafters, refused};
use crate::authz::{Permit, Role};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::person_facts;
use crate::directory::role_assignments::model::Grant;
use crate::directory::role_assignments::service::grants_of_person;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::regulations::profile::{RouteParticipantRule, RouteParticipation, RouteProfile, RouteTutorRule};

/// Names the tutor, or nobody (P1-12, P4-38).
pub async fn set_route_tutor(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    person_id: Option<Uuid>,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let allowed = namers(case.rules());
    let permit = case.permit_of(ctx.actor, &policy::SET_ROUTE_TUTOR, &allowed, if_match)?;
    refuse_ended(&case)?;
    let rule = case.rules().people.tutor.clone();
    if let Some(person_id) = person_id {
        let held = grants_in_region(ctx, &case, person_id).await?;
        if person_id == case.route.person_id || !may_tutor(&held, rule.as_ref(), case.route.organization_id) {
            let words = Text::new(
                "По положению этот человек не может быть тьютором маршрута",
                "By the regulation this person cannot be the tutor of the route",
            );
            let paragraph = rule.as_ref().and_then(|rule| rule.paragraph.as_deref());
            let problem = FieldProblem::new("/person_id", "tutor_not_eligible", words);
            return Err(Error::invalid(vec![problem.because("P1-12", paragraph)]));
        }
    }
    let change = Change::none().field("tutor_id", text(case.route.tutor_id), text(person_id));
    case.route.tutor_id = person_id;
    finish(ctx, &permit, case, change).await
}

/// Names who is in charge of the route, or nobody (P1-50).
pub async fn set_route_curator(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    person_id: Option<Uuid>,
) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let allowed = namers(case.rules());
    let permit = case.permit_of(ctx.actor, &policy::SET_ROUTE_CURATOR, &allowed, if_match)?;
    refuse_ended(&case)?;
    if let Some(person_id) = person_id {
        let held = grants_in_region(ctx, &case, person_id).await?;
        let school = Some(case.route.organization_id);
        if !held.iter().any(|(role, _, place)| *role == Role::ProgramCurator && *place == school) {
            return Err(Error::field(
                "/person_id",
                "curator_not_eligible",
                "Этот человек не курирует программы организации",
                "This person is not in charge of the programs of the school",
            ));
        }
    }
    let change = Change::none().field("curator_id", text(case.route.curator_id), text(person_id));
    case.route.curator_id = person_id;
    finish(ctx, &permit, case, change).await
}

/// Opens the route for discussion, or ends the discussion (P0-4).
pub async fn set_route_discussion(ctx: &Ctx<'_>, id: Uuid, if_match: i64, open: bool) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let allowed = drafters(case.rules());
    let permit = case.permit_of(ctx.actor, &policy::SET_ROUTE_DISCUSSION, &allowed, if_match)?;
    refuse_ended(&case)?;
    if case.rules().people.discussants.is_none() {
        return Err(Error::field(
            "/open",
            "discussion_not_used",
            "Положение не предусматривает обсуждения маршрута в объединении",
            "The regulation lets no association discuss routes",
        ));
    }
    let change = Change::none().field("discussion_open", case.route.discussion_open, open);
    case.route.discussion_open = open;
    finish(ctx, &permit, case, change).await
}

/// Who names those who accompany a route: the school, and from outside only whom the regulation lets accompany (P0-7).
pub(super) fn namers(rules: &RouteProfile) -> Vec<Role> {
    let mut roles = vec![Role::DeputyDirector, Role::Director, Role::ProgramCurator];
    let accompany = |rule: &&RouteParticipantRule| rule.participation == RouteParticipation::Accompanies;
    roles.extend(rules.people.participants.iter().filter(accompany).map(|rule| rule.role));
    roles
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, mut case: Case, change: Change) -> Result<RouteWhole> {
    case.route.version += 1;
    case.save(ctx).await?;
    ctx.audit(permit, Subject { kind: "route", id: case.route.id }, change).await?;
    // The circle of those who may read it has changed.
    super::read::whole(ctx, Case::open(ctx, case.route.id).await?).await
}

/// What somebody may act as today; nothing when the region does not know him or her, so that the answer tells nothing.
async fn grants_in_region(ctx: &Ctx<'_>, case: &Case, person_id: Uuid) -> Result<Vec<Grant>> {
    match person_facts(ctx, person_id, case.today).await {
        Ok(person) if person.region_id == case.route.region_id => {
            grants_of_person(ctx, person_id, case.today).await
        }
        Ok(_) => Ok(Vec::new()),
        Err(refusal) if refusal.code == Code::NotFound => Ok(Vec::new()),
        Err(refusal) => Err(refusal),
    }
}

/// Whether somebody who holds these roles may be the tutor; without a rule any employee of the school.
fn may_tutor(held: &[Grant], rule: Option<&RouteTutorRule>, school: Uuid) -> bool {
    held.iter().any(|(role, _, place)| match rule {
        Some(rule) => rule.eligible_roles.contains(role) && (!rule.same_school || *place == Some(school)),
        None => *place == Some(school),
    })
}

fn refuse_ended(case: &Case) -> Result<()> {
    if case.route.state.is_final() { Err(refused(Refusal::State(case.route.state))) } else { Ok(()) }
}

fn text(id: Option<Uuid>) -> Option<String> {
    id.map(|id| id.to_string())
}
