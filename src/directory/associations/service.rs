//! Use cases of associations.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Association, AssociationData, Filter, Member};
use super::{policy, store};
use crate::authz::{Actor, Permit, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::PersonSheet;
use crate::directory::persons::service as persons;
use crate::directory::regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Adds an association to an organization.
pub async fn create_association(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    data: AssociationData,
) -> Result<Association> {
    let place = organizations::organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = organizations::authorize_at(ctx.actor, &policy::CREATE_ASSOCIATION, &place)?;
    if let Some(head) = data.head_person_id {
        colleague(ctx, head, &place, "/data/head_person_id").await?;
    }
    let association = Association {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id,
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &association).await?;
    let change = Change::none().field("name", (), association.data.name.as_str());
    ctx.audit(&permit, Subject { kind: "association", id: association.id }, change).await?;
    Ok(association)
}

/// One page of the associations the actor may see.
pub async fn list_associations(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Association>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_ASSOCIATIONS)?, filter, page.fetch(), after).await
}

/// One association.
pub async fn get_association(ctx: &Ctx<'_>, id: Uuid) -> Result<Association> {
    let association = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_ASSOCIATION, &target(&association))?;
    Ok(association)
}

/// Replaces what is said of an association.
pub async fn update_association(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: AssociationData,
) -> Result<Association> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::UPDATE_ASSOCIATION, &target(&current))?;
    refuse_stale(&current, if_match)?;
    if let Some(head) = data.head_person_id
        && current.data.head_person_id != Some(head)
    {
        let place = organizations::organization(ctx, current.organization_id).await?;
        colleague(ctx, head, &place, "/head_person_id").await?;
    }
    let text = |head: Option<Uuid>| head.map(|id| id.to_string());
    let change = Change::none().field("name", current.data.name.as_str(), data.name.as_str()).field(
        "head_person_id",
        text(current.data.head_person_id),
        text(data.head_person_id),
    );
    let association = Association { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &association).await?;
    ctx.audit(&permit, Subject { kind: "association", id }, change).await?;
    Ok(association)
}

/// Everybody who belongs or belonged to an association.
pub async fn list_members(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<Member>> {
    let association = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_ASSOCIATION_MEMBERS, &target(&association))?;
    store::members(ctx.conn, id).await
}

/// Adds a member; returns the membership and the new version of the association.
pub async fn add_member(
    ctx: &Ctx<'_>,
    id: Uuid,
    person_id: Uuid,
    since: Option<NaiveDate>,
) -> Result<(Member, i64)> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::ADD_ASSOCIATION_MEMBER, &target(&current))?;
    let place = organizations::organization(ctx, current.organization_id).await?;
    let sheet = colleague(ctx, person_id, &place, "/person_id").await?;
    let since = since.unwrap_or(sheet.today);
    // A membership that lasts, or that ended later than the new one begins, is the same membership twice.
    let members = store::members(ctx.conn, id).await?;
    let overlaps =
        |member: &Member| member.person_id == person_id && member.until.is_none_or(|until| until >= since);
    if members.iter().any(overlaps) {
        return Err(Error::new(Code::AlreadyExists));
    }
    let member = Member { association_id: id, person_id, name: sheet.person.data.name, since, until: None };
    store::insert_member(ctx, &permit, &member).await?;
    let version = store::touch(ctx, &permit, &current).await?;
    let change = Change::none().field("member", (), person_id.to_string());
    ctx.audit(&permit, Subject { kind: "association", id }, change).await?;
    Ok((member, version))
}

/// Gives a membership its last day.
pub async fn remove_member(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    person_id: Uuid,
    until: Option<NaiveDate>,
) -> Result<()> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::REMOVE_ASSOCIATION_MEMBER, &target(&current))?;
    refuse_stale(&current, if_match)?;
    let members = store::members(ctx.conn, id).await?;
    let lasting = members.into_iter().find(|member| member.person_id == person_id && member.until.is_none());
    let lasting = lasting.ok_or(Error::not_found())?;
    let until = match until {
        Some(day) => day,
        None => regions::service::today(ctx, current.region_id).await?,
    };
    if until < lasting.since {
        return Err(Error::field(
            "until",
            "dates_out_of_order",
            "Последний день раньше первого",
            "The last day is before the first",
        ));
    }
    store::end_member(ctx, &permit, &Member { until: Some(until), ..lasting }).await?;
    store::touch(ctx, &permit, &current).await?;
    let change = Change::none().field("member", person_id.to_string(), ());
    ctx.audit(&permit, Subject { kind: "association", id }, change).await
}

/// Ends the memberships of a person whose work at the organization ends, and vacates the seat of a head who has left.
pub async fn leave_all(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<()> {
    store::leave_all(ctx, permit, person_id, organization_id, day, day < today).await
}

/// The same for the municipality's own associations, when the person's work in the whole municipality ends.
pub async fn leave_municipality(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    municipality_id: Uuid,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<()> {
    store::leave_municipality(ctx, permit, person_id, municipality_id, day, day < today).await
}

/// What the actor may do with the association.
pub fn allowed_actions(actor: &Actor, association: &Association) -> Vec<String> {
    let target = target(association);
    [
        &policy::UPDATE_ASSOCIATION,
        &policy::LIST_ASSOCIATION_MEMBERS,
        &policy::ADD_ASSOCIATION_MEMBER,
        &policy::REMOVE_ASSOCIATION_MEMBER,
    ]
    .into_iter()
    .filter(|rule| may(actor, rule, &target))
    .map(|rule| rule.operation.to_owned())
    .collect()
}

fn target(association: &Association) -> Target {
    Target::region(association.region_id)
        .organization(association.organization_id, association.municipality_id)
        .assigned(association.data.head_person_id)
}

fn refuse_stale(association: &Association, if_match: i64) -> Result<()> {
    if association.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

/// Those who belong to these associations on that day; each once.
pub async fn people_of(ctx: &Ctx<'_>, ids: &[Uuid], day: NaiveDate) -> Result<Vec<Uuid>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::people_of(ctx.conn, ids, day).await }
}

/// An association by id, without asking who may see it: for the rules of other resources.
pub async fn association(ctx: &Ctx<'_>, id: Uuid) -> Result<Association> {
    store::find(ctx.conn, id).await
}

/// The association of an organization by its name, without asking who may see it: for files, which know no ids.
pub async fn association_named(ctx: &Ctx<'_>, organization_id: Uuid, name: &str) -> Result<Option<Uuid>> {
    store::named(ctx.conn, organization_id, name).await
}

/// The associations of the list that the actor knows: for what names associations.
pub async fn known_associations(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<Association>> {
    let found = if ids.is_empty() { Vec::new() } else { store::many(ctx.conn, ids).await? };
    let known = |association: &Association| may(ctx.actor, &policy::GET_ASSOCIATION, &target(association));
    Ok(found.into_iter().filter(known).collect())
}

/// A person who works at the organization, or anywhere in the municipality when the association is a municipal one
/// (городское профессиональное объединение, P3-12); anybody else is a wrong field, whether he exists or not.
async fn colleague(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    place: &Organization,
    pointer: &str,
) -> Result<PersonSheet> {
    let not_employed = || {
        Error::field(
            pointer,
            "not_employed",
            "Этот человек не работает в организации",
            "This person does not work at the organization",
        )
    };
    let sheet = persons::sheet_of(ctx, person_id).await.map_err(|refusal| match refusal.code {
        Code::NotFound => not_employed(),
        _ => refusal,
    })?;
    let works = match place.municipality_id.filter(|_| place.kind.unites_schools()) {
        Some(municipality_id) => sheet.works_in(municipality_id),
        None => sheet.works_at(place.id),
    };
    if works { Ok(sheet) } else { Err(not_employed()) }
}
