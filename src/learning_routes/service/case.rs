//! A route together with what every use case needs: its regulation, its learner, today, and who may act on it.
//!
//! The resources around a route (its people, its discussion, its reports) open it here too.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::documents::words::Words;
use super::super::model::{Event, Refusal, Route, RouteDraft, step};
use super::super::store;
use super::super::working_groups::model::GroupLack;
use super::circle::Circle;
use crate::approvals::service::asked;
use crate::authz::{Actor, Permit, Role, Rule, Target, authorize, authorize_kept, may};
use crate::db::{Ctx, Doing};
use crate::directory::persons::model::PersonFacts;
use crate::directory::{persons, regions};
use crate::error::{Code, Error, Language, Result};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, RouteProfile};

/// A route in its surroundings.
pub(in crate::learning_routes) struct Case {
    pub(in crate::learning_routes) route: Route,
    pub(in crate::learning_routes) regulation: BindingRegulation,
    pub(in crate::learning_routes) learner: PersonFacts,
    pub(in crate::learning_routes) today: NaiveDate,
    /// Those beyond the school's roles who develop or discuss it.
    circle: Circle,
}

impl Case {
    /// A route for reading.
    pub(in crate::learning_routes) async fn open(ctx: &Ctx<'_>, id: Uuid) -> Result<Self> {
        let route = store::find(ctx.conn, id).await?;
        Self::of(ctx, route).await
    }

    /// A route for changing, held until the end of the transaction.
    pub(in crate::learning_routes) async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Self> {
        let route = store::lock(ctx.conn, id).await?;
        Self::of(ctx, route).await
    }

    /// Behind one type, since every use case around a route begins with it.
    fn of<'a>(ctx: &'a Ctx<'_>, route: Route) -> Doing<'a, Result<Self>> {
        Box::pin(Self::around(ctx, route))
    }

    async fn around(ctx: &Ctx<'_>, route: Route) -> Result<Self> {
        let today = regions::service::today(ctx, route.region_id);
        // Associations are those of today; nobody's day differs by more than one from the server's.
        let learner = persons::service::person_facts(ctx, route.person_id, ctx.now.date_naive());
        let regulation = crate::regulations::service::regulation_of_case(ctx, route.regulation_id);
        let (today, learner, regulation) = tokio::try_join!(today, learner, regulation)?;
        let circle = Circle::of(ctx, &route, &regulation.profile.route.people, &learner, today).await?;
        Ok(Self { route, regulation, learner, today, circle })
    }

    /// What the regulation demands of routes.
    pub(in crate::learning_routes) fn rules(&self) -> &RouteProfile {
        &self.regulation.profile.route
    }

    /// The route as a target of rights: its school, its learner, the heads of the learner's associations there.
    pub(in crate::learning_routes) fn target(&self) -> Target {
        let route = &self.route;
        let heads = self
            .learner
            .associations
            .iter()
            .filter(|association| association.organization_id == route.organization_id)
            .filter_map(|association| association.head_person_id);
        Target::region(route.region_id)
            .organization(route.organization_id, route.municipality_id)
            .person(route.person_id)
            .assigned(heads)
            .assigned(self.circle.group.developers.iter().copied())
    }

    /// The same for those who accompany the route: its tutor as well (P1-12, P4-38).
    pub(in crate::learning_routes) fn accompanied(&self) -> Target {
        self.target().assigned(self.route.tutor_id)
    }

    /// The same for those who may read it.
    pub(in crate::learning_routes) fn reading_target(&self) -> Target {
        self.accompanied().assigned(self.circle.discussants.iter().copied())
    }

    /// What the working group that develops the route lacks to be active (P1-20).
    pub(in crate::learning_routes) fn group_lacks(&self) -> &[GroupLack] {
        &self.circle.group.lacks
    }

    /// A permit to read it, or what belongs to it.
    pub(in crate::learning_routes) fn permit_to_read(
        &self,
        actor: &Actor,
        rule: &'static Rule,
    ) -> Result<Permit> {
        authorize(actor, rule, &self.reading_target())
    }

    /// A permit to read the route, its revision or its card, when that is what a chain of approval asks about: for
    /// whoever sits at a step of that chain as well, or sits there for somebody absent.
    pub(in crate::learning_routes) async fn permit_to_read_asked(
        &self,
        ctx: &Ctx<'_>,
        rule: &'static Rule,
        subject_kind: ApprovalSubjectKind,
        subject_id: Uuid,
    ) -> Result<Permit> {
        let target = self.reading_target();
        if may(ctx.actor, rule, &target) || !asked(ctx, subject_kind, subject_id).await? {
            return authorize(ctx.actor, rule, &target);
        }
        authorize(ctx.actor, rule, &target.assigned(ctx.actor.person_id))
    }

    /// A permit for the operation on this version of the route.
    pub(in crate::learning_routes) fn permit(
        &self,
        actor: &Actor,
        rule: &'static Rule,
        if_match: i64,
    ) -> Result<Permit> {
        let permit = authorize_kept(actor, rule, &self.accompanied(), Some(&self.reading_target()))?;
        self.check_version(if_match)?;
        Ok(permit)
    }

    /// The same, for one of the roles that the regulation lets do it.
    pub(in crate::learning_routes) fn permit_of(
        &self,
        actor: &Actor,
        rule: &'static Rule,
        allowed: &[Role],
        if_match: i64,
    ) -> Result<Permit> {
        let permit = self.permit_among(actor, rule, allowed)?;
        self.check_version(if_match)?;
        Ok(permit)
    }

    /// The same, where the version of something else counts.
    pub(in crate::learning_routes) fn permit_among(
        &self,
        actor: &Actor,
        rule: &'static Rule,
        allowed: &[Role],
    ) -> Result<Permit> {
        authorize_kept(actor, rule, &self.target(), Some(&self.reading_target()))?;
        authorize_among(actor, rule, &self.target(), allowed)
    }

    /// The same, for somebody other than the learner: nobody marks his own work (separation of duties).
    pub(in crate::learning_routes) fn permit_of_other(
        &self,
        actor: &Actor,
        rule: &'static Rule,
        if_match: i64,
    ) -> Result<Permit> {
        let permit = self.permit(actor, rule, if_match)?;
        if actor.is_person(self.route.person_id) {
            return Err(Error::new(Code::SeparationOfDuties));
        }
        Ok(permit)
    }

    /// Refuses a change of another version than the one the caller saw.
    pub(in crate::learning_routes) fn check_version(&self, if_match: i64) -> Result<()> {
        if self.route.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
    }

    /// Everything in the route.
    pub(in crate::learning_routes) async fn contents(&self, ctx: &Ctx<'_>) -> Result<RouteDraft> {
        store::contents(ctx.conn, self.route.clone()).await
    }

    /// Writes the route, whose version was counted up.
    pub(in crate::learning_routes) async fn save(&self, ctx: &Ctx<'_>) -> Result<()> {
        store::save(ctx, &self.route).await
    }

    /// Lets the event happen to the route and counts its version up; nothing is written yet.
    pub(in crate::learning_routes) fn happen(&mut self, event: Event) -> Result<()> {
        self.route.state = step(self.route.state, event).map_err(refused)?;
        self.route.version += 1;
        Ok(())
    }
}

/// What a refused event means for the caller.
pub(super) fn refused(refusal: Refusal) -> Error {
    let error = Error::new(Code::StateConflict);
    match refusal {
        Refusal::State(state) => error.detail(
            format!("Маршрут сейчас — {}", Words(Language::Ru).state(state)),
            format!("The state of the route is `{}`", state.as_str()),
        ),
        Refusal::TooEarly(day) => {
            error.detail(format!("Маршрут начинается {day}"), format!("The route begins on {day}"))
        }
        Refusal::NotFullyCompleted => Error::new(Code::NotFullyCompleted),
        Refusal::Gated => Error::new(Code::ControlMissing),
    }
}

/// A permit used by one of the roles that a regulation names; 403 with the reason when only other roles reach.
/// Whoever is the learner acts as the learner where that is allowed.
pub(in crate::learning_routes) fn authorize_among(
    actor: &Actor,
    rule: &'static Rule,
    target: &Target,
    allowed: &[Role],
) -> Result<Permit> {
    authorize(actor, rule, target)?;
    let narrowed = among(actor, target, allowed);
    if may(&narrowed, rule, target) {
        return authorize(&narrowed, rule, target);
    }
    let names: Vec<&str> = allowed.iter().map(|role| role.as_str()).collect();
    let names = names.join(", ");
    Err(Error::new(Code::Forbidden).detail(
        format!("Положение поручает это ролям: {names}"),
        format!("The regulation leaves this to: {names}"),
    ))
}

/// Whether one of the named roles of the actor reaches the target.
pub(in crate::learning_routes) fn may_among(
    actor: &Actor,
    rule: &'static Rule,
    target: &Target,
    allowed: &[Role],
) -> bool {
    may(&among(actor, target, allowed), rule, target)
}

fn among(actor: &Actor, target: &Target, allowed: &[Role]) -> Actor {
    let mut narrowed = actor.clone();
    narrowed.grants.retain(|grant| allowed.contains(&grant.role));
    if target.person_id.is_some_and(|person| actor.is_person(person)) {
        narrowed.grants.sort_by_key(|grant| grant.role != Role::Teacher);
    }
    narrowed
}

/// Who may draft a route under these rules (P2-29, P4-36): the learner, when the regulation says nothing.
pub(in crate::learning_routes) fn drafters(rules: &RouteProfile) -> Vec<Role> {
    rules.people.drafters.as_ref().map_or_else(|| vec![Role::Teacher], |rule| rule.roles.clone())
}

/// Who may start a route under these rules: its initiators (P0-8) and whoever may draft it.
pub(in crate::learning_routes) fn starters(rules: &RouteProfile) -> Vec<Role> {
    let mut roles = rules.people.initiators.as_ref().map(|rule| rule.roles.clone()).unwrap_or_default();
    roles.extend(drafters(rules).into_iter().filter(|role| !roles.contains(role)).collect::<Vec<_>>());
    roles
}
