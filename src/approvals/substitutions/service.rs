//! Use cases of substitutions.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Filter, NewSubstitution, Substitution, SubstitutionKind, problems, seats_taken};
use super::{policy, store};
use crate::approvals::policy::is_seat;
use crate::authz::{Role, Rule, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::organization_at;
use crate::directory::persons::service as persons;
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A substitution with what the actor may do with it today.
#[derive(Debug)]
pub struct Shown {
    /// The substitution.
    pub substitution: Substitution,
    /// The region's date.
    pub today: NaiveDate,
    /// operationIds.
    pub allowed_actions: Vec<&'static str>,
}

/// Names a substitute.
pub async fn create(ctx: &Ctx<'_>, new: NewSubstitution) -> Result<Shown> {
    let place = organization_at(ctx, new.organization_id, "/organization_id").await?;
    let today = regions::today(ctx, place.region_id).await?;
    let absent = persons::lock_person(ctx, new.person_id).await.map_err(|r| r.in_body("/person_id"))?;
    if absent.person.region_id != place.region_id {
        return Err(Error::not_found().in_body("/person_id"));
    }
    let held = store::seats_at(ctx, new.person_id, place.id, new.starts_on.max(today)).await?;
    let of_a_head = is_head(&held) || is_head(&store::seats_at(ctx, new.person_id, place.id, today).await?);
    let target =
        Target::region(place.region_id).organization(place.id, place.municipality_id).person(new.person_id);
    let rule = if of_a_head { &policy::CREATE_FOR_A_HEAD } else { &policy::CREATE_APPROVAL_SUBSTITUTION };
    let permit = authorize_seen(ctx.actor, rule, &target)?;
    let mut wrong = problems(&new, ctx.actor.person_id, today);
    wrong.extend(seat_problem(ctx, &new, &held, persons::sees(ctx.actor, &absent)));
    wrong.extend(substitute_problem(ctx, &new, place.region_id, today).await?);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    if store::overlaps(ctx, &new).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            "На эти дни замещение уже назначено",
            "Somebody substitutes that seat in these days already",
        ));
    }
    let kind = if ctx.actor.is_person(new.person_id) {
        SubstitutionKind::Delegation
    } else {
        SubstitutionKind::Substitution
    };
    let substitution = Substitution {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        given: new,
        kind,
        revoked_on: None,
        created_at: ctx.now,
        version: 1,
    };
    store::insert(ctx, &permit, &substitution).await?;
    let change = Change::none().field("kind", (), kind.as_str()).field(
        "role",
        (),
        substitution.given.role.map(Role::as_str),
    );
    ctx.audit(&permit, Subject { kind: "approval_substitution", id: substitution.id }, change).await?;
    Ok(shown(ctx, substitution, of_a_head, today))
}

/// One page of the substitutions that the actor may see.
pub async fn list(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Shown>> {
    let scope = scope(ctx.actor, &policy::LIST_APPROVAL_SUBSTITUTIONS)?;
    let today = regions::today(ctx, ctx.region_id()?).await?;
    let found = store::list(ctx, &scope, filter, page.fetch(), after).await?;
    let heads = store::heads_among(ctx, &found, today).await?;
    let shown = |substitution: Substitution| {
        let of_a_head = heads.contains(&(substitution.given.person_id, substitution.given.organization_id));
        shown(ctx, substitution, of_a_head, today)
    };
    Ok(found.into_iter().map(shown).collect())
}

/// One substitution.
pub async fn get(ctx: &Ctx<'_>, id: Uuid) -> Result<Shown> {
    let substitution = store::find(ctx, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_APPROVAL_SUBSTITUTION, &substitution.target())?;
    let today = regions::today(ctx, substitution.region_id).await?;
    let of_a_head = absent_is_head(ctx, &substitution, today).await?;
    Ok(shown(ctx, substitution, of_a_head, today))
}

/// Ends a substitution from today on.
pub async fn revoke(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Shown> {
    let current = store::lock(ctx, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_APPROVAL_SUBSTITUTION, &current.target())?;
    let today = regions::today(ctx, current.region_id).await?;
    let of_a_head = absent_is_head(ctx, &current, today).await?;
    let permit = authorize_seen(ctx.actor, revoking(of_a_head), &current.target())?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.is_over(today) {
        return Err(Error::new(Code::StateConflict)
            .detail("Замещение уже закончилось", "The substitution is over already"));
    }
    let ended = Substitution { revoked_on: Some(today), version: current.version + 1, ..current };
    store::end(ctx, &permit, &ended).await?;
    let change = Change::none().field("revoked_on", (), today.to_string());
    ctx.audit(&permit, Subject { kind: "approval_substitution", id }, change).await?;
    Ok(shown(ctx, ended, of_a_head, today))
}

fn shown(ctx: &Ctx<'_>, substitution: Substitution, of_a_head: bool, today: NaiveDate) -> Shown {
    let rule = revoking(of_a_head);
    let may_revoke = !substitution.is_over(today) && may(ctx.actor, rule, &substitution.target());
    let allowed_actions =
        may_revoke.then_some(policy::REVOKE_APPROVAL_SUBSTITUTION.operation).into_iter().collect();
    Shown { substitution, today, allowed_actions }
}

async fn absent_is_head(ctx: &Ctx<'_>, substitution: &Substitution, today: NaiveDate) -> Result<bool> {
    let given = &substitution.given;
    Ok(is_head(&store::seats_at(ctx, given.person_id, given.organization_id, today).await?))
}

fn revoking(of_a_head: bool) -> &'static Rule {
    if of_a_head { &policy::REVOKE_FOR_A_HEAD } else { &policy::REVOKE_APPROVAL_SUBSTITUTION }
}

fn is_head(held: &[Role]) -> bool {
    held.contains(&Role::Director)
}

/// The absent one sits there. Of people whom the actor does not see he learns nothing.
fn seat_problem(ctx: &Ctx<'_>, new: &NewSubstitution, held: &[Role], visible: bool) -> Option<FieldProblem> {
    if new.role.is_some_and(|role| !is_seat(role)) {
        let words = Text::new("Эта роль не решает по должности", "Nobody decides in this role");
        return Some(FieldProblem::new("/role", "role_without_seat", words));
    }
    let seats = seats_taken(new, held);
    if seats.into_iter().any(is_seat) {
        return None;
    }
    if !visible && !ctx.actor.is_person(new.person_id) {
        return Some(unknown("/person_id"));
    }
    let words = Text::new(
        "В этот день человек не занимает такого места в организации",
        "The person holds no such seat at the organization on that day",
    );
    Some(FieldProblem::new("/person_id", "holds_no_seat", words))
}

/// The substitute works or holds a role there.
async fn substitute_problem(
    ctx: &Ctx<'_>,
    new: &NewSubstitution,
    region_id: Uuid,
    today: NaiveDate,
) -> Result<Option<FieldProblem>> {
    let person = new.substitute_person_id;
    if store::belongs_to(ctx, person, new.organization_id, new.starts_on.max(today)).await? {
        return Ok(None);
    }
    let sheet = match persons::lock_person(ctx, person).await {
        Ok(sheet) if sheet.person.region_id == region_id && persons::sees(ctx.actor, &sheet) => sheet,
        Ok(_) => return Ok(Some(unknown("/substitute_person_id"))),
        Err(refusal) if refusal.code == Code::NotFound => return Ok(Some(unknown("/substitute_person_id"))),
        Err(refusal) => return Err(refusal),
    };
    drop(sheet);
    let words = Text::new(
        "В этот день человек не работает в организации",
        "The person does not work at the organization on that day",
    );
    Ok(Some(FieldProblem::new("/substitute_person_id", "not_employed", words)))
}

fn unknown(pointer: &str) -> FieldProblem {
    FieldProblem::new(pointer, "unknown", Text::new("Такой записи нет", "There is no such record"))
}
