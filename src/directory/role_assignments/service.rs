//! Use cases of role assignments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{
    Filter, Grant, Holder, NewRoleAssignment, RoleAssignment, grants, level_at, needs_employment,
    one_organization_in_a_region, problems,
};
use super::{curators, policy, store};
use crate::authz::{Actor, Level, Permit, Role, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::PersonSheet;
use crate::directory::persons::service as persons;
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

/// What an account, and the person behind it, may act as on a day: the roles assigned to either, and `teacher` for
/// every place the person works at.
pub async fn grants_of(
    ctx: &Ctx<'_>,
    account_id: Uuid,
    person_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<Grant>> {
    let (assigned, workplaces) = store::held_on(ctx.conn, account_id, person_id, day).await?;
    Ok(grants(assigned, workplaces))
}

/// What a person may act as on a day, whatever account he or she signs in with.
pub async fn grants_of_person(ctx: &Ctx<'_>, person_id: Uuid, day: NaiveDate) -> Result<Vec<Grant>> {
    let (assigned, workplaces) = store::held_on(ctx.conn, Uuid::nil(), Some(person_id), day).await?;
    Ok(grants(assigned, workplaces))
}

/// The people who hold the role at the organization on that day.
pub async fn holders_at(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    role: Role,
    day: NaiveDate,
) -> Result<Vec<Uuid>> {
    store::holders_at(ctx.conn, organization_id, role, day).await
}

/// Gives a role.
pub async fn create_role_assignment(ctx: &Ctx<'_>, mut new: NewRoleAssignment) -> Result<RoleAssignment> {
    let place = match new.organization_id {
        Some(id) => Some(organizations::organization_at(ctx, id, "/organization_id").await?),
        None => None,
    };
    let permit = match &place {
        Some(place) => {
            // A role that nobody gives is a wrong field, not a missing right.
            refuse(problems(&new, Some(place.kind)))?;
            organizations::authorize_at(ctx.actor, policy::giving(new.role), place)?
        }
        None => {
            refuse(problems(&new, None))?;
            authorize_seen(ctx.actor, policy::giving(new.role), &Target::platform())?
        }
    };
    let today = match &place {
        Some(place) => regions::service::today(ctx, place.region_id).await?,
        None => ctx.now.date_naive(),
    };
    let valid_from = new.valid_from.unwrap_or(today);
    new.valid_from = Some(valid_from);
    refuse(problems(&new, place.as_ref().map(|place| place.kind)))?;
    let (holder_name, valid_until) = match new.holder {
        Holder::Person(id) => {
            let sheet = employed(ctx, id, &new, place.as_ref(), valid_from).await?;
            let last = place
                .as_ref()
                .filter(|_| needs_employment(new.role))
                .and_then(|place| sheet.last_day_at(place.id));
            let until = [new.valid_until, last].into_iter().flatten().min();
            (Some(sheet.person.data.name), until)
        }
        Holder::Account(id) => {
            let region_id = place.as_ref().map(|place| place.region_id);
            if !store::is_account_of(ctx.conn, id, region_id).await? {
                return Err(Error::not_found().in_body("/account_id"));
            }
            (None, new.valid_until)
        }
    };
    let level = place.as_ref().and_then(|place| level_at(new.role, place.kind)).unwrap_or(Level::Platform);
    let assignment = RoleAssignment {
        id: new_id(),
        region_id: place.as_ref().map(|place| place.region_id),
        municipality_id: place.as_ref().and_then(|place| place.municipality_id),
        organization_id: new.organization_id,
        holder: new.holder,
        holder_name,
        role: new.role,
        level,
        act: new.act,
        valid_from,
        valid_until,
        version: 1,
    };
    if store::is_held_already(ctx.conn, &assignment).await? {
        return Err(Error::new(Code::AlreadyExists));
    }
    // Somebody else may hold what only one may hold.
    curators::check(ctx, &assignment).await?;
    if one_organization_in_a_region(new.role) && store::is_held_elsewhere(ctx.conn, &assignment).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            "В это время эту роль в регионе несёт другая организация",
            "Another organization of the region has this role at that time",
        ));
    }
    store::insert(ctx, &permit, &assignment).await?;
    let change = Change::none().field("role", (), new.role.as_str());
    ctx.audit(&permit, Subject { kind: "role_assignment", id: assignment.id }, change).await?;
    Ok(assignment)
}

/// One page of the assignments the actor may see.
pub async fn list_role_assignments(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<RoleAssignment>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_ROLE_ASSIGNMENTS)?, filter, page.fetch(), after)
        .await
}

/// One assignment.
pub async fn get_role_assignment(ctx: &Ctx<'_>, id: Uuid) -> Result<RoleAssignment> {
    let assignment = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_ROLE_ASSIGNMENT, &target(&assignment))?;
    Ok(assignment)
}

/// Gives an assignment its last day.
pub async fn end_role_assignment(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    valid_until: Option<NaiveDate>,
) -> Result<RoleAssignment> {
    let current = store::lock(ctx.conn, id).await?;
    let target = target(&current);
    authorize(ctx.actor, &policy::GET_ROLE_ASSIGNMENT, &target)?;
    let permit = authorize_seen(ctx.actor, policy::taking(current.role), &target)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let today = match current.region_id {
        Some(region_id) => regions::service::today(ctx, region_id).await?,
        None => ctx.now.date_naive(),
    };
    let day = valid_until.unwrap_or(today);
    if day < current.valid_from {
        return Err(Error::field(
            "/valid_until",
            "dates_out_of_order",
            "Последний день раньше первого",
            "The last day is before the first",
        ));
    }
    if current.valid_until.is_some_and(|end| end <= day) {
        return Err(Error::new(Code::StateConflict)
            .detail("Назначение заканчивается раньше", "The assignment ends no later than that already"));
    }
    let change =
        Change::none().field("valid_until", current.valid_until.map(|day| day.to_string()), day.to_string());
    let assignment = RoleAssignment { valid_until: Some(day), version: current.version + 1, ..current };
    store::end(ctx, &permit, &assignment).await?;
    ctx.audit(&permit, Subject { kind: "role_assignment", id }, change).await?;
    Ok(assignment)
}

/// A grant ends with its employment (design §2): for the use case that ends the employment and audits it.
pub async fn end_with_employment(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<()> {
    store::end_with_employment(ctx, permit, person_id, organization_id, day).await
}

/// What the actor may do with the assignment.
pub fn allowed_actions(actor: &Actor, assignment: &RoleAssignment) -> Vec<String> {
    let target = target(assignment);
    let open = assignment.valid_until.is_none();
    [(policy::taking(assignment.role), open)]
        .into_iter()
        .filter(|(rule, possible)| *possible && may(actor, rule, &target))
        .map(|(rule, _)| rule.operation.to_owned())
        .collect()
}

fn target(assignment: &RoleAssignment) -> Target {
    let mut target = match assignment.region_id {
        Some(region_id) => Target::region(region_id),
        None => Target::platform(),
    };
    if let Some(organization_id) = assignment.organization_id {
        target = target.organization(organization_id, assignment.municipality_id);
    }
    match assignment.holder {
        Holder::Person(id) => target.person(id),
        Holder::Account(_) => target,
    }
}

/// The person who gets the role, locked; he works at the organization where the role demands it.
async fn employed(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    new: &NewRoleAssignment,
    place: Option<&Organization>,
    valid_from: NaiveDate,
) -> Result<PersonSheet> {
    let unknown = |refusal: Error| refusal.in_body("/person_id");
    let sheet = persons::lock_person(ctx, person_id).await.map_err(unknown)?;
    let place = place.ok_or_else(|| Error::internal("a person's role without an organization"))?;
    if sheet.person.region_id != place.region_id {
        return Err(unknown(Error::not_found()));
    }
    let works = sheet.work_at(place.id).any(|work| work.ended_on.is_none_or(|end| end >= valid_from));
    if needs_employment(new.role) && !works {
        // People whom the giver does not see exist for him as little as those of another region.
        if !persons::sees(ctx.actor, &sheet) {
            return Err(unknown(Error::not_found()));
        }
        let words = Text::new(
            "Человек не работает в этой организации",
            "The person does not work at the organization",
        );
        return Err(Error::invalid(vec![FieldProblem::new("/person_id", "not_employed", words)]));
    }
    Ok(sheet)
}

fn refuse(problems: Vec<FieldProblem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}
