//! Use cases of activities of support.

mod links;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{
    ActivityData, Circle, Organiser, Participant, SupportActivity, held_problem, organiser_problems,
};
use super::vocabulary::SupportActivityState;
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_kept, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::associations::service::known_associations;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{organization, organization_at};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;

pub use super::store::Filter;

/// An activity, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownActivity {
    /// The activity.
    pub activity: SupportActivity,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Plans an activity of an organization or of an association (P2-35, P2-36).
pub async fn create_support_activity(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    association_id: Option<Uuid>,
    data: ActivityData,
) -> Result<ShownActivity> {
    let (place, organiser) = organiser(ctx, organization_id, association_id).await?;
    let kept = kept(place.region_id, &organiser);
    let permit = authorize_seen(ctx.actor, &policy::CREATE_SUPPORT_ACTIVITY, &kept)?;
    let (data, people) = checked(ctx, &place, &organiser, data).await?;
    let activity = SupportActivity {
        id: new_id(),
        region_id: place.region_id,
        organiser,
        data,
        state: SupportActivityState::Planned,
        held_on: None,
        results: None,
        reason: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &activity, &people).await?;
    let change = Change::none().field("state", (), activity.state.as_str());
    ctx.audit(&permit, Subject { kind: "support_activity", id: activity.id }, change).await?;
    Ok(shown(ctx.actor, activity))
}

/// One page of the activities the actor may see, those that begin last first.
pub async fn list_support_activities(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportActivity>> {
    let scope = scope(ctx.actor, &policy::LIST_SUPPORT_ACTIVITIES)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One activity.
pub async fn get_support_activity(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownActivity> {
    let activity = store::find(ctx.conn, id).await?;
    let served = served(ctx, &activity).await?;
    authorize(ctx.actor, &policy::GET_SUPPORT_ACTIVITY, &served)?;
    Ok(shown(ctx.actor, activity))
}

/// Plans an activity anew.
pub async fn update_support_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: ActivityData,
) -> Result<ShownActivity> {
    let (activity, permit) = planned(ctx, &policy::UPDATE_SUPPORT_ACTIVITY, id, if_match).await?;
    let place = organization(ctx, activity.organiser.organization_id).await?;
    let (data, people) = checked(ctx, &place, &activity.organiser, data).await?;
    store::replace_links(ctx, &permit, &activity, &data, &people).await?;
    let change = Change::none().field("title", activity.data.title.as_str(), data.title.as_str());
    finish(ctx, &permit, SupportActivity { data, ..activity }, change).await
}

/// Records that an activity was held, and what it led to.
pub async fn record_support_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    (held_on, results): (NaiveDate, String),
) -> Result<ShownActivity> {
    let (activity, permit) = planned(ctx, &policy::RECORD_SUPPORT_ACTIVITY, id, if_match).await?;
    let day = today(ctx, activity.region_id).await?;
    if let Some(problem) = held_problem(held_on, activity.data.starts_on, day) {
        return Err(Error::invalid(vec![problem]));
    }
    let state = SupportActivityState::Held;
    let change = Change::none().field("state", activity.state.as_str(), state.as_str());
    let held = SupportActivity { state, held_on: Some(held_on), results: Some(results), ..activity };
    finish(ctx, &permit, held, change).await
}

/// Cancels an activity for a reason.
pub async fn cancel_support_activity(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: String,
) -> Result<ShownActivity> {
    let (activity, permit) = planned(ctx, &policy::CANCEL_SUPPORT_ACTIVITY, id, if_match).await?;
    let state = SupportActivityState::Cancelled;
    let change = Change::none().field("state", activity.state.as_str(), state.as_str());
    finish(ctx, &permit, SupportActivity { state, reason: Some(reason), ..activity }, change).await
}

/// The organiser that a body names: an organization, or an association of one.
async fn organiser(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    association_id: Option<Uuid>,
) -> Result<(Organization, Organiser)> {
    let association = match association_id {
        Some(id) => Some(known_associations(ctx, &[id]).await?.pop().ok_or_else(unknown_association)?),
        None => None,
    };
    let of_association = association.as_ref().map(|association| association.organization_id);
    if of_association.is_some() && organization_id.is_some() && of_association != organization_id {
        return Err(other_organization());
    }
    let place = of_association.or(organization_id).ok_or_else(no_organiser)?;
    let place = organization_at(ctx, place, "/organization_id").await?;
    let organiser = Organiser {
        organization_id: place.id,
        municipality_id: place.municipality_id,
        association_id,
        head_id: association.and_then(|association| association.data.head_person_id),
    };
    Ok((place, organiser))
}

/// The data without repetitions and the people it is for, unless something is wrong with it: all problems at once.
async fn checked(
    ctx: &Ctx<'_>,
    place: &Organization,
    organiser: &Organiser,
    mut data: ActivityData,
) -> Result<(ActivityData, Vec<Participant>)> {
    let day = today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, day).await?;
    let forms = regulation.as_ref().and_then(|found| found.profile.support.forms.as_ref());
    let mut problems = organiser_problems(data.kind, place, organiser.association_id.is_some());
    problems.extend(data.problems(forms));
    let (people, unknown) = links::participants(ctx, Circle::of(place), place.region_id, &data, day).await?;
    problems.extend(unknown);
    problems.extend(links::unknown_deficits(ctx, &data, day).await?);
    problems.extend(links::unknown_things(ctx, &data).await?);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    for ids in [&mut data.person_ids, &mut data.deficit_ids] {
        ids.sort_unstable();
        ids.dedup();
    }
    Ok((data, people))
}

/// The activity as a thing of its organiser alone: who may change it.
fn kept(region_id: Uuid, organiser: &Organiser) -> Target {
    Target::region(region_id)
        .organization(organiser.organization_id, organiser.municipality_id)
        .assigned(organiser.head_id)
}

/// The activity as a thing of those whom it is for and of their schools, too: who may read it.
async fn served(ctx: &Ctx<'_>, activity: &SupportActivity) -> Result<Target> {
    let people = store::people(ctx.conn, activity.id).await?;
    let target = kept(activity.region_id, &activity.organiser);
    let target = people
        .iter()
        .fold(target, |target, person| target.organization(person.organization_id, person.municipality_id));
    let own = people.iter().find(|person| ctx.actor.is_person(person.person_id));
    Ok(own.map_or_else(|| target.clone(), |person| target.clone().person(person.person_id)))
}

/// Holds a planned activity in the version that the actor saw.
async fn planned(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    if_match: i64,
) -> Result<(SupportActivity, Permit)> {
    let activity = store::lock(ctx.conn, id).await?;
    let kept = kept(activity.region_id, &activity.organiser);
    let served = served(ctx, &activity).await?;
    let permit = authorize_kept(ctx.actor, rule, &kept, Some(&served))?;
    if activity.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if activity.state != SupportActivityState::Planned {
        return Err(Error::new(Code::StateConflict).detail(
            "Мероприятие уже проведено или отменено",
            "The activity has been held or cancelled already",
        ));
    }
    Ok((activity, permit))
}

async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    activity: SupportActivity,
    change: Change,
) -> Result<ShownActivity> {
    let activity = SupportActivity { version: activity.version + 1, ..activity };
    store::save(ctx, permit, &activity).await?;
    ctx.audit(permit, Subject { kind: "support_activity", id: activity.id }, change).await?;
    Ok(shown(ctx.actor, activity))
}

fn shown(actor: &Actor, activity: SupportActivity) -> ShownActivity {
    let kept = kept(activity.region_id, &activity.organiser);
    let offers: [&'static Rule; 3] = [
        &policy::UPDATE_SUPPORT_ACTIVITY,
        &policy::RECORD_SUPPORT_ACTIVITY,
        &policy::CANCEL_SUPPORT_ACTIVITY,
    ];
    let planned = activity.state == SupportActivityState::Planned;
    let allowed = offers.into_iter().filter(|rule| planned && may(actor, rule, &kept));
    let allowed_actions = allowed.map(|rule| rule.operation.to_owned()).collect();
    ShownActivity { activity, allowed_actions }
}

fn unknown_association() -> Error {
    Error::field("/association_id", "unknown", "Такого объединения нет", "There is no such association")
}

fn other_organization() -> Error {
    Error::field(
        "/organization_id",
        "wrong_organiser",
        "Объединение не этой организации",
        "The association is not of this organization",
    )
}

fn no_organiser() -> Error {
    Error::field(
        "/organization_id",
        "required",
        "Назовите организацию или объединение, которое проводит мероприятие",
        "Name the organization or the association that organises it",
    )
}
