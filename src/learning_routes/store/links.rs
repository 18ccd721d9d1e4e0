//! What the activities of a route answer and rest on: deficits, needs, problems, findings, recommendations.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{activity_bases, activity_deficits, activity_needs, route_activities};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::ids::new_id;
use crate::learning_routes::model::Activity;

/// The links of all activities of a route, each as (activity, what it leads to).
pub(super) struct Links {
    deficits: Vec<(Uuid, Uuid)>,
    needs: Vec<(Uuid, Uuid)>,
    bases: Vec<BasisRow>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = activity_bases, treat_none_as_default_value = false)]
struct BasisRow {
    id: Uuid,
    activity_id: Uuid,
    finding_id: Option<Uuid>,
    problem_id: Option<Uuid>,
    recommendation_id: Option<Uuid>,
}

impl Links {
    pub(super) fn deficits_of(&self, activity_id: Uuid) -> Vec<Uuid> {
        of(&self.deficits, activity_id)
    }

    pub(super) fn needs_of(&self, activity_id: Uuid) -> Vec<Uuid> {
        of(&self.needs, activity_id)
    }

    pub(super) fn problems_of(&self, activity_id: Uuid) -> Vec<Uuid> {
        self.bases_of(activity_id, |basis| basis.problem_id)
    }

    pub(super) fn findings_of(&self, activity_id: Uuid) -> Vec<Uuid> {
        self.bases_of(activity_id, |basis| basis.finding_id)
    }

    pub(super) fn recommendations_of(&self, activity_id: Uuid) -> Vec<Uuid> {
        self.bases_of(activity_id, |basis| basis.recommendation_id)
    }

    fn bases_of(&self, activity_id: Uuid, kind: impl Fn(&BasisRow) -> Option<Uuid>) -> Vec<Uuid> {
        self.bases.iter().filter(|basis| basis.activity_id == activity_id).filter_map(kind).collect()
    }
}

fn of(links: &[(Uuid, Uuid)], id: Uuid) -> Vec<Uuid> {
    links.iter().filter(|(activity_id, _)| *activity_id == id).map(|(_, other)| *other).collect()
}

/// Three statements that travel together.
pub(super) async fn links(conn: &Conn, route_id: Uuid) -> Result<Links> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let (deficits, needs, bases) = tokio::try_join!(
        activity_deficits::table
            .inner_join(route_activities::table)
            .filter(route_activities::route_id.eq(route_id))
            .order(activity_deficits::deficit_id)
            .select((activity_deficits::activity_id, activity_deficits::deficit_id))
            .load::<(Uuid, Uuid)>(&mut first),
        activity_needs::table
            .inner_join(route_activities::table)
            .filter(route_activities::route_id.eq(route_id))
            .order(activity_needs::need_id)
            .select((activity_needs::activity_id, activity_needs::need_id))
            .load::<(Uuid, Uuid)>(&mut second),
        activity_bases::table
            .inner_join(route_activities::table)
            .filter(route_activities::route_id.eq(route_id))
            .order(activity_bases::id)
            .select(BasisRow::as_select())
            .load::<BasisRow>(&mut third),
    )?;
    Ok(Links { deficits, needs, bases })
}

/// Writes the links of these activities.
pub(super) async fn insert(ctx: &Ctx<'_>, activities: &[&Activity]) -> Result<()> {
    let deficits: Vec<_> = pairs(activities, |activity| &activity.data.deficit_ids)
        .map(|(id, other)| (activity_deficits::activity_id.eq(id), activity_deficits::deficit_id.eq(other)))
        .collect();
    if !deficits.is_empty() {
        diesel::insert_into(activity_deficits::table).values(deficits).execute(&mut &*ctx.conn).await?;
    }
    let needs: Vec<_> = pairs(activities, |activity| &activity.data.need_ids)
        .map(|(id, other)| (activity_needs::activity_id.eq(id), activity_needs::need_id.eq(other)))
        .collect();
    if !needs.is_empty() {
        diesel::insert_into(activity_needs::table).values(needs).execute(&mut &*ctx.conn).await?;
    }
    let basis = |activity_id| BasisRow {
        id: new_id(),
        activity_id,
        finding_id: None,
        problem_id: None,
        recommendation_id: None,
    };
    let findings = pairs(activities, |activity| &activity.data.finding_ids)
        .map(|(id, other)| BasisRow { finding_id: Some(other), ..basis(id) });
    let problems = pairs(activities, |activity| &activity.data.problem_ids)
        .map(|(id, other)| BasisRow { problem_id: Some(other), ..basis(id) });
    let recommendations = pairs(activities, |activity| &activity.data.recommendation_ids)
        .map(|(id, other)| BasisRow { recommendation_id: Some(other), ..basis(id) });
    let bases: Vec<BasisRow> = findings.chain(problems).chain(recommendations).collect();
    if !bases.is_empty() {
        diesel::insert_into(activity_bases::table).values(bases).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}

/// Takes every link of these activities out.
pub(super) async fn delete(ctx: &Ctx<'_>, activity_ids: &[Uuid]) -> Result<()> {
    let deficits = activity_deficits::table.filter(activity_deficits::activity_id.eq_any(activity_ids));
    diesel::delete(deficits).execute(&mut &*ctx.conn).await?;
    let needs = activity_needs::table.filter(activity_needs::activity_id.eq_any(activity_ids));
    diesel::delete(needs).execute(&mut &*ctx.conn).await?;
    let bases = activity_bases::table.filter(activity_bases::activity_id.eq_any(activity_ids));
    diesel::delete(bases).execute(&mut &*ctx.conn).await?;
    Ok(())
}

fn pairs<'a>(
    activities: &'a [&'a Activity],
    links: impl Fn(&'a Activity) -> &'a Vec<Uuid>,
) -> impl Iterator<Item = (Uuid, Uuid)> {
    activities.iter().flat_map(move |activity| links(activity).iter().map(|other| (activity.id, *other)))
}
