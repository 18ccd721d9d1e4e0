//! What is written of activities of support.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::authz::Permit;
use crate::db::Ctx;
use crate::db::schema::support_activities::{self, table};
use crate::db::schema::{support_activity_deficits, support_activity_people};
use crate::error::{Error, Result};
use crate::support::support_activities::model::{ActivityData, Participant, SupportActivity};

/// Adds an activity with its people and deficits.
pub(in crate::support::support_activities) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    activity: &SupportActivity,
    people: &[Participant],
) -> Result<()> {
    let data = &activity.data;
    diesel::insert_into(table)
        .values((
            support_activities::id.eq(activity.id),
            support_activities::region_id.eq(activity.region_id),
            support_activities::organization_id.eq(activity.organiser.organization_id),
            support_activities::association_id.eq(activity.organiser.association_id),
            support_activities::kind.eq(data.kind.as_str()),
            support_activities::title.eq(&data.title),
            support_activities::description.eq(&data.description),
            support_activities::starts_on.eq(data.starts_on),
            support_activities::ends_on.eq(data.ends_on),
            support_activities::plan_id.eq(data.plan_id),
            support_activities::product_id.eq(data.product_id),
            support_activities::route_id.eq(data.route_id),
            support_activities::state.eq(activity.state.as_str()),
            support_activities::version.eq(activity.version),
            support_activities::created_at.eq(activity.created_at),
            support_activities::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    link(ctx, activity, data, people).await
}

/// Names other people and deficits. The caller holds the activity and saves it.
pub(in crate::support::support_activities) async fn replace_links(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    activity: &SupportActivity,
    data: &ActivityData,
    people: &[Participant],
) -> Result<()> {
    let of_activity = support_activity_people::activity_id.eq(activity.id);
    diesel::delete(support_activity_people::table.filter(of_activity)).execute(&mut &*ctx.conn).await?;
    let of_activity = support_activity_deficits::activity_id.eq(activity.id);
    diesel::delete(support_activity_deficits::table.filter(of_activity)).execute(&mut &*ctx.conn).await?;
    link(ctx, activity, data, people).await
}

async fn link(
    ctx: &Ctx<'_>,
    activity: &SupportActivity,
    data: &ActivityData,
    people: &[Participant],
) -> Result<()> {
    let people: Vec<_> = people
        .iter()
        .map(|person| {
            (
                support_activity_people::activity_id.eq(activity.id),
                support_activity_people::person_id.eq(person.person_id),
                support_activity_people::region_id.eq(activity.region_id),
                support_activity_people::organization_id.eq(person.organization_id),
            )
        })
        .collect();
    diesel::insert_into(support_activity_people::table).values(people).execute(&mut &*ctx.conn).await?;
    let deficits: Vec<_> = data
        .deficit_ids
        .iter()
        .map(|id| {
            (
                support_activity_deficits::activity_id.eq(activity.id),
                support_activity_deficits::deficit_id.eq(*id),
            )
        })
        .collect();
    if !deficits.is_empty() {
        diesel::insert_into(support_activity_deficits::table)
            .values(deficits)
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}

/// Writes what changed and the next version. The caller holds it.
pub(in crate::support::support_activities) async fn save(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    activity: &SupportActivity,
) -> Result<()> {
    let data = &activity.data;
    let row = table.find(activity.id).filter(support_activities::version.eq(activity.version - 1));
    let changed = diesel::update(row)
        .set((
            support_activities::kind.eq(data.kind.as_str()),
            support_activities::title.eq(&data.title),
            support_activities::description.eq(&data.description),
            support_activities::starts_on.eq(data.starts_on),
            support_activities::ends_on.eq(data.ends_on),
            support_activities::plan_id.eq(data.plan_id),
            support_activities::product_id.eq(data.product_id),
            support_activities::route_id.eq(data.route_id),
            support_activities::state.eq(activity.state.as_str()),
            support_activities::held_on.eq(activity.held_on),
            support_activities::results.eq(&activity.results),
            support_activities::reason.eq(&activity.reason),
            support_activities::version.eq(activity.version),
            support_activities::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("an activity was saved that nobody held")) }
}
