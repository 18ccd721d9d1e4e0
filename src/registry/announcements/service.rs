//! Use cases of announcements.

mod named;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Announcement, AnnouncementData, SilentPerson, SilentSchool};
use super::vocabulary::AnnouncementAudience;
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{organization_at, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;

/// Publishes an announcement to a school, a municipality or the whole region.
pub async fn create_announcement(
    ctx: &Ctx<'_>,
    for_whom: Option<Uuid>,
    data: AnnouncementData,
) -> Result<Announcement> {
    let region_id = ctx.region_id()?;
    let mut problems = Vec::new();
    let (municipality_id, organization_id) = match for_whom {
        None => (None, None),
        Some(id) => {
            let place = organization_at(ctx, id, "/organization_id").await?;
            match place.kind {
                OrganizationKind::MunicipalAuthority => (Some(id), None),
                OrganizationKind::School => (place.municipality_id, Some(id)),
                _ => {
                    let words = Text::new(
                        "Сообщение — для школы, муниципалитета или региона",
                        "An announcement is for a school, a municipality or the region",
                    );
                    problems.push(FieldProblem::new("/organization_id", "wrong_kind", words));
                    (place.municipality_id, Some(id))
                }
            }
        }
    };
    let target = Target::place(region_id, municipality_id, organization_id);
    // Organizations of one's own region are no secret.
    let permit = authorize_seen(ctx.actor, &policy::CREATE_ANNOUNCEMENT, &target)?;
    problems.extend(unknown_programs(ctx, region_id, &data.program_ids).await?);
    problems.extend(named::unknown_offerings(ctx, region_id, &data.offering_ids).await?);
    let (named, wrong) =
        named::associations(ctx, (region_id, municipality_id, organization_id), &data.association_ids)
            .await?;
    problems.extend(wrong);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let announcement = Announcement {
        id: new_id(),
        region_id,
        municipality_id,
        organization_id,
        author_id: permit.organization_id().ok_or(Error::new(Code::Forbidden))?,
        data,
        associations: Vec::new(),
        reader_heads: false,
        published_on: today(ctx, region_id).await?,
        acknowledged_at: None,
        version: 1,
    };
    store::insert(ctx, &permit, &announcement, &named).await?;
    let change = Change::none().field("programs", (), announcement.data.program_ids.len()).field(
        "associations",
        (),
        named.len(),
    );
    ctx.audit(&permit, Subject { kind: "announcement", id: announcement.id }, change).await?;
    store::find(ctx.conn, announcement.id, ctx.actor.person_id).await?.ok_or(Error::not_found())
}

/// One page of the announcements for the actor's place, and of those below it.
pub async fn list_announcements(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Announcement>> {
    let scope = scope(ctx.actor, &policy::LIST_ANNOUNCEMENTS)?;
    store::list(ctx.conn, &scope, filter, ctx.actor.person_id, page.fetch(), after).await
}

/// One announcement.
pub async fn get_announcement(ctx: &Ctx<'_>, id: Uuid) -> Result<Announcement> {
    let announcement = store::find(ctx.conn, id, ctx.actor.person_id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_ANNOUNCEMENT, &announcement.target())?;
    Ok(announcement)
}

/// The actor takes note of it; a repeat changes nothing.
pub async fn acknowledge_announcement(ctx: &Ctx<'_>, id: Uuid) -> Result<(Uuid, DateTime<Utc>)> {
    let announcement = get_announcement(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::ACKNOWLEDGE_ANNOUNCEMENT, &announcement.target())?;
    let person_id = ctx.actor.person_id.ok_or_else(|| {
        Error::new(Code::Forbidden)
            .detail("Знакомятся люди, а не системы", "People take note, services do not")
    })?;
    if !announcement.asks_reader() {
        return Err(Error::new(Code::StateConflict)
            .detail("От вас ознакомления не ждут", "You are not asked to take note"));
    }
    let (first, at) = store::acknowledge(ctx, &permit, id, person_id).await?;
    let change = Change::none().field("acknowledged", !first, true);
    ctx.audit(&permit, Subject { kind: "announcement", id }, change).await?;
    Ok((person_id, at))
}

/// A school takes note of it; a repeat changes nothing (P3-12).
pub async fn acknowledge_announcement_for_school(
    ctx: &Ctx<'_>,
    id: Uuid,
    organization_id: Uuid,
) -> Result<DateTime<Utc>> {
    let announcement = get_announcement(ctx, id).await?;
    let school = organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = authorize_seen(ctx.actor, &policy::ACKNOWLEDGE_ANNOUNCEMENT_FOR_SCHOOL, &target(&school))?;
    if !announcement.asks(AnnouncementAudience::Schools) || school.kind != OrganizationKind::School {
        return Err(Error::field(
            "/organization_id",
            "not_asked",
            "От этой организации ознакомления не ждут",
            "This organization is not asked to acknowledge",
        ));
    }
    let (first, at) = store::acknowledge_for_school(ctx, &permit, id, organization_id).await?;
    let change = Change::none().field("organization_id", (), organization_id.to_string()).field(
        "acknowledged",
        !first,
        true,
    );
    ctx.audit(&permit, Subject { kind: "announcement", id }, change).await?;
    Ok(at)
}

/// One page of the people who were asked and have not acknowledged.
pub async fn list_unacknowledged_persons(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<SilentPerson>> {
    let announcement = get_announcement(ctx, id).await?;
    let scope = scope(ctx.actor, &policy::LIST_UNACKNOWLEDGED_PERSONS)?;
    let asked = [AnnouncementAudience::Persons, AnnouncementAudience::AssociationHeads];
    if !asked.into_iter().any(|audience| announcement.asks(audience)) {
        return Ok(Vec::new());
    }
    let day = today(ctx, announcement.region_id).await?;
    store::silent_persons(ctx.conn, &scope, &announcement, day, page.fetch(), after).await
}

/// One page of the schools that were asked and have not acknowledged.
pub async fn list_unacknowledged_schools(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<SilentSchool>> {
    let announcement = get_announcement(ctx, id).await?;
    let scope = scope(ctx.actor, &policy::LIST_UNACKNOWLEDGED_SCHOOLS)?;
    if !announcement.asks(AnnouncementAudience::Schools) {
        return Ok(Vec::new());
    }
    let day = today(ctx, announcement.region_id).await?;
    store::silent_schools(ctx.conn, &scope, &announcement, day, page.fetch(), after).await
}

/// What the actor may do with the announcement.
pub fn allowed_actions(actor: &Actor, announcement: &Announcement) -> Vec<String> {
    let mut allowed = Vec::new();
    if actor.person_id.is_some() && announcement.asks_reader() && announcement.acknowledged_at.is_none() {
        allowed.push(policy::ACKNOWLEDGE_ANNOUNCEMENT.operation.to_owned());
    }
    let heads = actor.grants.iter().any(|grant| {
        let rule = &policy::ACKNOWLEDGE_ANNOUNCEMENT_FOR_SCHOOL;
        grant.organization_id.is_some_and(|id| {
            may(actor, rule, &Target::region(announcement.region_id).organization(id, grant.municipality_id))
        })
    });
    if heads && announcement.asks(AnnouncementAudience::Schools) {
        allowed.push(policy::ACKNOWLEDGE_ANNOUNCEMENT_FOR_SCHOOL.operation.to_owned());
    }
    allowed
}

async fn unknown_programs(ctx: &Ctx<'_>, region_id: Uuid, ids: &[Uuid]) -> Result<Vec<FieldProblem>> {
    let facts = programs_facts(ctx, ids).await?;
    let accepted = |id: &Uuid| {
        let program = facts.get(id);
        program
            .is_some_and(|program| program.region_id == region_id && program.state == ProgramState::Accepted)
    };
    let words = || {
        Text::new(
            "Среди принятых программ региона такой нет",
            "There is no such program among the accepted ones of the region",
        )
    };
    Ok(ids
        .iter()
        .enumerate()
        .filter(|(_, id)| !accepted(id))
        .map(|(place, _)| FieldProblem::new(format!("/data/program_ids/{place}"), "unknown", words()))
        .collect())
}
